# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from chatglm_desktop.core.errors import (
    AddressUnusable,
    ConnectionFailed,
    ConnectTimedOut,
    FirstTokenTimedOut,
    IdleTimedOut,
    InvalidRequest,
    ProtocolError,
    ProxyLoginRefused,
    ProxyUnusable,
    ServerNotRunning,
    TimedOut,
)
from chatglm_desktop.providers.errors import Refusal
from chatglm_desktop.providers.http import Patience, Request, event_stream, open_response
from chatglm_desktop.providers.sse import ServerEvent

if TYPE_CHECKING:
    from tests.providers.conftest import GuestServer

SHORT = Patience(connect=5, first_event=0.3, silence=0.1)


class Refused(InvalidRequest):
    def __init__(self, answer: Refusal) -> None:
        super().__init__()
        self.answer = answer


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def read(
    session: aiohttp.ClientSession, url: str, patience: Patience | None = None, **more: Any
) -> list[str]:
    request = Request(url, {}, {"a": 1}, **more)
    stream = event_stream(session, request, patience or Patience(), Refused)
    async with aclosing(stream) as events:
        return [event.data async for event in events]


async def test_events_come_as_they_arrive(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    more = asyncio.Event()
    url = server.play(b"data: a\n\n", more, b"data: b\n\nda", b"ta: c")
    stream = event_stream(session, Request(url, {"X-A": "1"}, {"a": 1}), Patience(), Refused)
    async with aclosing(stream) as events:
        assert await anext(events) == ServerEvent("a")
        more.set()
        assert [event.data async for event in events] == ["b", "c"]
    headers, body = server.requests[0]
    assert (headers["X-A"], body) == ("1", {"a": 1})


@pytest.mark.parametrize(
    "media_type", ["text/event-stream", "Text/Event-Stream; charset=utf-8", "text/event-stream;x"]
)
async def test_the_media_type_may_have_parameters(
    server: GuestServer, session: aiohttp.ClientSession, media_type: str
) -> None:
    url = server.play(b"data: a\n\n", headers={"Content-Type": media_type})
    assert await read(session, url) == ["a"]


@pytest.mark.parametrize(
    ("status", "media_type"), [(200, "Text/HTML; charset=utf-8"), (500, "text/event-stream")]
)
async def test_what_is_no_event_stream_is_refused(
    server: GuestServer, session: aiohttp.ClientSession, status: int, media_type: str
) -> None:
    headers = {"Content-Type": media_type, "Retry-After": "7"}
    url = server.play(b"data: a\n\n", b"\xff", status=status, headers=headers)
    with pytest.raises(Refused) as caught:
        await read(session, url)
    answer = caught.value.answer
    assert (answer.status, answer.retry_after) == (status, 7.0)
    assert answer.media_type == media_type.lower().partition(";")[0]
    assert answer.body == "data: a\n\n\ufffd"
    assert str(answer.url) == url


async def test_at_most_64_kib_of_a_refusal_are_read(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    url = server.play(b"x" * 50_000, b"y" * 50_000, endless=True, status=500)
    with pytest.raises(Refused) as caught:
        await read(session, url)
    assert caught.value.answer.body == "x" * 50_000 + "y" * (65536 - 50_000)
    await server.client_left.wait()


async def test_a_refusal_that_breaks_off_is_told_as_far_as_it_came(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    html = {"Content-Type": "text/html"}
    with pytest.raises(Refused) as caught:
        await read(session, server.play(b"half", status=502, headers=html, drop=True))
    assert caught.value.answer.body == "half"
    with pytest.raises(ConnectionFailed):
        await read(session, server.play(b"half", headers=html, drop=True))


async def test_a_refusal_that_stalls_is_told_too(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    never = asyncio.Event()
    with pytest.raises(Refused) as caught:
        await read(session, server.play(b"half", never, status=502), SHORT)
    assert caught.value.answer.body == "half"
    with pytest.raises(FirstTokenTimedOut):
        await read(session, server.play(b"{", never, headers={"Content-Type": "x/y"}), SHORT)
    never.set()


async def test_a_server_on_this_computer_that_does_not_run(session: aiohttp.ClientSession) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(ServerNotRunning) as caught:
            await read(session, f"http://127.0.0.1:{port}/")
    assert "ClientConnectorError" in caught.value.details
    assert caught.value.host == f"127.0.0.1:{port}"


async def test_a_connection_closed_before_headers(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        await read(session, server.play(drop_before_headers=True))
    assert "ServerDisconnectedError" in caught.value.details


async def test_an_answer_that_is_no_http(session: aiohttp.ClientSession) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"SSH-2.0-nobody\r\n\r\n")
        await writer.drain()
        writer.close()

    odd = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with odd:
        port = odd.sockets[0].getsockname()[1]
        with pytest.raises(ProtocolError):
            await read(session, f"http://127.0.0.1:{port}/")


ODD_ADDRESSES = [
    "",
    "nonsense",
    "//x",
    "ftp://localhost/",
    "http://",
    "http://[::1",
    "http://localhost:99999/",
    "http://a..b/",
    f"http://{'a' * 300}/",
    "http://中文..x/",
    "http://\ud800/",
]


@pytest.mark.parametrize("url", ODD_ADDRESSES)
async def test_an_address_that_is_none_is_named(session: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(AddressUnusable) as caught:
        await read(session, url)
    assert caught.value.details.startswith(f"no HTTP address: {url[:20]!r}"[:-1])
    assert f"{caught.value}{caught.value.details}".encode()


@pytest.mark.parametrize(
    "url", ["http://me:secret@", "ftp://me:secret@x/", "//x?key=secret", "http://a..b/#secret"]
)
async def test_an_address_with_a_secret_is_never_quoted(
    session: aiohttp.ClientSession, url: str
) -> None:
    with pytest.raises(AddressUnusable) as caught:
        await read(session, url)
    assert caught.value.details == "no HTTP address"
    assert "secret" not in f"{caught.value!r}{caught.value}"


@pytest.mark.parametrize("url", ["http://local host/", "http://a\0b/"])
async def test_a_host_that_cannot_be_looked_up(session: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        await read(session, url)
    assert "http://" not in caught.value.details


async def test_a_redirection_to_an_odd_host(session: aiohttp.ClientSession) -> None:
    async def redirect(request: web.BaseRequest) -> web.Response:
        return web.Response(status=307, headers={"Location": "http://a..b/"})

    async with RawTestServer(redirect) as server:
        with pytest.raises(AddressUnusable) as caught:
            await open_response(session, Request(str(server.make_url("/")), {}), Patience())
        assert caught.value.host == f"127.0.0.1:{server.port}"


async def test_no_answer_at_all_times_out(session: aiohttp.ClientSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        with pytest.raises(FirstTokenTimedOut) as caught:
            await read(session, f"http://127.0.0.1:{port}/", SHORT)
    assert caught.value.host == f"127.0.0.1:{port}"


async def test_no_handshake_is_no_connection(session: aiohttp.ClientSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        with pytest.raises(ConnectTimedOut) as caught:
            await read(session, f"https://me:secret@127.0.0.1:{port}/", Patience(connect=0.1))
    assert caught.value.host == f"127.0.0.1:{port}"
    assert "secret" not in f"{caught.value}{caught.value.details}"


@pytest.mark.parametrize(
    ("before", "kind", "first"),
    [
        (b"", FirstTokenTimedOut, 0.3),
        (b"event: x\n", FirstTokenTimedOut, 0.3),
        (b"data: a\n\n", IdleTimedOut, 30),
    ],
)
async def test_silence_times_out_though_comments_arrive(
    server: GuestServer,
    session: aiohttp.ClientSession,
    before: bytes,
    kind: type[TimedOut],
    first: float,
) -> None:
    pieces = [before] if before else []
    url = server.play(*pieces, endless=True)
    with pytest.raises(kind) as caught:
        await read(session, url, Patience(5, first, 0.1))
    assert caught.value.host == server.base.removeprefix("http://")
    await server.client_left.wait()


async def test_a_slow_reader_is_not_taken_for_a_silent_server(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    more, loop = asyncio.Event(), asyncio.get_running_loop()
    url = server.play(b"data: a\n\n", more, b"data: b\n\n")
    stream = event_stream(session, Request(url, {}, {}), SHORT, Refused)
    async with aclosing(stream) as events:
        await anext(events)
        longer = asyncio.Event()
        loop.call_later(3 * SHORT.silence, longer.set)
        await longer.wait()
        more.set()
        assert await anext(events) == ServerEvent("b")


async def test_what_arrived_before_a_drop_is_never_lost(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    """Even when the reader looks only after the connection is gone."""
    more = asyncio.Event()
    url = server.play(b"data: a\n\n", more, b"data: b\n\n", b"data: c\n", drop=True)
    stream = event_stream(session, Request(url, {}, {}), Patience(), Refused)
    async with aclosing(stream) as events:
        await anext(events)
        more.set()
        await server.played.wait()
        for _ in range(20):
            await asyncio.sleep(0)
        assert await anext(events) == ServerEvent("b")
        assert await anext(events) == ServerEvent("c")
        with pytest.raises(ConnectionFailed) as caught:
            await anext(events)
    assert "ClientPayloadError" in caught.value.details


async def test_closing_the_generator_closes_the_connection(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    url = server.play(b"data: a\n\n", endless=True)
    stream = event_stream(session, Request(url, {}, {}), Patience(), Refused)
    await anext(stream)
    await stream.aclose()
    await server.client_left.wait()


async def test_cancelling_the_reader_closes_the_connection(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    url = server.play(b"data: a\n\n", endless=True)
    task = asyncio.create_task(read(session, url))
    await server.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await server.client_left.wait()


async def test_packets_leave_no_timers_behind(
    server: GuestServer, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    armed = 0
    loop = asyncio.get_running_loop()
    call_at: Callable[..., asyncio.TimerHandle] = loop.call_at

    def counting(*args: Any, **more: Any) -> asyncio.TimerHandle:
        nonlocal armed
        armed += 1
        return call_at(*args, **more)

    monkeypatch.setattr(loop, "call_at", counting)
    url = server.play(*[b"data: a\n\n"] * 500)
    assert len(await read(session, url)) == 500
    assert armed < 25


async def test_the_proxy_is_used(server: GuestServer, session: aiohttp.ClientSession) -> None:
    proxy = server.play(b"data: a\n\n").rpartition("/")[0]
    assert await read(session, "http://localhost:9/0", proxy=proxy) == ["a"]


async def test_a_proxy_that_asks_for_a_login_is_named(
    server: GuestServer, session: aiohttp.ClientSession
) -> None:
    proxy = server.play(status=407).rpartition("/")[0]
    with pytest.raises(ProxyLoginRefused) as caught:
        await read(session, "http://api.example.org/0", proxy=proxy)
    assert caught.value.host == proxy.removeprefix("http://")
    with pytest.raises(ProxyLoginRefused) as caught:
        await read(session, f"{server.base}/0")
    assert caught.value.host == proxy.removeprefix("http://")


@pytest.mark.parametrize(
    "proxy",
    ["http://me:secret@", "nonsense", "socks5://me:secret@localhost:1", "http://me:secret@a..b"],
)
async def test_a_proxy_that_is_none(session: aiohttp.ClientSession, proxy: str) -> None:
    with pytest.raises(ProxyUnusable) as caught:
        await read(session, "http://localhost:9/0", proxy=proxy)
    assert "secret" not in f"{caught.value} {caught.value.details}"


async def test_a_session_that_raises_for_status_changes_nothing(server: GuestServer) -> None:
    url = server.play(json.dumps({"message": "no"}).encode(), status=400)
    async with aiohttp.ClientSession(raise_for_status=True) as strict:
        with pytest.raises(Refused):
            await read(strict, url)


def test_a_request_shows_no_header() -> None:
    request = Request("https://example.org", {"Authorization": "Bearer hidden"}, {})
    assert "hidden" not in repr(request)


def test_one_number_is_all_patience_with_silence() -> None:
    assert Patience.of(None) == Patience()
    assert Patience.of(5) == Patience(first_event=5, silence=5)
