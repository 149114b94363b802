# SPDX-License-Identifier: MIT
"""Whom and what the servers of chat completions refuse, and the files that one of them reads."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from chatglm_desktop.demo.dialects import DIALECTS, KEY
from tests.helpers.dialect_client import body_for, post, running

every_dialect = pytest.mark.parametrize("name", DIALECTS)


@every_dialect
async def test_each_lists_its_models(name: str, session: aiohttp.ClientSession) -> None:
    dialect = DIALECTS[name]
    async with running(name) as server:
        headers = {"Authorization": f"Bearer {server.key}"}
        async with session.get(f"{server.url}/models", headers=headers) as response:
            listed = await response.json()
        async with session.get(f"{server.url}/models") as response:
            needs_key = response.status == 401
    assert [model["id"] for model in listed["data"]] == [m["id"] for m in dialect.models]
    assert needs_key is (dialect.wants_key and not dialect.listed_openly)


@every_dialect
async def test_another_key_is_refused(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name, key="own") as server:
        assert (await post(session, server, body_for(name), "other"))[0] == 401
        assert (await post(session, server, body_for(name)))[0] == 200
        assert server.key == "own"


@every_dialect
async def test_another_path_is_refused(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        origin = "/".join(server.url.split("/")[:3])
        for url in (f"{server.url}/completions", f"{origin}/other", f"{origin}/v2/models"):
            async with session.get(url) as response:
                assert response.status == 404
                assert await response.json()


@every_dialect
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        [],
        {"model": "x"},
        {"messages": []},
        {"messages": [7]},
        {"messages": [{"role": "nobody", "content": ""}]},
        {"messages": [{"role": "user", "content": None}]},
    ],
)
async def test_a_body_that_is_none_is_refused(
    name: str, body: Any, session: aiohttp.ClientSession
) -> None:
    async with running(name) as server:
        status, text = await post(session, server, body)
    assert status in (400, 422)
    assert json.loads(text)


@every_dialect
async def test_an_unknown_model_is_refused_by_most(
    name: str, session: aiohttp.ClientSession
) -> None:
    async with running(name) as server:
        status, text = await post(session, server, body_for(name, model="gpt-0"))
    assert (status == 200) is DIALECTS[name].any_model
    if name in ("ollama", "lm-studio", "vllm", "sglang", "openrouter"):
        assert "gpt-0" in text


PICTURE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
WITH_PICTURE = [{"role": "user", "content": [{"type": "text", "text": "Hi"}, PICTURE, 7]}]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"temperature": 1.5}, 400),
        ({"temperature": 1}, 200),
        ({"top_p": 0}, 400),
        ({"max_tokens": 131_073}, 400),
        ({"stop": ["a", "b"]}, 400),
        ({"stop": ["a"]}, 200),
        ({"messages": [{"role": "system", "content": "Be kind."}]}, 400),
        ({"model": "glm-5.3", "thinking": {"type": "disabled"}}, 400),
        ({"model": "glm-5.2", "thinking": {"type": "disabled"}}, 200),
        ({"messages": WITH_PICTURE}, 400),
        ({"messages": WITH_PICTURE, "model": "glm-4.6v-flash"}, 200),
        ({"model": "glm-4.7-flash"}, 200),
    ],
)
async def test_glm_is_strict(
    changes: dict[str, Any], status: int, session: aiohttp.ClientSession
) -> None:
    async with running("glm") as server:
        told, text = await post(session, server, body_for("glm", **changes))
    assert told == status
    if status == 400:
        assert json.loads(text)["error"]["code"] == "1210"


async def test_servers_at_home_load_no_picture(session: aiohttp.ClientSession) -> None:
    for name in ("ollama", "lm-studio"):
        async with running(name) as server:
            assert (await post(session, server, body_for(name, messages=WITH_PICTURE)))[0] == 400
    async with running("vllm") as server:
        assert (await post(session, server, body_for("vllm", messages=WITH_PICTURE)))[0] == 200
        assert (await server.requests.get()).writer.question == "Hi"


def form(name: str, data: bytes, purpose: str = "file-extract") -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("purpose", purpose)
    form.add_field("file", data, filename=name)
    return form


async def test_glm_reads_files(session: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with running("glm") as server:
        url = f"{server.url}/files"
        for data, content in ((b"Hello", "Hello"), (b"\xff", "(A demo reads no such file")):
            async with session.post(url, data=form("a.txt", data), headers=headers) as response:
                file_id = (await response.json())["id"]
            async with session.get(f"{url}/{file_id}/content", headers=headers) as response:
                assert (await response.json())["content"].startswith(content)
        async with session.post(url, data=form("a", b"", "batch"), headers=headers) as response:
            assert response.status == 400
        for path in ("/none/content", f"/{file_id}"):
            async with session.get(f"{url}{path}", headers=headers) as response:
                assert response.status == 404
        async with session.post(url, data=form("a", b"")) as response:
            assert response.status == 401


async def test_only_the_newest_files_are_kept(session: aiohttp.ClientSession) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with running("glm") as server:
        url = f"{server.url}/files"
        for _ in range(101):
            async with session.post(url, data=form("a.txt", b"a"), headers=headers) as response:
                assert response.status == 200
        async with session.get(f"{url}/file-1/content", headers=headers) as response:
            assert response.status == 404
        async with session.get(f"{url}/file-2/content", headers=headers) as response:
            assert response.status == 200
