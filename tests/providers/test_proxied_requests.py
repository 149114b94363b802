# SPDX-License-Identifier: MIT
"""Requests through real proxies on loopback: what those see, and what a user is told of them."""

from __future__ import annotations

import asyncio
import base64
import gc
import socket
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, aclosing
from typing import Any, TypeAlias

import pytest
from aiohttp import web

from chatglm_desktop.core.errors import (
    CertificateRefused,
    ChatError,
    ConnectTimedOut,
    HostNotFound,
    InvalidRequest,
    NoSecureConnection,
    ProxyLoginRefused,
    ProxyNotReached,
    ProxyRefused,
)
from chatglm_desktop.core.network import NetworkOptions
from chatglm_desktop.core.pictures import PictureError
from chatglm_desktop.core.places import literal
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.providers.connections import Connections
from chatglm_desktop.providers.http import Request, event_stream
from chatglm_desktop.providers.pictures import PicturePatience, fetch_picture
from chatglm_desktop.providers.system_proxies import SystemProxies
from tests.helpers.authority import Authority
from tests.helpers.proxy_servers import Asked, HttpProxy, LoopbackProxy, SocksProxy

NAME = "api.example.org"
LOGIN = "me:pass@word:%41"
KEY = "the-key-of-a-user"
SCHEMES = {
    "http": HttpProxy,
    "https": HttpProxy,
    "socks5": SocksProxy,
    "socks5-local": SocksProxy,
    "socks4": SocksProxy,
}
Lookup: TypeAlias = Callable[..., list[Any]]


class Origin:
    """The server behind the proxies: an event stream at any path, plain and encrypted."""

    def __init__(self) -> None:
        self.plain = 0
        self.encrypted = 0
        self.headers: list[dict[str, str]] = []

    async def answer(self, request: web.BaseRequest) -> web.Response:
        self.headers.append(dict(request.headers))
        return web.Response(body=b"data: hello\n\n", content_type="text/event-stream")


