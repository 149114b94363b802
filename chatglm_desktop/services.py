# SPDX-License-Identifier: MIT
"""Makes the services that answer; the heavy imports happen in a thread, on first need."""

from __future__ import annotations

import asyncio
import importlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.core.pictures import MOST_BYTES, PictureError, attachment_digest

if TYPE_CHECKING:
    from types import ModuleType

    import aiohttp

    from chatglm_desktop.demo import DemoServer


_DIGEST = re.compile(r"[0-9a-f]{64}")


class Services:
    """Owns the one HTTP session and the demo server; :meth:`close` ends both.

    In the folder ``attachments`` each file is named by its SHA-256, in hexadecimal digits.
    """

    def __init__(self, device_id: str, endpoint: str, attachments: Path) -> None:
        self._device_id = device_id
        self._attachments = attachments
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

    async def picture(self, address: str) -> bytes:
        """The file at an address of the web or of an attachment. Raises PictureError."""
        if digest := attachment_digest(address):
            return await asyncio.to_thread(_read_attachment, self._attachments, digest)
        pictures = await _import("chatglm_desktop.providers.pictures")
        data: bytes = await pictures.fetch_picture(await self._session(), address)
        return data

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
        session = await self._session()
        extras: dict[str, object] = {"session": session, "device_id": self._device_id}
        if endpoint:
            extras["api_endpoint"] = endpoint
        return ReadyProvider(providers.ChatGLM, extras=extras)

    async def _session(self) -> aiohttp.ClientSession:
        http = await _import("aiohttp")
        # No await between the question and the answer: two replies may begin at once.
        if self._http is None:
            # A service is told the device id and nothing else: no cookies.
            self._http = http.ClientSession(cookie_jar=http.DummyCookieJar())
        return self._http


def _read_attachment(folder: Path, digest: str) -> bytes:
    if not _DIGEST.fullmatch(digest):
        raise PictureError("missing")
    file = folder / digest
    try:
        if file.stat().st_size > MOST_BYTES:
            raise PictureError("too large")
        return file.read_bytes()
    except OSError as error:
        raise PictureError("missing") from error


async def _import(name: str) -> ModuleType:
    """Import a module without holding up the window."""
    return await asyncio.to_thread(importlib.import_module, name)
