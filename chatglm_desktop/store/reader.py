# SPDX-License-Identifier: MIT
"""A second connection with a thread of its own, so that slow reads delay no write."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chatglm_desktop.store.reading import reading
from chatglm_desktop.store.worker import Worker

T = TypeVar("T")

STEPS = 10_000
"""Steps of SQLite's machine between two looks at whether anybody still waits."""


class Reader:
    """Reads what has been committed; it is opened with the first read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._worker: Worker | None = None
        self._connection: sqlite3.Connection | None = None

    async def run(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """The result of ``job``, which ends early if the caller is cancelled."""
        self._worker = self._worker or Worker()
        abandoned = threading.Event()
        results: list[T] = []

        def interruptible() -> None:
            connection = self._open()
            connection.set_progress_handler(abandoned.is_set, STEPS)
            try:
                results.append(job(connection))
            except sqlite3.OperationalError:
                if not abandoned.is_set():
                    raise

        try:
            await self._worker.run(interruptible)
        except asyncio.CancelledError:
            abandoned.set()
            raise
        return results[0]

    async def close(self) -> None:
        """Finish what was asked for, then close."""
        if self._worker is not None:
            try:
                await self._worker.run(self._close)
            finally:
                self._worker.close()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = reading(self._path)
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
