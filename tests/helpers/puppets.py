# SPDX-License-Identifier: MIT
"""Child processes that do what a test says, word for word; knows no engine."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

_PROGRAM = """
import json, os, socket, sys, threading
order = json.loads(sys.stdin.buffer.readline())
def watch():
    sys.stdin.buffer.read()
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
strings = socket.create_connection(("127.0.0.1", int(sys.argv[1]))).makefile("rw")
print(json.dumps({"pid": os.getpid(), "order": order}), file=strings, flush=True)
for line in strings:
    match json.loads(line):
        case ["out", text]:
            print(text, flush=True)
        case ["err", text]:
            print(text, file=sys.stderr, flush=True)
        case ["exit", code]:
            os._exit(code)
"""


class Puppet:
    """One process, and the strings by which it hangs."""

    def __init__(
        self, hello: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.pid: int = hello["pid"]
        self.order: dict[str, Any] = hello["order"]
        self._reader = reader
        self._writer = writer

    def report(self, **report: object) -> None:
        """Have it tell its parent something."""
        self._pull("out", json.dumps(report))

    def print(self, text: str) -> None:
        self._pull("out", text)

    def complain(self, text: str) -> None:
        self._pull("err", text)

    def exit(self, code: int) -> None:
        self._pull("exit", code)

    async def gone(self) -> None:
        """Until the process has ended."""
        async with asyncio.timeout(20):
            with suppress(ConnectionResetError):  # so does Windows say it
                await self._reader.read()

    def _pull(self, *string: object) -> None:
        self._writer.write(json.dumps(string).encode() + b"\n")


class Puppets:
    """Hands out each process that is started by :attr:`command`."""

    def __init__(self) -> None:
        self.started: asyncio.Queue[Puppet] = asyncio.Queue()
        self.port = 0

    def command(self) -> list[str]:
        return [sys.executable, "-S", "-E", "-c", _PROGRAM, str(self.port)]

    async def next(self) -> Puppet:
        """The next process, as soon as it has its order."""
        return await asyncio.wait_for(self.started.get(), 20)

    async def ready(self) -> Puppet:
        """The next process, which tells at once that it serves."""
        puppet = await self.next()
        puppet.report(ready=1)
        return puppet


@asynccontextmanager
async def puppets() -> AsyncIterator[Puppets]:
    theatre = Puppets()
    writers: list[asyncio.StreamWriter] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        hello = json.loads(await reader.readline())
        theatre.started.put_nowait(Puppet(hello, reader, writer))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    theatre.port = server.sockets[0].getsockname()[1]
    try:
        yield theatre
    finally:
        server.close()
        for writer in writers:
            writer.close()
        await server.wait_closed()
