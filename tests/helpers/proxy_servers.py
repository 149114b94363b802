# SPDX-License-Identifier: MIT
"""Real proxies on loopback, for HTTP and SOCKS, that tell what they were asked for."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
import struct
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from types import TracebackType

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a proxy was asked, for which host and port, and with which user and password."""

    how: str
    host: str
    port: int
    login: str = ""


class LoopbackProxy(AbstractAsyncContextManager["LoopbackProxy"]):
    """Knows the ports of ``destinations`` on this computer by their names.

    It asks for ``login`` ("user:password") if given, refuses all with ``refusal`` if given, says
    nothing if it is ``mute``, and ends each connection at once if it ``drops``.
    """

    def __init__(
        self,
        destinations: Mapping[str, int] = {},
        *,
        login: str = "",
        refusal: int = 0,
        mute: bool = False,
        drops: bool = False,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.destinations = dict(destinations)
        self.asked: list[Asked] = []
        self.port = 0
        self._login = login
        self._refusal = refusal
        self._mute = mute
        self._drops = drops
        self._context = context
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> LoopbackProxy:
        self._server = await asyncio.start_server(
            self._hear, "127.0.0.1", 0, ssl=self._context, family=socket.AF_INET
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._mute:
                await asyncio.Event().wait()
            if not self._drops:
                await self._speak(reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()
            with suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise NotImplementedError

    async def _reach(self, host: str) -> Streams:
        port = self.destinations[host]
        return await asyncio.open_connection("127.0.0.1", port)


async def _join(one: Streams, other: Streams) -> None:
    """Carry bytes both ways until one side ends."""
    ways = [
        asyncio.create_task(_carry(one[0], other[1])),
        asyncio.create_task(_carry(other[0], one[1])),
    ]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        other[1].close()
        with suppress(OSError):
            await other[1].wait_closed()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
        await target.drain()


class HttpProxy(LoopbackProxy):
    """Forwards requests for http, and tunnels by CONNECT for https."""

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *fields = head.rstrip("\r\n").split("\r\n")
        method, target, _ = line.split(" ")
        login = next((f for f in fields if f.lower().startswith("proxy-authorization:")), "")
        given = base64.b64decode(login.rpartition(" ")[2]).decode() if login else ""
        authority = target.partition("://")[2].partition("/")[0] or target
        host, _, port = authority.partition(":")
        self.asked.append(Asked(method, host, int(port or 80), given))
        status = self._refusal or (407 if given != self._login else 0)
        if status:
            writer.write(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode())
            return
        server = await self._reach(host)
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        else:
            path = target.partition("://")[2].partition("/")[2]
            kept = [f for f in fields if not f.lower().startswith("proxy-")]
            text = "\r\n".join([f"{method} /{path} HTTP/1.1", *kept])
            server[1].write(f"{text}\r\n\r\n".encode("latin-1"))
        await _join((reader, writer), server)


class SocksProxy(LoopbackProxy):
    """SOCKS 5, and SOCKS 4 with the names of 4a."""

    async def _speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version = (await reader.readexactly(1))[0]
        speak = self._speak_5 if version == 5 else self._speak_4
        host = await speak(reader, writer)
        if host:
            await _join((reader, writer), await self._reach(host))

    async def _speak_5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        """The host to go on with; "" for none."""
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 2 if self._login else 0
        if wanted not in methods:
            writer.write(b"\x05\xff")
            return ""
        writer.write(bytes([5, wanted]))
        given = ""
        if wanted:
            await reader.readexactly(1)
            user, password = await _short_text(reader), await _short_text(reader)
            given = f"{user}:{password}"
            writer.write(bytes([1, given != self._login]))
            if given != self._login:
                return ""
        kind = (await reader.readexactly(4))[3]
        if kind == 3:
            host = await _short_text(reader)
        else:
            family = socket.AF_INET if kind == 1 else socket.AF_INET6
            host = socket.inet_ntop(family, await reader.readexactly(4 if kind == 1 else 16))
        (port,) = struct.unpack("!H", await reader.readexactly(2))
        self.asked.append(Asked("name" if kind == 3 else "address", host, port, given))
        writer.write(bytes([5, self._refusal, 0, 1]) + bytes(6))
        return "" if self._refusal else host

    async def _speak_4(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        _, port, number = struct.unpack("!BHI", await reader.readexactly(7))
        user = (await reader.readuntil(b"\0"))[:-1].decode()
        host = socket.inet_ntoa(struct.pack("!I", number))
        by_name = number < 256
        if by_name:
            host = (await reader.readuntil(b"\0"))[:-1].decode()
        self.asked.append(Asked("name" if by_name else "address", host, port, user))
        writer.write(bytes([0, 91 if self._refusal else 90]) + bytes(6))
        return "" if self._refusal else host


async def _short_text(reader: asyncio.StreamReader) -> str:
    return (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii")
