# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from chatglm_desktop.core.errors import (
    ConnectionFailed,
    FirstTokenTimedOut,
    IdleTimedOut,
    InvalidRequest,
    ProtocolError,
)
from chatglm_desktop.providers.errors import Refusal
from chatglm_desktop.providers.http import Request
from chatglm_desktop.providers.json_answers import fetch_json
from chatglm_desktop.providers.patience import Patience

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], Awaitable[str]]
SHORT = Patience(connect=5, first_event=0.5)


class Refused(InvalidRequest):
    def __init__(self, answer: Refusal) -> None:
        super().__init__()
        self.answer = answer


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Answers every request by a handler; returns the address."""
    runners: list[web.ServerRunner] = []

    async def start(handler: Handler) -> str:
        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            return await handler(request)  # type: ignore[arg-type]

        runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}/models"

    yield start
    for runner in runners:
        await runner.cleanup()


async def fetch(request: Request, patience: Patience | None = None, **more: Any) -> Any:
    async with aiohttp.ClientSession() as session:
        return await fetch_json(session, request, patience or Patience(), Refused, **more)


async def test_a_get_with_its_headers(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response([request.method, request.headers["X-A"], request.path])

    url = await serve(answer)
    assert await fetch(Request(url, {"X-A": "1"})) == ["GET", "1", "/models"]


async def test_a_form_and_a_body_are_posted(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        posted = await request.post() if "form" in request.content_type else await request.json()
        return web.json_response({"method": request.method, **posted})

    url = await serve(answer)
    form = aiohttp.FormData({"purpose": "file-extract"}, default_to_multipart=True)
    assert await fetch(Request(url, {}, form=form)) == {
        "method": "POST",
        "purpose": "file-extract",
    }
    assert await fetch(Request(url, {}, {"a": "中"})) == {"method": "POST", "a": "中"}


@pytest.mark.parametrize(
    ("status", "body"), [(404, "no such page"), (200, "<html>"), (200, ""), (200, "[" * 100_000)]
)
async def test_what_is_no_answer_is_refused(serve: Serve, status: int, body: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=body, status=status)

    url = await serve(answer)
    with pytest.raises(Refused) as caught:
        await fetch(Request(url, {}))
    told = caught.value.answer
    assert (told.status, told.body, str(told.url)) == (status, body[:65536], url)
    assert told.media_type == "text/plain"


async def test_an_answer_that_is_too_large(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response("x" * 100)

    url = await serve(answer)
    assert await fetch(Request(url, {}), most_bytes=102) == "x" * 100
    with pytest.raises(ProtocolError) as caught:
        await fetch(Request(url, {}), most_bytes=101)
    assert caught.value.details == "more than 101 bytes"
    assert caught.value.host in url


async def test_an_answer_that_stops_or_breaks_off(serve: Serve) -> None:
    stalls = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"[1,")
        if request.headers.get("X-Stall"):
            await stalls.wait()
        assert request.transport is not None
        request.transport.abort()
        return response

    url = await serve(answer)
    with pytest.raises(ConnectionFailed) as broken:
        await fetch(Request(url, {}))
    with pytest.raises(IdleTimedOut) as stalled:
        await fetch(Request(url, {"X-Stall": "1"}), SHORT)
    stalls.set()
    assert broken.value.host == stalled.value.host == url.split("/")[2]


async def test_no_answer_in_time(serve: Serve) -> None:
    never = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    url = await serve(answer)
    with pytest.raises(FirstTokenTimedOut):
        await fetch(Request(url, {}), SHORT)
    never.set()
