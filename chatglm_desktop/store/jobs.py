# SPDX-License-Identifier: MIT
"""How the parts of the store have their jobs run; knows neither threads nor SQL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Do(Protocol):
    """Calls a function with the connection, in the order of all that is asked of the store."""

    async def __call__(
        self,
        job: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T: ...


class Read(Protocol):
    """Calls a slow function that only reads; it sees all that was asked for before."""

    async def __call__(self, job: Callable[[sqlite3.Connection], T], /) -> T: ...


class Newest(Generic[T]):
    """Lets only the newest of several calls end."""

    def __init__(self) -> None:
        self._running: asyncio.Future[T] | None = None

    async def run(self, work: Awaitable[T]) -> T:
        """The result of ``work``; what ran before is cancelled."""
        if self._running is not None:
            self._running.cancel()
        self._running = asyncio.ensure_future(work)
        return await self._running