@pytest.fixture
async def origin(authority: Authority) -> AsyncIterator[Origin]:
    origin = Origin()
    runner = web.ServerRunner(web.Server(origin.answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    context = authority.server_context()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    origin.plain, origin.encrypted = (address[1] for address in runner.addresses)
    yield origin
    await runner.cleanup()


@pytest.fixture(autouse=True)
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that were looked up on this computer, all of which are on this computer."""
    names: list[str] = []
    look_up: Lookup = socket.getaddrinfo

    def noting(host: str | bytes | None, *args: Any, **more: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if literal(name) is None and name != "localhost":
            names.append(name)
            if not name.endswith(".example.org"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return look_up("127.0.0.1", *args, **more)
        return look_up(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noting)
    return names


class Refused(InvalidRequest):
    pass


class Client:
    """Asks through proxies, and ends with the test."""

    def __init__(self, authority: Authority, stack: AsyncExitStack) -> None:
        self._ca_file = str(authority.ca_file)
        self._authority = authority
        self._stack = stack

    async def proxy(self, scheme: str, origin: Origin, **how: Any) -> LoopbackProxy:
        context = self._authority.server_context() if scheme == "https" else None
        destinations = {NAME: origin.plain, "127.0.0.1": origin.plain}
        proxy = SCHEMES[scheme](destinations, context=context, **how)
        return await self._stack.enter_async_context(proxy)

    def connections(self, address: str, login: str = "", **more: Any) -> Connections:
        user, _, password = login.partition(":")
        more.setdefault("ca_file", self._ca_file)
        options = NetworkOptions("custom", address, user, **more)
        connections = Connections(options, Secret(password) if login else None)
        self._stack.push_async_callback(connections.close)
        return connections


@pytest.fixture
async def client(authority: Authority) -> AsyncIterator[Client]:
    async with AsyncExitStack() as stack:
        yield Client(authority, stack)
    # What is left open would be told when it is collected.
    gc.collect()


async def read(connections: Connections, url: str) -> list[str]:
    route = await connections.route(url)
    request = Request(url, {"Authorization": KEY}, {})
    stream = event_stream(route.session, request, route.patience, lambda _: Refused())
    async with aclosing(stream) as events:
        return [event.data async for event in events]


def address_of(scheme: str, proxy: LoopbackProxy) -> str:
    return f"{scheme}://127.0.0.1:{proxy.port}"


@pytest.mark.parametrize("login", ["", LOGIN])
@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_the_proxy_looks_up_the_name(
    scheme: str, login: str, client: Client, origin: Origin, looked_up: list[str]
) -> None:
    proxy = await client.proxy(scheme, origin, login=login)
    connections = client.connections(address_of(scheme, proxy), login)
    assert await read(connections, f"http://{NAME}/v1") == ["hello"]
    how = "POST" if scheme.startswith("http") else "name"
    assert proxy.asked == [Asked(how, NAME, 80, login)]
    assert looked_up == []
    assert "Proxy-Authorization" not in origin.headers[0]


@pytest.mark.parametrize("login", ["", LOGIN])
@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
async def test_an_encrypted_request_goes_through_a_tunnel(
    scheme: str, login: str, client: Client, origin: Origin, looked_up: list[str]
) -> None:
    proxy = await client.proxy(scheme, origin, login=login)
    proxy.destinations[NAME] = origin.encrypted
    connections = client.connections(address_of(scheme, proxy), login)
    assert await read(connections, f"https://{NAME}/v1") == ["hello"]
    how = "CONNECT" if scheme.startswith("http") else "name"
    assert proxy.asked == [Asked(how, NAME, 443, login)]
    assert looked_up == []


async def test_a_password_may_have_any_letters(client: Client, origin: Origin) -> None:
    login = "我:密码 ü"
    proxy = await client.proxy("http", origin, login=login)
    connections = client.connections(address_of("http", proxy), login)
    assert await read(connections, f"http://{NAME}/") == ["hello"]
    session = (await connections.route(f"http://{NAME}/")).session
    assert "密码" not in repr(vars(session))


async def test_names_can_be_looked_up_here(
    client: Client, origin: Origin, looked_up: list[str]
) -> None:
    proxy = await client.proxy("socks5-local", origin)
    connections = client.connections(address_of("socks5-local", proxy))
    assert await read(connections, f"http://{NAME}/") == ["hello"]
    assert proxy.asked == [Asked("address", "127.0.0.1", 80)]
    assert looked_up == [NAME]
    with pytest.raises(HostNotFound) as caught:
        await read(connections, "http://nowhere.invalid/")
    assert caught.value.host == "nowhere.invalid"


async def test_the_older_kind_of_socks_that_windows_may_name(
    client: Client, origin: Origin, looked_up: list[str]
) -> None:
    proxy = await client.proxy("socks4", origin)
    connections = client.connections(address_of("socks4", proxy))
    assert await read(connections, f"http://{NAME}/") == ["hello"]
    assert proxy.asked == [Asked("name", NAME, 80)]
    assert looked_up == []


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_what_is_on_this_computer_is_asked_directly(
    scheme: str, client: Client, origin: Origin
) -> None:
    proxy = await client.proxy(scheme, origin)
    connections = client.connections(address_of(scheme, proxy))
    assert await read(connections, f"http://localhost:{origin.plain}/") == ["hello"]
    assert await read(connections, f"https://127.0.0.1:{origin.encrypted}/") == ["hello"]
    assert proxy.asked == []


@pytest.mark.parametrize("url", [f"http://{NAME}/", f"https://{NAME}/"])
@pytest.mark.parametrize("scheme", ["http", "https", "socks5"])
@pytest.mark.parametrize("given", ["", "me:wrong-secret"])
async def test_a_login_that_is_refused(
    scheme: str, url: str, given: str, client: Client, origin: Origin
) -> None:
    proxy = await client.proxy(scheme, origin, login=LOGIN)
    connections = client.connections(address_of(scheme, proxy), given)
    with pytest.raises(ProxyLoginRefused) as caught:
        await read(connections, url)
    assert caught.value.host == f"127.0.0.1:{proxy.port}"
    assert_hidden("me:wrong-secret", caught.value)


@pytest.mark.parametrize(
    ("scheme", "refusal"), [("http", 403), ("https", 502), ("socks5", 4), ("socks4", 91)]
)
async def test_a_proxy_that_does_not_let_through(
    scheme: str, refusal: int, client: Client, origin: Origin
) -> None:
    proxy = await client.proxy(scheme, origin, refusal=refusal)
    with pytest.raises(ProxyRefused) as caught:
        await read(client.connections(address_of(scheme, proxy)), f"https://{NAME}/")
    assert caught.value.host == f"127.0.0.1:{proxy.port}"
    assert caught.value.retryable
    assert_hidden(LOGIN, caught.value)


@pytest.mark.parametrize("url", [f"http://{NAME}/", f"https://{NAME}/"])
@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4"])
async def test_a_proxy_that_does_not_run(scheme: str, url: str, client: Client) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(ProxyNotReached) as caught:
            await read(client.connections(f"{scheme}://127.0.0.1:{port}"), url)
    assert caught.value.host == f"127.0.0.1:{port}"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_whose_name_nobody_knows(scheme: str, client: Client) -> None:
    connections = client.connections(f"{scheme}://proxy.invalid:3128")
    with pytest.raises(ProxyNotReached) as caught:
        await read(connections, f"https://{NAME}/")
    assert caught.value.host == "proxy.invalid:3128"


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks4"])
async def test_a_proxy_that_says_nothing_is_no_connection(
    scheme: str, client: Client, origin: Origin
) -> None:
    proxy = await client.proxy(scheme, origin, mute=True)
    connections = client.connections(address_of(scheme, proxy), connect=0.1)
    with pytest.raises(ConnectTimedOut) as caught:
        await read(connections, f"https://{NAME}/")
    assert caught.value.host == NAME


async def test_a_proxy_that_drops_the_connection(client: Client, origin: Origin) -> None:
    proxy = await client.proxy("socks5", origin, drops=True)
    with pytest.raises(ProxyRefused):
        await read(client.connections(address_of("socks5", proxy)), f"https://{NAME}/")


async def test_a_proxy_of_another_kind_than_set(client: Client) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ProxyRefused) as caught:
            await read(client.connections(f"socks5://127.0.0.1:{port}"), f"http://{NAME}/")
    assert "version" in caught.value.details


@pytest.mark.parametrize("scheme", ["", "http", "https", "socks5"])
async def test_a_certificate_that_nobody_vouches_for(
    scheme: str, client: Client, origin: Origin
) -> None:
    connections, url = client.connections("", ca_file=""), f"https://localhost:{origin.encrypted}/"
    host = url.split("/")[2]
    if scheme:
        proxy = await client.proxy(scheme, origin, login=LOGIN)
        proxy.destinations[NAME] = origin.encrypted
        connections = client.connections(address_of(scheme, proxy), LOGIN, ca_file="")
        url, host = f"https://{NAME}/", f"127.0.0.1:{proxy.port}" if scheme == "https" else NAME
    with pytest.raises(CertificateRefused) as caught:
        await read(connections, url)
    assert caught.value.host == host
    assert "certificate" in caught.value.details
    assert "CA file" in caught.value.hint
    assert_hidden(LOGIN, caught.value)


@pytest.mark.parametrize("scheme", ["", "http", "socks5"])
async def test_a_server_without_encryption(scheme: str, client: Client, origin: Origin) -> None:
    connections, url = client.connections(""), f"https://localhost:{origin.plain}/"
    if scheme:
        proxy = await client.proxy(scheme, origin)
        connections, url = client.connections(address_of(scheme, proxy)), f"https://{NAME}/"
    with pytest.raises(NoSecureConnection) as caught:
        await read(connections, url)
    assert caught.value.host == url.split("/")[2]
    assert_hidden(LOGIN, caught.value)


async def test_pictures_know_these_errors_too(client: Client, origin: Origin) -> None:
    proxy = await client.proxy("socks5", origin, refusal=2)
    route = await client.connections(address_of("socks5", proxy)).route(f"http://{NAME}/")
    with pytest.raises(PictureError, match="unreachable"):
        await fetch_picture(route.session, f"http://{NAME}/x.png")
    mute = await client.proxy("socks5", origin, mute=True)
    route = await client.connections(address_of("socks5", mute)).route(f"http://{NAME}/")
    with pytest.raises(PictureError, match="timed out"):
        await fetch_picture(
            route.session, f"http://{NAME}/x.png", patience=PicturePatience(connect=0.1)
        )


async def test_the_systems_proxy_is_used(client: Client, origin: Origin) -> None:
    proxy = await client.proxy("socks5", origin, login=LOGIN)
    address = f"socks5h://me:pass%40word%3A%2541@127.0.0.1:{proxy.port}"
    connections = Connections(system=lambda: SystemProxies(all=address))
    try:
        assert await read(connections, f"http://{NAME}/") == ["hello"]
    finally:
        await connections.close()
    assert proxy.asked == [Asked("name", NAME, 80, LOGIN)]


async def test_many_requests_share_a_session(client: Client, origin: Origin) -> None:
    proxy = await client.proxy("socks5", origin)
    connections = client.connections(address_of("socks5", proxy))
    answers = await asyncio.gather(*(read(connections, f"http://{NAME}/{n}") for n in range(5)))
    assert answers == [["hello"]] * 5


def assert_hidden(login: str, error: ChatError) -> None:
    """Nothing that a log or a bug report could show of ``error`` tells the login or the key."""
    texts = traceback.format_exception(error)
    link: BaseException | None = error
    while link is not None:
        texts.append(f"{link!r} {link.args!r} {vars(link)!r}")
        link = link.__cause__ or link.__context__
    told = "\n".join(texts)
    coded = base64.b64encode(login.encode()).decode()
    for secret in (login, login.partition(":")[2], coded, KEY):
        assert secret not in told
