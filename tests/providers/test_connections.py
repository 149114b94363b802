# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.errors import (
    CaFileUnusable,
    ConnectionFailed,
    InvalidRequest,
    ProxyUnusable,
)
from chatglm_desktop.core.network import NetworkOptions, ProxyDecision, RouteTrial
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.providers import ChatGLM
from chatglm_desktop.providers.connections import Connections, Route
from chatglm_desktop.providers.http import Request, event_stream
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.sse import ServerEvent
from chatglm_desktop.providers.system_proxies import SystemProxies
from tests.helpers.authority import Authority
from tests.helpers.proxy_servers import HttpProxy

if TYPE_CHECKING:
    from tests.providers.conftest import GuestServer

PUBLIC = "https://open.bigmodel.cn/api"
FIRST = NetworkOptions("custom", "http://127.0.0.1:1")
SECOND = replace(FIRST, proxy_url="socks5://127.0.0.1:2")
FINISH = (
    b'data: {"conversation_id":"c","status":"finish","parts":[{"content":'
    b'[{"type":"text","text":"Hello"}]}]}\n\n'
)


@pytest.fixture
async def connections() -> AsyncIterator[Connections]:
    ticks = iter(range(1000))
    opened = Connections(FIRST, system=SystemProxies, elapsed=lambda: float(next(ticks)))
    yield opened
    await opened.close()
    # What was left open would be told now.
    gc.collect()


def stream_of(route: Route, url: str) -> aclosing[AsyncGenerator[ServerEvent, None]]:
    request = Request(url, {}, {})
    return aclosing(event_stream(route.session, request, route.patience, _refused))


def _refused(_: object) -> InvalidRequest:
    return InvalidRequest()


async def test_routes_share_a_session_where_proxy_and_trust_are_the_same(
    connections: Connections,
) -> None:
    one, other = await connections.route(PUBLIC), await connections.route("http://api.z.ai/")
    near, off = await connections.route("http://[::1]/"), await connections.route(PUBLIC, "off")
    assert one.session is other.session
    assert near.session is off.session is not one.session
    assert one.decision == ProxyDecision("custom", "http://127.0.0.1:1")
    assert near.decision == ProxyDecision("loopback")
    assert (one.patience, near.patience) == (Patience(), Patience(first_event=600))


