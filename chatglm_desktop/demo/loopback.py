# SPDX-License-Identifier: MIT
"""Listens on this computer and keeps track of the answers that run; knows no protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from aiohttp import web

HOST = "127.0.0.1"

_LARGEST_REQUEST = 64 * 1024 * 1024

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Loopback:
    """Owns the socket; ``handler`` answers every request, whatever its path and method."""

    def __init__(self, handler: Handler, port: int = 0) -> None:
        self._handler = handler
        self._port = port
        self._answers: set[asyncio.Task[Any]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port. Raises RuntimeError while nothing listens."""
        if self._runner is None:
            raise RuntimeError("the demo server is not running")
        return f"http://{HOST}:{self._runner.addresses[0][1]}"

    async def start(self) -> None:
        """Begin to listen. Raises OSError if the port is taken."""
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_route("*", "/{path:.*}", self._handler)
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self._port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner

    async def stop(self) -> None:
        """Drop running answers and close the socket; may be called twice."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        answers = tuple(self._answers)
        for answer in answers:
            answer.cancel()
        await asyncio.gather(*answers, return_exceptions=True)
        await runner.cleanup()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """The current task writes an answer; a client that leaves ends it without a word."""
        task = asyncio.current_task()
        assert task is not None
        self._answers.add(task)
        try:
            yield
        except ConnectionError:
            # There is nobody to tell.
            pass
        finally:
            self._answers.discard(task)
