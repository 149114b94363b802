# SPDX-License-Identifier: MIT
"""Notices that a stream has fallen silent; knows no transport."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType


class Watchdog:
    """Calls ``bark`` once when nothing was heard for ``first`` and later ``silence`` seconds.

    ``barked`` and ``heard`` say whether that has happened, and whether anything was heard.

    One timer at a time, armed anew only when it fires, and once where silence is the shorter
    time: a cancelled timer stays alive in a Qt event loop until its time comes, so re-arming
    per packet would pile up hundreds.
    """

    def __init__(self, first: float, silence: float, bark: Callable[[], None]) -> None:
        self._silence = silence
        self._bark = bark
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + first
        self._waiting = True
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._fires_at = self._deadline
        self.barked = False
        self.heard = False

    def __enter__(self) -> Watchdog:
        self._arm(self._deadline - self._loop.time())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Something was heard: silence counts from the end of the block, not within it."""
        self.heard = True
        self._waiting = False
        yield
        self._waiting = True
        self._deadline = self._loop.time() + self._silence
        if self._timer is not None and self._deadline < self._fires_at:
            self._timer.cancel()
            self._arm(self._silence)

    def _arm(self, delay: float) -> None:
        self._fires_at = self._loop.time() + delay
        self._timer = self._loop.call_later(delay, self._check)

    def _check(self) -> None:
        left = self._deadline - self._loop.time() if self._waiting else self._silence
        if left > 0:
            self._arm(left)
            return
        self._timer = None
        self.barked = True
        self._bark()
