# SPDX-License-Identifier: MIT
"""Makes aiohttp sessions that go through a proxy, or through none; chooses no proxy."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

if TYPE_CHECKING:
    from chatglm_desktop.providers.proxies import ProxyServer


def open_session(server: ProxyServer | None, context: ssl.SSLContext) -> aiohttp.ClientSession:
    """A session that asks through ``server``, or directly, and trusts whom ``context`` trusts.

    It keeps no cookies, and reads neither the environment nor ~/.netrc, from which it would take
    passwords.
    """
    if server is None:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=context), cookie_jar=aiohttp.DummyCookieJar()
        )
    if server.is_socks:
        # Late, because most people have none.
        from chatglm_desktop.providers.socks import SocksConnector

        return aiohttp.ClientSession(
            connector=SocksConnector(server, context), cookie_jar=aiohttp.DummyCookieJar()
        )
    # Not within the address: there it could get into a message or a log.
    login = _Login(server.user, server.password, "utf-8") if server.user else None
    return aiohttp.ClientSession(
        connector=_HttpProxyConnector(server, context),
        cookie_jar=aiohttp.DummyCookieJar(),
        proxy=server.address,
        proxy_auth=login,
    )


def proxy_of(session: aiohttp.ClientSession) -> URL | None:
    """The HTTP proxy of a session that :func:`open_session` made; None if it has none."""
    connector = session.connector
    return connector.proxy if isinstance(connector, _HttpProxyConnector) else None


class _Login(aiohttp.BasicAuth):
    """Shows neither user nor password: it is part of what aiohttp's errors hold."""

    def __repr__(self) -> str:
        return "_Login()"


class _HttpProxyConnector(aiohttp.TCPConnector):
    """Knows which proxy its connections go to."""

    def __init__(self, server: ProxyServer, context: ssl.SSLContext) -> None:
        super().__init__(ssl=context)
        self.proxy = URL(server.address)
