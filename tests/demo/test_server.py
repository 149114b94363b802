# SPDX-License-Identifier: MIT
"""The server over its real socket: access, checks, choice of scenario, life and death."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from chatglm_desktop.demo import DemoServer, ReplyWriter

if TYPE_CHECKING:
    from tests.demo.conftest import Client, StartServer

PATH = "/chatglm/mainchat-api/guest/stream"


async def test_url_is_the_whole_endpoint_on_loopback(server: DemoServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")
    assert server.url.endswith(PATH)


async def test_tokens_differ(server: DemoServer, start_server: StartServer) -> None:
    async with start_server() as other:
        assert server.url.split("/")[3] != other.url.split("/")[3]


@pytest.mark.parametrize("path", [PATH, "/guess" + PATH, "/", "/x"])
async def test_without_the_token_access_is_refused(
    server: DemoServer, client: Client, path: str
) -> None:
    status, _, body = await client.post("/".join(server.url.split("/")[:3]) + path)
    assert status == 403
    assert b"another program" in body
    assert server.requests.empty()


async def test_other_paths_and_methods_are_refused(server: DemoServer, client: Client) -> None:
    assert (await client.post(server.url + "x"))[0] == 404
    async with client.session.get(server.url) as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("field", ["assistant_id", "conversation_id", "meta_data", "messages"])
async def test_a_missing_field_is_named(server: DemoServer, client: Client, field: str) -> None:
    status, content_type, data = await client.post(server.url, "Hello", **{field: None})
    assert (status, content_type) == (422, "application/json")
    (problem,) = json.loads(data)["validation_error"]["body_params"]
    assert problem == {"loc": [field], "msg": "field required", "type": "value_error.missing"}


@pytest.mark.parametrize(
    ("messages", "paths"),
    [
        ([], [["messages"]]),
        ("hello", [["messages"]]),
        ([{"role": "user"}], [["messages", 0, "content"]]),
        ([7], [["messages", 0, "role"], ["messages", 0, "content"]]),
    ],
)
async def test_incomplete_messages_are_named(
    server: DemoServer, client: Client, messages: Any, paths: list[list[str | int]]
) -> None:
    status, _, data = await client.post(server.url, messages=messages)
    problems = json.loads(data)["validation_error"]["body_params"]
    assert (status, [problem["loc"] for problem in problems]) == (422, paths)


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff"])
async def test_a_body_that_is_no_object_lacks_every_field(
    server: DemoServer, client: Client, data: bytes
) -> None:
    async with client.session.post(server.url, data=data) as response:
        body = await response.json()
        assert response.status == 422
    assert len(body["validation_error"]["body_params"]) == 4


async def test_unknown_assistant_and_conversation_are_refused_as_by_the_service(
    server: DemoServer, client: Client
) -> None:
    status, _, data = await client.post(server.url, assistant_id="nobody")
    assert (status, json.loads(data)) == (200, {"status": 0, "result": None})
    assert (await client.post(server.url, conversation_id="f" * 24))[2] == b""


async def test_a_conversation_can_be_continued(server: DemoServer, client: Client) -> None:
    first = await client.events(server.url)
    conversation_id = first[0]["conversation_id"]
    second = await client.events(server.url, conversation_id=conversation_id)
    assert {event["conversation_id"] for event in second} == {conversation_id}


async def test_the_last_user_message_is_answered(server: DemoServer, client: Client) -> None:
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "compare"}]},
        {"role": "user", "content": "用 Python 写一个函数"},
        {"role": "assistant", "content": [{"type": "text", "text": "news"}]},
    ]
    assert "frequent_characters" in await client.text(server.url, messages=messages)
    assert (await server.requests.get()).writer.question == "用 Python 写一个函数"


async def test_without_a_user_message_something_is_answered(
    server: DemoServer, client: Client
) -> None:
    messages = [{"role": "system", "content": [{"type": "text", "text": "be kind"}]}]
    assert "demo" in await client.text(server.url, messages=messages)


async def test_scenario_by_constructor_query_and_question(
    client: Client, start_server: StartServer
) -> None:
    async with start_server("count", 0) as server:
        assert (await client.text(server.url)).startswith("1 2 3 ")
        assert (await client.post(server.url_for("firewall")))[0] == 403
        question = "User: /demo count\nUser: please\n/demo busy"
        assert (await client.post(server.url_for("firewall"), question))[0] == 429


async def test_unknown_scenarios_are_named(server: DemoServer, client: Client) -> None:
    assert (await client.post(server.url_for("nonsense")))[0] == 400
    for question in ("/demo", "/demo nonsense"):
        assert "| `quota` |" in await client.text(server.url, question)
    with pytest.raises(ValueError, match="nonsense"):
        DemoServer("nonsense")


async def test_a_script_answers_under_the_tests_control(server: DemoServer, client: Client) -> None:
    async def script(writer: ReplyWriter) -> None:
        await writer.think("Hm.")
        await writer.text("Yes")
        await writer.text(".")
        await writer.finish()

    server.script = script
    events = await client.events(server.url, "/demo quota")
    assert client.final(events, "think") == "Hm."
    assert client.final(events, "text") == "Yes."


async def test_hold_lets_others_write_step_by_step(
    client: Client, start_server: StartServer
) -> None:
    async with (
        start_server("hold", pace=0) as server,
        client.session.post(server.url, json=client.body()) as response,
    ):
        request = await server.requests.get()
        seen = b""
        while b'"3 "' not in seen:
            seen += await response.content.readany()
        await request.writer.text("four")
        assert b'"four"' in await response.content.readany()
        assert not request.ended.is_set()
        await request.writer.finish()
        assert b"1 2 3 four" in await response.content.read()
        await request.ended.wait()


async def test_an_answer_can_be_ended_without_finish(
    client: Client, start_server: StartServer
) -> None:
    async with (
        start_server("hold", pace=0) as server,
        client.session.post(server.url, json=client.body()) as response,
    ):
        request = await server.requests.get()
        request.writer.end()
        events = client.parse(await response.read())
    assert {event["status"] for event in events} == {"init"}


async def test_request_tells_headers_and_body(server: DemoServer, client: Client) -> None:
    await client.post(server.url, "What?")
    request = await server.requests.get()
    assert request.headers["Content-Type"] == "application/json"
    assert request.body == client.body("What?")
    await request.ended.wait()


async def test_only_the_newest_requests_are_kept(client: Client, start_server: StartServer) -> None:
    async with start_server("empty", 0) as server:
        for number in range(102):
            await client.post(server.url, f"question {number}")
        assert server.requests.qsize() == 100
        assert server.requests.get_nowait().writer.question == "question 2"


async def test_a_client_that_leaves_ends_the_answer(
    client: Client, start_server: StartServer
) -> None:
    async with start_server("hold", pace=0.01) as server:
        async with client.session.post(server.url, json=client.body()) as response:
            request = await server.requests.get()
            await response.content.readany()
        await request.ended.wait()
        assert request.writer.over.is_set()


async def test_stop_ends_running_answers_at_once(client: Client, start_server: StartServer) -> None:
    async with (
        start_server("silent") as server,
        client.session.post(server.url, json=client.body()) as response,
    ):
        request = await server.requests.get()
        await asyncio.wait_for(server.stop(), 2)
        assert request.ended.is_set()
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()
        await server.stop()
        with pytest.raises(RuntimeError, match="not running"):
            _ = server.url


async def test_a_taken_port_is_an_error(server: DemoServer) -> None:
    port = int(server.url.split(":")[2].split("/")[0])
    second = DemoServer(port=port)
    with pytest.raises(OSError, match=str(port)):
        await second.start()
    await second.stop()


async def test_server_can_be_started_again(client: Client) -> None:
    server = DemoServer("count", 0)
    for _ in range(2):
        await server.start()
        assert await client.text(server.url)
        await server.stop()


async def test_a_script_without_any_word_is_an_empty_answer(
    server: DemoServer, client: Client
) -> None:
    async def script(writer: ReplyWriter) -> None:
        assert writer.response is None

    server.script = script
    status, content_type, body = await client.post(server.url)
    assert (status, content_type, body) == (200, "text/event-stream", b"")


async def test_pace_is_kept(client: Client, start_server: StartServer) -> None:
    loop = asyncio.get_running_loop()
    async with start_server("count", pace=0.1) as server:
        began = loop.time()
        await client.text(server.url)
        assert 0.19 <= loop.time() - began < 10
