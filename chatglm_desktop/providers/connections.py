# SPDX-License-Identifier: MIT
"""Owns the sessions that all requests go through: the right proxy, the right trust; no request."""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from chatglm_desktop.core.accounts import AccountProxy
from chatglm_desktop.core.errors import ChatError, ConnectionFailed
from chatglm_desktop.core.network import NetworkOptions, ProxyDecision, RouteTrial
from chatglm_desktop.providers.connectors import open_session
from chatglm_desktop.providers.http import Request, open_response
from chatglm_desktop.providers.patience import Patience, patience_for
from chatglm_desktop.providers.proxies import ProxyChoice, ProxyServer, choose_proxy
from chatglm_desktop.providers.system_proxies import SystemProxies, system_proxies
from chatglm_desktop.providers.trust import stamp_of, trusting

if TYPE_CHECKING:
    from chatglm_desktop.core.secrets import Secret

_TURNS = 5
"""Enough for a transport under TLS to tell everybody that it has ended."""


@dataclass(frozen=True, slots=True)
class Route:
    """How to ask one address. The session knows its proxy: none is given with a request."""

    session: aiohttp.ClientSession
    decision: ProxyDecision
    patience: Patience


class Connections:
    """One session for each proxy and trust in use; ``close`` ends them all.

    Options that change count for the next route. A session of earlier ones stays open until the
    end, so that requests which run on it, or are about to, are not cut off; its idle connections
    end by themselves after some seconds.
    """

    def __init__(
        self,
        options: NetworkOptions | None = None,
        password: Secret | None = None,
        system: Callable[[], SystemProxies] = lambda: system_proxies(os.environ),
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._system = system
        self._elapsed = elapsed
        self._contexts: dict[tuple[str, tuple[int, int]], ssl.SSLContext] = {}
        self._sessions: dict[tuple[ProxyServer | None, ssl.SSLContext], aiohttp.ClientSession] = {}
        self._closed = False
        self.configure(options or NetworkOptions(), password)

    def configure(self, options: NetworkOptions, password: Secret | None) -> None:
        """Use these ``options`` from now on; ``password`` is that of the user's own proxy."""
        self._options = options
        self._password = password

    def decide(self, url: str, account_proxy: AccountProxy = "default") -> ProxyDecision:
        """Through which proxy ``url`` would be asked, and why. Raises ProxyUnusable."""
        return self._choose(url, account_proxy).decision

    async def route(self, url: str, account_proxy: AccountProxy = "default") -> Route:
        """How to ask ``url``, for an account that wants ``account_proxy``. Raises ChatErrors."""
        options = self._options
        choice = self._choose(url, account_proxy)
        context = await self._trust(options.ca_file)
        # No await from here on: two requests may begin at once, and the end may have come.
        if self._closed:
            raise ConnectionFailed(details="all connections have been closed")
        key = choice.server, context
        if key not in self._sessions:
            self._sessions[key] = open_session(*key)
        return Route(self._sessions[key], choice.decision, patience_for(url, options))

    async def try_out(self, url: str, account_proxy: AccountProxy = "default") -> RouteTrial:
        """Ask ``url`` for real. Any answer of its server shows that the way is free."""
        began, decision = self._elapsed(), None
        try:
            decision = self.decide(url, account_proxy)
            route = await self.route(url, account_proxy)
            request = Request(url, {"User-Agent": "ChatGLM-Desktop"})
            async with await open_response(route.session, request, route.patience) as response:
                return RouteTrial(decision, self._elapsed() - began, response.status)
        except ChatError as error:
            return RouteTrial(decision, self._elapsed() - began, failure=error.failure)

    async def close(self) -> None:
        """End all sessions; none is opened afterwards. Who waits for an answer is not told."""
        self._closed = True
        while self._sessions:
            _, session = self._sessions.popitem()
            await session.close()
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    def _choose(self, url: str, account_proxy: AccountProxy) -> ProxyChoice:
        password = self._password.value if self._password is not None else ""
        return choose_proxy(url, self._options, account_proxy, self._system(), password)

    async def _trust(self, ca_file: str) -> ssl.SSLContext:
        """The context for ``ca_file``, made anew when the file has changed."""
        stamp = await asyncio.to_thread(stamp_of, ca_file) if ca_file else (0, 0)
        key = ca_file, stamp
        if key not in self._contexts:
            context = await asyncio.to_thread(trusting, ca_file)
            self._contexts.setdefault(key, context)
        return self._contexts[key]
