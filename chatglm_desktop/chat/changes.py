# SPDX-License-Identifier: MIT
"""Saves changes one after the other, in the order in which they were made; knows no store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Changes:
    """A queue of work; ``spawn`` runs it as an owned task."""

    def __init__(self, spawn: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]) -> None:
        self._spawn = spawn
        self._last: asyncio.Task[None] | None = None

    def add(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work`` after all that was added before."""
        self._last = self._spawn(self._after(self._last, work))

    async def done(self) -> None:
        """Wait until all that was added is done."""
        while self._last is not None and not self._last.done():
            await asyncio.wait([self._last])

    async def _after(
        self, previous: asyncio.Task[None] | None, work: Coroutine[Any, Any, None]
    ) -> None:
        if previous is not None:
            await asyncio.wait([previous])
        await work
