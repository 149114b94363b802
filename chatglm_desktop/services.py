# SPDX-License-Identifier: MIT
"""Makes the services that answer; the heavy imports happen in a thread, on first need."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

from chatglm_desktop.chat.service import ReadyProvider, Service

if TYPE_CHECKING:
    from types import ModuleType

    import aiohttp

    from chatglm_desktop.demo import DemoServer


class Services:
    """Owns the one HTTP session and the demo server; :meth:`close` ends both."""

    def __init__(self, device_id: str, endpoint: str = "") -> None:
        self._device_id = device_id
        self._endpoint = endpoint
        self._http: aiohttp.ClientSession | None = None
        self._demo_server: DemoServer | None = None
        self._starting = asyncio.Lock()

    def guest(self) -> Service:
        """The free service of chatglm.cn, or one at the endpoint given."""
        return Service("ChatGLM", lambda: self._ready(self._endpoint))

    async def demo(self) -> Service:
        """A service inside this program; starts its server."""
        async with self._starting:
            if self._demo_server is None:
                module = await _import("chatglm_desktop.demo")
                server: DemoServer = module.DemoServer()
                await server.start()
                self._demo_server = server
            url = self._demo_server.url
        return Service("Demo", lambda: self._ready(url))

    async def warm_up(self) -> None:
        """Import what the first reply will need."""
        await _import("chatglm_desktop.providers")
        await _import("chatglm_desktop.markdown.libraries")

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
        if self._demo_server is not None:
            await self._demo_server.stop()

    async def _ready(self, endpoint: str) -> ReadyProvider:
        providers = await _import("chatglm_desktop.providers")
        http = await _import("aiohttp")
        # No await between the question and the answer: two replies may begin at once.
        if self._http is None:
            # A service is told the device id and nothing else: no cookies.
            self._http = http.ClientSession(cookie_jar=http.DummyCookieJar())
        extras: dict[str, object] = {"session": self._http, "device_id": self._device_id}
        if endpoint:
            extras["api_endpoint"] = endpoint
        return ReadyProvider(providers.ChatGLM, extras=extras)


async def _import(name: str) -> ModuleType:
    """Import a module without holding up the window."""
    return await asyncio.to_thread(importlib.import_module, name)
