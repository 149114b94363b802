# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aioresponses import aioresponses
from yarl import URL

from chatglm_desktop import providers
from chatglm_desktop.core import errors
from chatglm_desktop.core.deltas import ConversationRef, Delta, FinishReason
from chatglm_desktop.core.errors import (
    AccessDenied,
    AuthFailed,
    Busy,
    ChatError,
    ConnectionFailed,
    EmptyReply,
    InvalidRequest,
    ModelNotFound,
    ProviderUnavailable,
    QuotaExceeded,
    RateLimited,
    TimedOut,
)
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.providers import ChatGLM

if TYPE_CHECKING:
    from tests.providers.conftest import GuestServer

HI: list[RequestMessage] = [{"role": "user", "content": "Hi"}]
FINISH = (
    b'data: {"conversation_id":"c","status":"finish","parts":[{"content":'
    b'[{"type":"text","text":"Hello"}]}]}\n\n'
)
STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}


async def collect(
    messages: list[RequestMessage] | None = None, model: str = "glm-4", **extras: Any
) -> list[Delta]:
    stream = ChatGLM.create_async_generator(model, messages or HI, **extras)
    return [delta async for delta in stream]


@pytest.fixture
def web() -> Iterator[aioresponses]:
    with aioresponses() as mocked:
        yield mocked


def sent(web: aioresponses) -> list[Any]:
    return web.requests[("POST", URL(ChatGLM.api_endpoint))]


def test_what_the_class_says_of_itself() -> None:
    assert ChatGLM.url == "https://chatglm.cn"
    assert ChatGLM.api_endpoint == "https://chatglm.cn/chatglm/mainchat-api/guest/stream"
    assert ChatGLM.working is True
    assert ChatGLM.supports_stream is True
    assert ChatGLM.supports_system_message is False
    assert ChatGLM.supports_message_history is False
    assert ChatGLM.default_model == "glm-4"
    assert ChatGLM.models == ["glm-4"]


async def test_the_request(web: aioresponses) -> None:
    web.post(ChatGLM.api_endpoint, body=FINISH, headers=STREAM)
    messages: list[RequestMessage] = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "你好"},
        {"role": "user", "content": "Bye"},
    ]
    assert await collect(messages) == [ConversationRef("c"), "Hello", FinishReason("stop")]
    (request,) = sent(web)
    headers = dict(request.kwargs["headers"])
    assert re.fullmatch("[0-9a-f]{32}", headers.pop("X-Device-Id"))
    assert headers == {
        "Accept": "text/event-stream",
        "Accept-Language": "en-US,en;q=0.9",
        "App-Name": "chatglm",
        "Authorization": "undefined",
        "Content-Type": "application/json",
        "Origin": "https://chatglm.cn",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/131.0.0.0 Safari/537.36",
        "X-App-Platform": "pc",
        "X-App-Version": "0.0.1",
    }
    assert request.kwargs["json"] == {
        "assistant_id": "65940acff94777010aa6b796",
        "conversation_id": "",
        "meta_data": {
            "if_plus_model": False,
            "is_test": False,
            "input_question_type": "xxxx",
            "channel": "",
            "draft_id": "",
            "quote_log_id": "",
            "platform": "pc",
        },
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "Hello"}]},
            {"role": "assistant", "content": [{"type": "text", "text": "你好"}]},
            {"role": "user", "content": [{"type": "text", "text": "Bye"}]},
        ],
    }
    assert request.kwargs["proxy"] is None
    assert request.kwargs["timeout"].total is None
    assert request.kwargs["timeout"].sock_read is None


async def test_the_extras(web: aioresponses) -> None:
    web.post("http://localhost/other", body=FINISH, headers=STREAM)
    await collect(
        proxy="http://localhost:8080",
        api_endpoint="http://localhost/other",
        device_id="d" * 32,
        conversation_id="c0",
        meant_for_another_provider=1,
    )
    ((request,),) = web.requests.values()
    assert request.kwargs["headers"]["X-Device-Id"] == "d" * 32
    assert request.kwargs["json"]["conversation_id"] == "c0"
    assert request.kwargs["proxy"] == "http://localhost:8080"


async def test_every_call_is_another_device(web: aioresponses) -> None:
    web.post(ChatGLM.api_endpoint, body=FINISH, headers=STREAM, repeat=True)
    await collect(model="")
    await collect(device_id=None)
    first, second = (call.kwargs["headers"]["X-Device-Id"] for call in sent(web))
    assert first != second


