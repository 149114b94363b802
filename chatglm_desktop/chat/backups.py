# SPDX-License-Identifier: MIT
"""Takes a copy of the saved conversations every day, and when it is wanted; knows no SQL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.events import Signal

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.backups import Snapshot, SnapshotContents, SnapshotReason

log = logging.getLogger(__name__)

DAY = 24 * 3600.0


class Copies(Protocol):
    """The copies as files; called in threads. All of it raises StoreErrors."""

    def list(self) -> tuple[Snapshot, ...]: ...

    def take(self, reason: SnapshotReason) -> Snapshot: ...

    def save_copy(self, file: Path) -> None: ...

    def look_into(self, file: Path) -> SnapshotContents: ...


class Backups:
    """``now`` gives seconds since the epoch.

    Emits ``changed`` when there is another copy, ``failed`` when the daily one could not be made.
    """

    def __init__(self, copies: Copies, now: Callable[[], float]) -> None:
        self.changed: Signal[None] = Signal()
        self.failed: Signal[StoreError] = Signal()
        self._copies = copies
        self._now = now
        # One after the other: each lets older ones go.
        self._taking = asyncio.Lock()
        self._next: asyncio.TimerHandle | None = None

    async def list(self) -> tuple[Snapshot, ...]:
        """All copies, the newest first. Raises StoreErrors."""
        return await asyncio.to_thread(self._copies.list)

    async def take(self, reason: SnapshotReason = "manual") -> Snapshot:
        """Make a copy of what is saved now. Raises StoreErrors."""
        async with self._taking:
            taken = await asyncio.to_thread(self._copies.take, reason)
        log.info("took a copy: %s", taken.file.name)
        self.changed.emit(None)
        return taken

    async def save_copy(self, file: Path) -> None:
        """Write a copy to a file of the user's choice. Raises StoreErrors."""
        await asyncio.to_thread(self._copies.save_copy, file)

    async def look_into(self, file: Path) -> SnapshotContents:
        """What is in a copy. Raises StoreErrors: DatabaseTooNew, CopyUnreadable …"""
        return await asyncio.to_thread(self._copies.look_into, file)

    def keep(self, tasks: Tasks) -> None:
        """Make a copy now if the last daily one is older than a day, and so on until :meth:`stop`.

        What fails is tried again after a day.
        """
        tasks.spawn(self._keep(tasks), name="daily copy", needed=False)

    def stop(self) -> None:
        """Make no more daily copies."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    async def _keep(self, tasks: Tasks) -> None:
        try:
            pause = await self._left()
            if pause <= 0:
                await self.take("daily")
                pause = DAY
        except StoreError as error:
            log.info("no daily copy: %s", error)
            self.failed.emit(error)
            pause = DAY
        # No task that sleeps: whoever waits for all tasks would wait for it.
        self._next = asyncio.get_running_loop().call_later(pause, self.keep, tasks)

    async def _left(self) -> float:
        """Seconds until the next daily copy is due; one of the future does not count."""
        now = self._now()
        taken = (s.taken_at for s in await self.list() if s.reason == "daily")
        newest = max((at for at in taken if at <= now), default=0.0)
        return newest + DAY - now