async def test_a_session_tells_nothing_that_it_was_not_told_to(
    server: GuestServer, connections: Connections, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / ".netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    url = server.play(b"data: a\n\n", headers={"Set-Cookie": "a=b", "Content-Type": "x"})
    for _ in range(2):
        async with stream_of(await connections.route(url), url) as events:
            with pytest.raises(InvalidRequest):
                await anext(events)
    for headers, _ in server.requests:
        assert not headers.keys() & {"Authorization", "Cookie", "Proxy-Authorization"}


async def test_other_options_count_from_the_next_route_on(connections: Connections) -> None:
    before = await connections.route(PUBLIC)
    connections.configure(SECOND, None)
    after = await connections.route(PUBLIC)
    assert before.session is not after.session
    assert not before.session.closed
    assert after.decision.proxy == "socks5://127.0.0.1:2"
    connections.configure(FIRST, Secret("s3cret"))
    assert (await connections.route(PUBLIC)).session is before.session
    connections.configure(replace(FIRST, proxy_user="me"), Secret("s3cret"))
    with_login = await connections.route(PUBLIC)
    assert with_login.session is not before.session
    assert "s3cret" not in f"{with_login} {vars(connections)}"


async def test_a_request_goes_on_when_the_options_change(
    server: GuestServer, connections: Connections
) -> None:
    more = asyncio.Event()
    url = server.play(b"data: a\n\n", more, b"data: b\n\n")
    async with stream_of(await connections.route(url), url) as events:
        await anext(events)
        connections.configure(replace(FIRST, connect=1), None)
        assert (await connections.route(url)).patience.connect == 1
        more.set()
        await anext(events)


async def test_closing_ends_all_sessions_and_opens_none_any_more(
    server: GuestServer, connections: Connections, authority: Authority
) -> None:
    url = server.play(b"data: a\n\n")
    route = await connections.route(url)
    async with stream_of(route, url) as events:
        await anext(events)
    connections.configure(replace(FIRST, ca_file=str(authority.ca_file)), None)
    other = await connections.route(PUBLIC)
    await connections.close()
    assert route.session.closed
    assert other.session.closed
    with pytest.raises(ConnectionFailed, match="No connection"):
        await connections.route(url)
    await connections.close()


async def test_two_requests_that_begin_at_once_share_a_session(
    connections: Connections, authority: Authority
) -> None:
    connections.configure(replace(FIRST, ca_file=str(authority.ca_file)), None)
    one, other = await asyncio.gather(connections.route(PUBLIC), connections.route(PUBLIC))
    assert one.session is other.session


async def test_a_changed_ca_file_is_read_again(
    connections: Connections, authority: Authority, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    connections.configure(replace(FIRST, ca_file=str(file)), None)
    with pytest.raises(CaFileUnusable):
        await connections.route(PUBLIC)
    shutil.copy(authority.ca_file, file)
    first = await connections.route(PUBLIC)
    assert (await connections.route(PUBLIC)).session is first.session
    file.write_bytes(file.read_bytes() + b"\n")
    assert (await connections.route(PUBLIC)).session is not first.session


async def test_an_odd_proxy_is_told_before_anything_is_asked(connections: Connections) -> None:
    connections.configure(replace(FIRST, proxy_url="ftp://proxy"), Secret("s3cret"))
    with pytest.raises(ProxyUnusable):
        connections.decide(PUBLIC)
    with pytest.raises(ProxyUnusable):
        await connections.route(PUBLIC)
    assert connections.decide("http://localhost/") == ProxyDecision("loopback")
    trial = await connections.try_out(PUBLIC)
    assert (trial.decision, trial.seconds, trial.status) == (None, 1.0, None)
    assert trial.failure is not None
    assert trial.failure.kind == "ProxyUnusable"


async def test_a_trial_tells_the_way_and_what_came_of_it(connections: Connections) -> None:
    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(status=418)

    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    url = f"http://127.0.0.1:{port}/v1"
    assert await connections.try_out(url) == RouteTrial(ProxyDecision("loopback"), 1.0, 418)
    async with HttpProxy({"api.z.ai": port}) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        connections.configure(replace(FIRST, proxy_url=address), None)
        decision = ProxyDecision("custom", address)
        assert await connections.try_out("http://api.z.ai/") == RouteTrial(decision, 1.0, 418)
    await runner.cleanup()
    trial = await connections.try_out("http://api.z.ai/")
    assert (trial.decision, trial.status) == (decision, None)
    assert trial.failure is not None
    assert (trial.failure.kind, trial.failure.host) == ("ProxyNotReached", address[7:])


async def test_a_trial_tells_of_a_ca_file_and_of_an_odd_address(connections: Connections) -> None:
    connections.configure(replace(FIRST, ca_file="/nonexistent/ca.pem"), None)
    trial = await connections.try_out(PUBLIC)
    assert trial.decision == ProxyDecision("custom", "http://127.0.0.1:1")
    assert trial.failure is not None
    assert trial.failure.kind == "CaFileUnusable"
    connections.configure(FIRST, None)
    odd = await connections.try_out("nonsense")
    assert odd.failure is not None
    assert odd.failure.kind == "AddressUnusable"


async def test_the_guest_service_takes_session_and_patience(
    server: GuestServer, connections: Connections
) -> None:
    url = server.play(FINISH)
    route = await connections.route(url)
    stream = ChatGLM.create_async_generator(
        "",
        [{"role": "user", "content": "Hi"}],
        api_endpoint=url,
        session=route.session,
        patience=route.patience,
    )
    deltas = [delta async for delta in stream]
    assert deltas[1:] == ["Hello", FinishReason("stop")]
    assert not route.session.closed


async def test_the_defaults_are_the_systems_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    monkeypatch.setenv("NO_PROXY", "z.ai")
    connections = Connections()
    assert connections.decide(PUBLIC) == ProxyDecision("system-all", "socks5://127.0.0.1:1080")
    assert connections.decide("https://api.z.ai") == ProxyDecision("exception", entry="z.ai")
    await connections.close()