@pytest.mark.parametrize("device_id", ["d\nX-Other: 1", "d\r", "d\0", "é", "\ud800"])
async def test_a_device_id_that_is_no_header_is_refused_before_anything_is_sent(
    server: GuestServer, device_id: str
) -> None:
    with pytest.raises(InvalidRequest, match="device_id"):
        await collect(api_endpoint=server.play(FINISH), device_id=device_id)
    assert not server.requests


@pytest.mark.parametrize("value", [aiohttp.ClientTimeout(total=5), "5", True])
async def test_a_timeout_is_a_number_of_seconds(value: object) -> None:
    with pytest.raises(TypeError, match="timeout is a number of seconds, not a"):
        await collect(timeout=value)


def test_callers_find_the_errors_beside_the_provider() -> None:
    assert providers.ModelNotFound is errors.ModelNotFound
    assert providers.ChatError is errors.ChatError
    assert {"ChatError", "ModelNotFound"} <= set(providers.__all__)


async def test_an_unknown_model_is_refused_before_anything_is_sent(web: aioresponses) -> None:
    with pytest.raises(ModelNotFound, match="glm-4"):
        await collect(model="gpt-9")
    assert not web.requests


@pytest.mark.parametrize(
    ("status", "media_type", "body", "kind"),
    [
        (200, "application/json", {"status": 500, "message": "请登录后继续使用"}, QuotaExceeded),
        (200, "application/json", {"status": 0, "result": None}, InvalidRequest),
        (200, "application/json", "", EmptyReply),
        (200, "text/event-stream", "", EmptyReply),
        (400, "application/json", {"validation_error": {}}, InvalidRequest),
        (200, "application/json", {"status": 40102, "message": "unauthorized"}, AuthFailed),
        (401, "application/json", {"status": 40102, "message": "unauthorized"}, AuthFailed),
        (429, "application/json", {"status": 10061, "message": "请等待其他对话"}, Busy),
        (429, "application/json", {"message": "请求过于频繁"}, RateLimited),
        (400, "application/json", {"message": "bad request"}, AccessDenied),
        (403, "text/html", "<html>blocked</html>", AccessDenied),
        (200, "application/json", {"status": 1, "message": "排队中"}, ProviderUnavailable),
        (500, "text/plain", "oops", ProviderUnavailable),
    ],
)
async def test_refusals_are_errors_and_never_retried(
    web: aioresponses, status: int, media_type: str, body: object, kind: type[ChatError]
) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    headers = {"Content-Type": media_type, "Retry-After": "9"}
    web.post(
        ChatGLM.api_endpoint,
        status=status,
        body=text,
        headers=headers,
        content_type=media_type,
        repeat=True,
    )
    with pytest.raises(kind) as caught:
        await collect()
    assert len(sent(web)) == 1
    if status >= 400:
        assert isinstance(caught.value, aiohttp.ClientResponseError)
        assert caught.value.status == status
        assert caught.value.retry_after == 9.0


async def test_no_network_is_an_error_in_plain_words(web: aioresponses) -> None:
    web.post(ChatGLM.api_endpoint, exception=aiohttp.ClientConnectionError("no route"))
    with pytest.raises(ConnectionFailed) as caught:
        await collect()
    assert str(caught.value) == "No connection to the service."


async def test_the_given_session_is_used_and_left_open(server: GuestServer) -> None:
    async with aiohttp.ClientSession(headers={"X-Mine": "1"}) as session:
        url = server.play(FINISH)
        assert "Hello" in await collect(api_endpoint=url, session=session)
        assert not session.closed
    assert server.requests[0][0]["X-Mine"] == "1"


async def test_stopping_early_leaves_nothing_open(server: GuestServer) -> None:
    part = b'data: {"parts":[{"content":[{"type":"text","text":"a"}]}],"status":"init"}\n\n'
    url = server.play(part, endless=True)
    async with aclosing(ChatGLM.create_async_generator("", HI, api_endpoint=url)) as stream:
        assert await anext(stream) == "a"
    await server.client_left.wait()


async def test_the_reply_ends_with_its_finish_though_the_connection_stays(
    server: GuestServer,
) -> None:
    url = server.play(FINISH, FINISH, endless=True)
    assert (await collect(api_endpoint=url))[1:] == ["Hello", FinishReason("stop")]
    await server.client_left.wait()


async def test_the_timeout_bounds_the_silence(server: GuestServer) -> None:
    part = b'data: {"parts":[{"content":[{"type":"text","text":"a"}]}],"status":"init"}\n\n'
    never = asyncio.Event()
    url = server.play(part, never)
    stream = ChatGLM.create_async_generator("", HI, api_endpoint=url, timeout=0.1)
    assert await anext(stream) == "a"
    with pytest.raises(TimedOut):
        await anext(stream)
    never.set()
