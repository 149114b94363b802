# SPDX-License-Identifier: MIT
"""Lets so many requests with one key run at a time; the others wait in line. Knows no request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Lane:
    """At most ``most`` at a time, first come, first served."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._running = 0
        self._line: deque[tuple[asyncio.Future[None], Callable[[int], None]]] = deque()

    def widen(self, most: int) -> None:
        """Let ``most`` run from now on, also of those that wait."""
        self.most = most
        self._call_next()

    @asynccontextmanager
    async def place(self, tell: Callable[[int], None]) -> AsyncIterator[None]:
        """Wait for a place and keep it. ``tell`` hears how many are ahead, as that changes."""
        if self._line or self._running >= self.most:
            await self._wait(tell)
        else:
            self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._call_next()

    async def _wait(self, tell: Callable[[int], None]) -> None:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = (called, tell)
        self._line.append(waiter)
        tell(len(self._line) - 1 + self._running)
        try:
            await called
        except asyncio.CancelledError:
            if called.cancelled():
                if waiter in self._line:
                    self._line.remove(waiter)
                    self._tell_all()
            else:
                # Called and cancelled at the same time: the place goes to the next.
                self._running -= 1
                self._call_next()
            raise

    def _call_next(self) -> None:
        while self._line and self._running < self.most:
            called, _ = self._line.popleft()
            # Who has just given up is still in the line until it wakes.
            if not called.cancelled():
                self._running += 1
                called.set_result(None)
        self._tell_all()

    def _tell_all(self) -> None:
        for place, (_, tell) in enumerate(self._line):
            tell(place + self._running)


class Lanes:
    """A lane for each name, made when it is first asked for."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}

    def lane(self, name: str, most: int) -> Lane:
        """The lane of ``name``, in which ``most`` may run from now on."""
        lane = self._lanes.setdefault(name, Lane(most))
        if lane.most != most:
            lane.widen(most)
        return lane
