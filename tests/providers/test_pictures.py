# SPDX-License-Identifier: MIT
"""Pictures come over a real socket: only what was agreed to, only so much, only so long."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from chatglm_desktop.core.pictures import MOST_BYTES, PictureError
from chatglm_desktop.providers.pictures import PicturePatience, fetch_picture

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

PNG = b"\x89PNG\r\n\x1a\n and more"


class Host:
    """A server that answers as it is told to; ``asked`` are the requests that reached it."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.answers: dict[str, Answer] = {}
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await self.answers[request.path](request)

    def sends(self, path: str, body: bytes = PNG, *, status: int = 200, **headers: str) -> str:
        """Answer ``path`` with ``body``; returns its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Content-Type", "image/png")

        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=status, body=body, headers=named)

        self.answers[path] = answer
        return self.url + path

    def leads(self, path: str, location: str) -> str:
        return self.sends(path, b"", status=302, Location=location)


@pytest_asyncio.fixture
async def host() -> AsyncIterator[Host]:
    host = Host()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", host.handle)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield host
    await runner.cleanup()


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


async def problem(
    session: aiohttp.ClientSession, url: str, patience: PicturePatience | None = None
) -> str:
    with pytest.raises(PictureError) as caught:
        await fetch_picture(session, url, patience=patience or PicturePatience())
    return caught.value.problem


@pytest.mark.asyncio
async def test_a_picture_comes_as_it_is(session: aiohttp.ClientSession, host: Host) -> None:
    assert await fetch_picture(session, host.sends("/a.png")) == PNG
    asked = host.asked[0].headers
    assert "Cookie" not in asked
    assert "Referer" not in asked
    assert "aiohttp" not in asked["User-Agent"]


@pytest.mark.asyncio
async def test_a_redirection_within_the_host_is_followed(
    session: aiohttp.ClientSession, host: Host
) -> None:
    host.sends("/b.png")
    assert await fetch_picture(session, host.leads("/a.png", "/b.png")) == PNG


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "location", ["http://localhost:1/a.png", "file:///etc/passwd", "ftp://127.0.0.1/a", ""]
)
async def test_a_redirection_to_elsewhere_is_not_followed(
    session: aiohttp.ClientSession, host: Host, location: str
) -> None:
    assert await problem(session, host.leads("/a.png", location)) == "refused"
    assert len(host.asked) == 1


@pytest.mark.asyncio
async def test_a_circle_of_redirections_ends(session: aiohttp.ClientSession, host: Host) -> None:
    assert await problem(session, host.leads("/a.png", "/a.png")) == "refused"
    assert len(host.asked) == 4


@pytest.mark.asyncio
async def test_a_refusal_is_told(session: aiohttp.ClientSession, host: Host) -> None:
    assert await problem(session, host.sends("/a.png", status=404)) == "refused"


@pytest.mark.asyncio
async def test_what_is_no_picture_is_not_read(session: aiohttp.ClientSession, host: Host) -> None:
    page = host.sends("/a", Content_Type="text/html")
    packed = host.sends("/b", gzip.compress(PNG), Content_Encoding="gzip")
    assert [await problem(session, url) for url in (page, packed)] == ["not a picture"] * 2


@pytest.mark.asyncio
async def test_a_file_that_says_that_it_is_too_large_is_not_read(
    session: aiohttp.ClientSession, host: Host
) -> None:
    assert await problem(session, host.sends("/a.png", bytes(MOST_BYTES + 1))) == "too large"


@pytest.mark.asyncio
async def test_a_file_that_never_ends_is_read_up_to_a_limit(
    session: aiohttp.ClientSession, host: Host
) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        while True:
            await response.write(bytes(1 << 20))
            sent += 1

    host.answers["/a.png"] = endless
    assert await problem(session, host.url + "/a.png") == "too large"
    assert sent < 30


@pytest.mark.asyncio
async def test_a_slow_host_is_given_up(session: aiohttp.ClientSession, host: Host) -> None:
    gone = asyncio.Event()

    async def silent(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "image/png"})
        await response.prepare(request)
        try:
            await asyncio.Event().wait()
        finally:
            gone.set()
        return response

    host.answers["/a.png"] = silent
    patience = PicturePatience(total=0.05)
    assert await problem(session, host.url + "/a.png", patience) == "timed out"
    async with asyncio.timeout(10):
        await gone.wait()


@pytest.mark.asyncio
async def test_a_host_that_is_not_there_is_told(session: aiohttp.ClientSession) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert await problem(session, f"http://127.0.0.1:{port}/a.png") == "unreachable"
    assert await problem(session, "http://[z/a.png") == "unreachable"
