# SPDX-License-Identifier: MIT
"""The servers of chat completions over their real sockets: dialects and situations."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from chatglm_desktop.demo.chat_scenarios import scenarios_of
from chatglm_desktop.demo.chat_writer import ChatWriter
from chatglm_desktop.demo.dialect_errors import problems
from chatglm_desktop.demo.dialects import DIALECTS, KEY
from chatglm_desktop.demo.openai_server import DialectServer
from tests.helpers.dialect_client import body_for, chunks, deltas, post, running, said

every_dialect = pytest.mark.parametrize("name", DIALECTS)


@every_dialect
async def test_each_answers_with_text_a_reason_and_the_mark_of_the_end(
    name: str, session: aiohttp.ClientSession
) -> None:
    async with running(name) as server:
        status, text = await post(session, server, body_for(name))
    assert status == 200
    assert text.endswith("data: [DONE]\n\n")
    assert "built-in demo" in said(text)
    reasons = [choice.get("finish_reason") for c in chunks(text) for choice in c["choices"]]
    assert [reason for reason in reasons if reason] == ["stop"]


@every_dialect
async def test_each_counts_in_its_own_place(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        _, unasked = await post(session, server, body_for(name))
        asked_for = body_for(name, stream_options={"include_usage": True})
        _, asked = await post(session, server, asked_for)
    counted = [bool(chunk.get("usage")) for chunk in chunks(unasked)]
    match DIALECTS[name].usage:
        case "last":
            assert counted.index(True) == len(counted) - 1
            assert chunks(unasked)[-1]["choices"]
        case "extra":
            assert chunks(unasked)[-1]["choices"] == []
        case "asked":
            assert True not in counted
            assert chunks(asked)[-1]["choices"] == []
            assert chunks(asked)[-1]["usage"]["completion_tokens"] > 10


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("glm", {"thinking": {"type": "disabled"}}),
        ("deepseek", {"thinking": {"type": "disabled"}}),
        ("ollama", {"reasoning_effort": "none"}),
        ("llama-cpp", {"chat_template_kwargs": {"enable_thinking": False}}),
        ("vllm", {"chat_template_kwargs": {"enable_thinking": False}}),
        ("sglang", {"chat_template_kwargs": {"enable_thinking": False}}),
        ("openrouter", {"reasoning": {"enabled": False}}),
    ],
)
async def test_each_thinks_in_its_own_place_unless_it_shall_not(
    name: str, wish: dict[str, Any], session: aiohttp.ClientSession
) -> None:
    place = DIALECTS[name].thoughts
    async with running(name) as server:
        _, with_thoughts = await post(session, server, body_for(name))
        _, without = await post(session, server, body_for(name, **wish))
        _, odd = await post(session, server, body_for(name, **dict.fromkeys(wish, "odd")))
    assert any(delta.get(place) for delta in deltas(with_thoughts))
    assert not any(delta.get(place) for delta in deltas(without))
    assert any(delta.get(place) for delta in deltas(odd))


async def test_lm_studio_thinks_in_the_text(session: aiohttp.ClientSession) -> None:
    async with running("lm-studio") as server:
        _, text = await post(session, server, body_for("lm-studio"))
    assert said(text).startswith("<think>\n")
    assert said(text).count("</think>") == 1


async def test_the_first_delta_is_each_ones_own(session: aiohttp.ClientSession) -> None:
    first = {}
    for name in DIALECTS:
        async with running(name) as server:
            _, text = await post(session, server, body_for(name))
        first[name] = deltas(text)[0].get("content", "none")
    assert first["llama-cpp"] is first["deepseek"] is None
    assert first["vllm"] == first["openrouter"] == first["ollama"] == ""
    assert first["glm"] == "none"


@every_dialect
async def test_the_length_is_kept(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        _, text = await post(session, server, body_for(name, max_tokens=3))
    reasons = [c.get("finish_reason") for chunk in chunks(text) for c in chunk["choices"]]
    assert reasons[-1] == "length"
    assert text.endswith("[DONE]\n\n")


@every_dialect
async def test_each_refuses_in_its_own_shape(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        for problem in problems(name):
            status, text = await post(session, server, body_for(name, f"/demo {problem}"))
            assert status >= 400, problem
            assert {"error", "detail", "message"} & {*json.loads(text)}


@every_dialect
async def test_every_situation_ends(name: str, session: aiohttp.ClientSession) -> None:
    async with running(name) as server:
        for scenario in scenarios_of(name):
            if scenario in ("hold", "stall", "silent", "drop"):
                continue
            status, text = await post(session, server, body_for(name, f"/demo {scenario}"))
            assert status >= 400 or "data: " in text, scenario


@pytest.mark.parametrize("scenario", ["stall", "silent"])
async def test_some_situations_do_not_end(scenario: str, session: aiohttp.ClientSession) -> None:
    async with running("glm", scenario) as server:
        headers = {"Authorization": f"Bearer {KEY}"}
        url = f"{server.url}/chat/completions"
        async with session.post(url, json=body_for("glm"), headers=headers) as response:
            request = await server.requests.get()
            await response.content.readany()
            assert not request.ended.is_set()
            request.writer.end()
            await response.read()
        await request.ended.wait()


async def test_a_dropped_connection_is_no_end(session: aiohttp.ClientSession) -> None:
    async with running("glm", "drop") as server:
        with pytest.raises(aiohttp.ClientPayloadError):
            await post(session, server, body_for("glm"))


async def test_at_the_next_try_it_is_well(session: aiohttp.ClientSession) -> None:
    async with running("glm", "rate-once") as server:
        status, text = await post(session, server, body_for("glm"))
        assert (status, json.loads(text)["error"]["code"]) == (429, "1302")
        assert (await post(session, server, body_for("glm")))[0] == 200
        assert [(await server.requests.get()).writer.attempt for _ in "ab"] == [1, 2]


async def test_pages_are_found_if_they_are_asked_for(session: aiohttp.ClientSession) -> None:
    async with running("glm") as server:
        tools = [{"type": "web_search", "web_search": {"enable": True}}]
        _, text = await post(session, server, body_for("glm", "Any news?", tools=tools))
        assert chunks(text)[0]["web_search"][0]["refer"] == "ref_1"
        _, text = await post(session, server, body_for("glm", "Any news?"))
        assert not any("web_search" in chunk for chunk in chunks(text))


async def test_situations_are_listed_and_only_those_of_this_server(
    session: aiohttp.ClientSession,
) -> None:
    async with running("ollama") as server:
        for question in ("/demo", "/demo balance"):
            _, text = await post(session, server, body_for("ollama", question))
            assert "| `model` |" in said(text)
            assert "| `balance` |" not in said(text)


def test_what_is_unknown_is_named() -> None:
    with pytest.raises(ValueError, match="klingon"):
        DialectServer("klingon")
    with pytest.raises(ValueError, match="balance"):
        DialectServer("ollama", "balance")


async def test_a_test_can_write_the_answer(session: aiohttp.ClientSession) -> None:
    async def script(writer: ChatWriter) -> None:
        await writer.text("Yes.")
        await writer.finish()
        await writer.finish()

    async def silence(writer: ChatWriter) -> None:
        pass

    async with running("vllm", script=script) as server:
        _, text = await post(session, server, body_for("vllm"))
        assert said(text) == "Yes."
        assert text.count("[DONE]") == 1
        server.script = silence
        assert await post(session, server, body_for("vllm")) == (200, "")


async def test_a_paced_answer_takes_its_time_and_ends_with_the_server(
    session: aiohttp.ClientSession,
) -> None:
    async with running("openrouter", "hold", pace=0.01) as server:
        headers = {"Authorization": f"Bearer {KEY}"}
        url = f"{server.url}/chat/completions"
        async with session.post(url, json=body_for("openrouter"), headers=headers) as response:
            request = await server.requests.get()
            await response.content.readany()
            await server.stop()
    await request.ended.wait()


async def test_only_the_newest_requests_are_kept(session: aiohttp.ClientSession) -> None:
    async with running("glm", "balance") as server:
        for number in range(102):
            await post(session, server, body_for("glm", f"question {number}"))
        assert server.requests.qsize() == 100
        assert server.requests.get_nowait().writer.question == "question 2"


async def test_a_client_that_leaves_ends_the_answer(session: aiohttp.ClientSession) -> None:
    async with running("ollama", "hold", pace=0.01) as server:
        url = f"{server.url}/chat/completions"
        async with session.post(url, json=body_for("ollama")) as response:
            request = await server.requests.get()
            await response.content.readany()
        async with asyncio.timeout(10):
            await request.ended.wait()
