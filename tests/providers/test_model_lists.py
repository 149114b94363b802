# SPDX-License-Identifier: MIT
"""Lists of models as each server writes them, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from chatglm_desktop.core.errors import (
    ChatError,
    KeyRejected,
    NotConfigured,
    ServerNotRunning,
    WrongAddress,
)
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.providers.model_lists import PROBED, list_models, running_servers
from chatglm_desktop.providers.patience import Patience

KEY = "id.hidden"


class Lister:
    """Answers at ``/v1/models`` with what a test wants."""

    def __init__(self) -> None:
        self.base = ""
        self.status = 200
        self.answer: Any = {"object": "list", "data": []}
        self.keys: list[str | None] = []
        self.hold: asyncio.Event | None = None

    async def handle(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("Authorization"))
        if self.hold is not None:
            await self.hold.wait()
        if isinstance(self.answer, str):
            return web.Response(text=self.answer, status=self.status, content_type="text/html")
        return web.json_response(self.answer, status=self.status)


@pytest.fixture
async def lister() -> AsyncIterator[Lister]:
    lister = Lister()
    app = web.Application()
    app.router.add_get("/v1/models", lister.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    lister.base = f"http://{host}:{port}/v1"
    yield lister
    if lister.hold is not None:
        lister.hold.set()
    await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def listed(
    lister: Lister, session: aiohttp.ClientSession, *entries: Any
) -> tuple[ModelInfo, ...]:
    lister.answer = {"object": "list", "data": list(entries)}
    return await list_models(session, lister.base, KEY)


@pytest.mark.parametrize("data", [[], None, 7, [None, 1, {}, {"id": 5}, {"id": ""}]])
async def test_no_models(lister: Lister, session: aiohttp.ClientSession, data: Any) -> None:
    lister.answer = {"object": "list", "data": data}
    assert await list_models(session, lister.base) == ()
    assert lister.keys == [None]


async def test_only_the_id_can_be_relied_on(lister: Lister, session: aiohttp.ClientSession) -> None:
    entry = {"id": "glm-4.6", "object": "model", "created": 1, "owned_by": "z-ai"}
    odd: dict[str, Any] = {"id": "odd", "meta": None, "pricing": 1, "context_length": "x"}
    odd["architecture"] = []
    twice = {"id": "glm-4.6", "created": 2}
    models = await listed(lister, session, entry, odd, twice)
    assert models == (ModelInfo("glm-4.6"), ModelInfo("odd"))
    assert lister.keys == [f"Bearer {KEY}"]


async def test_models_for_embeddings_are_no_models_for_a_chat(
    lister: Lister, session: aiohttp.ClientSession
) -> None:
    models = await listed(lister, session, {"id": "text-embedding-3"}, {"id": "glm-edge"})
    assert models == (ModelInfo("glm-edge"),)


async def test_llama_cpp_names_a_file(lister: Lister, session: aiohttp.ClientSession) -> None:
    meta = {"n_ctx_train": 131072, "n_params": 4_000_000_000}
    models = await listed(
        lister,
        session,
        {"id": "/models/glm-edge-4b.Q4_K_M.gguf", "meta": meta},
        {"id": "C:\\models\\b.GGUF", "meta": meta | {"n_ctx": 4096}},
    )
    assert [(model.name, model.context) for model in models] == [
        ("glm-edge-4b.Q4_K_M", 131072),
        ("b", 4096),
    ]


async def test_vllm_says_how_much_it_holds(lister: Lister, session: aiohttp.ClientSession) -> None:
    (model,) = await listed(lister, session, {"id": "zai-org/GLM-4.5-Air", "max_model_len": 32768})
    assert model == ModelInfo("zai-org/GLM-4.5-Air", context=32768)


async def test_openrouter_says_much(lister: Lister, session: aiohttp.ClientSession) -> None:
    paid = {
        "id": "z-ai/glm-4.6v",
        "name": "Z.AI: GLM 4.6V",
        "context_length": 131072,
        "architecture": {"input_modalities": ["text", "image", "audio", None]},
        "pricing": {"prompt": "0.0000003", "completion": "0.0000009"},
        "top_provider": {"context_length": 1000, "max_completion_tokens": 24000},
        "supported_parameters": ["reasoning", "temperature"],
    }
    free = {"id": "a:free", "pricing": {"prompt": "0", "completion": 0}, "supported_parameters": []}
    router = {"id": "auto", "pricing": {"prompt": "-1", "completion": "x"}}
    models = await listed(lister, session, paid, free, router)
    assert models == (
        ModelInfo(
            "z-ai/glm-4.6v",
            "Z.AI: GLM 4.6V",
            context=131072,
            most_output=24000,
            inputs=frozenset({"text", "image"}),
            prompt_price=0.3,
            completion_price=0.9,
            thinking="optional",
        ),
        ModelInfo("a:free", free=True, prompt_price=0, completion_price=0, thinking="none"),
        ModelInfo("auto"),
    )


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [
        (401, {"error": {"code": "401", "message": "no key"}}, KeyRejected),
        (404, {"detail": "Not Found"}, WrongAddress),
        (200, "<html></html>", WrongAddress),
    ],
)
async def test_no_list_is_an_error_of_the_tree(
    lister: Lister,
    session: aiohttp.ClientSession,
    status: int,
    answer: Any,
    kind: type[ChatError],
) -> None:
    lister.status, lister.answer = status, answer
    with pytest.raises(kind) as caught:
        await list_models(session, lister.base, KEY)
    assert caught.value.host == lister.base.split("/")[2]


async def test_what_is_not_set_up_is_said(session: aiohttp.ClientSession) -> None:
    with pytest.raises(NotConfigured):
        await list_models(session, " ")


async def test_where_nobody_listens(session: aiohttp.ClientSession, unused_tcp_port: int) -> None:
    with pytest.raises(ServerNotRunning):
        await list_models(session, f"http://127.0.0.1:{unused_tcp_port}/v1")


async def test_servers_that_run_here_are_found(
    lister: Lister, session: aiohttp.ClientSession, unused_tcp_port: int
) -> None:
    nobody = f"http://127.0.0.1:{unused_tcp_port}/v1"
    addresses = {"ollama": nobody, "lm-studio": lister.base}
    assert await running_servers(session, addresses) == ("lm-studio",)
    lister.status, lister.answer = 401, {"error": "An API token is required"}
    assert await running_servers(session, addresses) == ("lm-studio",)
    lister.status, lister.answer = 200, {"hello": "I am something else"}
    assert await running_servers(session, addresses) == ()


async def test_a_server_that_says_nothing_is_not_waited_for(
    lister: Lister, session: aiohttp.ClientSession
) -> None:
    lister.hold = asyncio.Event()
    patience = Patience(connect=0.05, first_event=0.05)
    assert await running_servers(session, {"ollama": lister.base}, patience) == ()


def test_the_usual_addresses_are_probed() -> None:
    assert PROBED == {
        "ollama": "http://localhost:11434/v1",
        "lm-studio": "http://localhost:1234/v1",
    }
