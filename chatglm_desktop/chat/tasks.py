# SPDX-License-Identifier: MIT
"""Owns asyncio tasks: keeps them alive, names them, ends them; knows nothing of their work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Tasks:
    """A set of running tasks. A task that raises is reported to ``on_error``, once."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._needless: set[asyncio.Task[Any]] = set()

    def spawn(
        self, work: Coroutine[Any, Any, Any], name: str, *, needed: bool = True
    ) -> asyncio.Task[Any]:
        """Run ``work`` in the running loop and keep it until it ends.

        It is not ``needed`` if it only finds out what nobody wants to know at the end.
        """
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        if not needed:
            self._needless.add(task)
        task.add_done_callback(self._ended)
        return task

    def give_up(self) -> None:
        """Cancel what is not needed: some services take minutes to answer."""
        for task in self._needless:
            task.cancel()

    async def finish(self) -> None:
        """Wait until every task has ended, those included that tasks start meanwhile."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        self._needless.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(error)
