# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import traceback
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.errors import (
    AddressUnusable,
    ChatError,
    FileRefused,
    InvalidRequest,
    KeyRejected,
    NoModelChosen,
    NotConfigured,
)
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.providers import GLM, OpenAICompatible

if TYPE_CHECKING:
    from tests.providers.conftest import GuestServer

HI: list[RequestMessage] = [{"role": "user", "content": "Hi"}]
KEY = "sk-very-hidden-0123456789"
HELLO = (
    b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
    b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)


async def collect(base: str = "", model: str = "m", **extras: Any) -> list[Delta]:
    extras = {"api_endpoint": base} | extras
    stream = OpenAICompatible.create_async_generator(model, HI, **extras)
    return [delta async for delta in stream]


def test_what_the_class_says_of_itself() -> None:
    assert OpenAICompatible.working is True
    assert OpenAICompatible.supports_stream is True
    assert OpenAICompatible.supports_system_message is True
    assert OpenAICompatible.supports_message_history is True
    assert OpenAICompatible.get_model("any/free:text") == "any/free:text"
    assert OpenAICompatible.get_model("") == ""


async def test_the_request(server: GuestServer) -> None:
    deltas = await collect(
        server.play(HELLO), api_key=KEY, preset="deepseek", generation=Generation(max_tokens=9)
    )
    assert deltas == ["Hello", FinishReason("stop")]
    ((headers, body),) = server.requests
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert headers["Accept"] == "text/event-stream"
    assert headers["Content-Type"] == "application/json"
    assert body == {"model": "m", "messages": HI, "stream": True, "max_tokens": 9}


async def test_no_key_is_sent_where_there_is_none(server: GuestServer) -> None:
    await collect(server.play(HELLO), api_key=None, generation=None, timeout=None)
    ((headers, _),) = server.requests
    assert "Authorization" not in headers


@pytest.mark.parametrize("ending", ["/", "/chat/completions", "/chat/completions/"])
async def test_only_the_path_of_completions_is_added_to_the_address(
    server: GuestServer, ending: str
) -> None:
    base = server.play(HELLO)
    assert await collect(f" {base}{ending} ") == ["Hello", FinishReason("stop")]


async def test_a_session_that_is_given_stays_open(server: GuestServer) -> None:
    async with aiohttp.ClientSession() as session:
        await collect(server.play(HELLO), session=session)
        assert not session.closed


async def test_what_is_not_set_up_is_said() -> None:
    with pytest.raises(NotConfigured, match="address"):
        await collect("")
    with pytest.raises(NoModelChosen) as caught:
        await collect("http://127.0.0.1:1/v1", "")
    assert caught.value.host == "127.0.0.1:1"


async def test_a_server_with_one_model_needs_no_name(server: GuestServer) -> None:
    await collect(server.play(HELLO), "", preset="llama-cpp")
    ((_, body),) = server.requests
    assert "model" not in body


@pytest.mark.parametrize("key", ["sk-1\n2", "sk-密钥"])
async def test_a_key_that_cannot_be_one_is_rejected_and_not_told(key: str) -> None:
    with pytest.raises(KeyRejected) as caught:
        await collect("https://api.example.org/v1", api_key=key)
    assert caught.value.host == "api.example.org"
    assert key not in f"{caught.value} {caught.value!r} {vars(caught.value)}"


async def test_spaces_around_a_key_are_left_out(server: GuestServer) -> None:
    await collect(server.play(HELLO), api_key=f" {KEY}\n")
    ((headers, _),) = server.requests
    assert headers["Authorization"] == f"Bearer {KEY}"


async def test_a_timeout_is_a_number() -> None:
    with pytest.raises(TypeError, match="number of seconds"):
        await collect("http://127.0.0.1:1", timeout="5")


async def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(AddressUnusable):
        await collect("ftp://example.org")


async def test_the_key_is_in_no_error(server: GuestServer, unused_tcp_port: int) -> None:
    body = f'{{"error":{{"message":"bad key {KEY}","code":"invalid_api_key"}}}}'.encode()
    bases = [
        server.play(body, status=401, headers={"Content-Type": "application/json"}),
        server.play(body, status=500, headers={"Content-Type": "text/plain"}),
        server.play(b"data: " + body + b"\n\n"),
        server.play(b"error: " + body + b"\n\n"),
        server.play(drop_before_headers=True),
        server.play(b"data: {", drop=True),
        f"http://127.0.0.1:{unused_tcp_port}",
        f"http://me:{KEY}@127.0.0.1:{unused_tcp_port}",
    ]
    for base in bases:
        with pytest.raises(ChatError) as caught:
            await collect(base, api_key=KEY)
        error = caught.value
        told = f"{error} {error!r} {vars(error)} {error.failure}"
        assert KEY not in told
        assert KEY not in "".join(traceback.format_exception(error))


async def test_a_file_is_refused_before_anything_is_sent() -> None:
    message: RequestMessage = {
        "role": "user",
        "content": "",
        "files": [RequestFile("a.pdf", "application/pdf", b"x")],
    }
    stream = OpenAICompatible.create_async_generator("m", [message], api_endpoint="http://x/v1")
    with pytest.raises(FileRefused, match=r"a\.pdf"):
        await anext(stream)


async def test_a_reader_that_leaves_closes_the_connection(server: GuestServer) -> None:
    base = server.play(HELLO[: HELLO.index(b"\n\n") + 2], endless=True)
    stream = OpenAICompatible.create_async_generator("m", HI, api_endpoint=base)
    async with aclosing(stream):
        assert await anext(stream) == "Hello"
    async with asyncio.timeout(5):
        await server.client_left.wait()


async def test_an_error_of_a_status_is_plain(server: GuestServer) -> None:
    base = server.play(b'{"error":"no"}', status=400, headers={"Retry-After": "7"})
    with pytest.raises(InvalidRequest) as caught:
        await collect(base)
    assert (caught.value.words, caught.value.retry_after) == ("no", 7.0)
    assert caught.value.http_status == 400


def test_glm_is_the_same_with_an_address_and_a_free_model() -> None:
    assert GLM.api_endpoint == "https://open.bigmodel.cn/api/paas/v4"
    assert GLM.get_model("") == "glm-4.7-flash" == GLM.models[0]
    assert GLM.get_model("glm-99") == "glm-99"


async def test_glm_speaks_its_dialect_unless_told_otherwise(server: GuestServer) -> None:
    stream = GLM.create_async_generator(
        "", HI, api_endpoint=server.play(HELLO), generation=Generation(temperature=2.0)
    )
    assert [delta async for delta in stream] == ["Hello", FinishReason("stop")]
    ((_, body),) = server.requests
    assert body == {"model": "glm-4.7-flash", "messages": HI, "stream": True, "temperature": 1.0}
