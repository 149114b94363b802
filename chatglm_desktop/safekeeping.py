# SPDX-License-Identifier: MIT
"""Keeps the saved conversations from harm: opens, checks, copies, puts back, moves; no window."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatglm_desktop.chat.backups import Backups
from chatglm_desktop.core.errors import DataFolderMissing, NotMoved, StoreError
from chatglm_desktop.settings.location import choose_folder
from chatglm_desktop.settings.moving import CannotMove, MoveRefusal, copy_data, refusal, take_away
from chatglm_desktop.store import Store
from chatglm_desktop.store.failures import translated
from chatglm_desktop.store.opening import RunningMark
from chatglm_desktop.store.snapshot_files import SnapshotFiles

if TYPE_CHECKING:
    from chatglm_desktop.settings.paths import Paths

log = logging.getLogger(__name__)


class Safekeeping:
    """What is done with the data as a whole.

    ``leave`` asks the program to end; what needs the data closed is done after that, by
    :meth:`finish`, and then the program starts again.
    """

    def __init__(self, paths: Paths, leave: Callable[[], object]) -> None:
        self._paths = paths
        self._leave = leave
        self._files = SnapshotFiles(paths.database)
        self._mark = RunningMark(paths.database)
        self.restarting = False
        """Whether the program is to start again when it has ended."""
        self._afterwards: Callable[[], object] | None = None
        self.backups = Backups(self._files, time.time)

    @property
    def folder(self) -> Path:
        """Where the data lies."""
        return self._paths.data

    @property
    def movable(self) -> bool:
        """Whether another folder can be chosen for it."""
        return self._paths.movable

    @property
    def portable(self) -> bool:
        """Whether it lies beside the program."""
        return self._paths.kind == "portable"

    @property
    def usual(self) -> Path | None:
        """Where the data lay before it was moved; None if it was not."""
        return self._paths.usual

    def refusal(self, folder: Path) -> MoveRefusal | None:
        """Why the data cannot be kept in ``folder``; None if it can."""
        return refusal(self._paths, folder)

    async def open(self) -> Store:
        """The store, checked if the last exit was not clean. Raises StoreErrors."""
        if self._paths.missing:
            raise DataFolderMissing(str(self._paths.data))
        store = await Store.open_rescued(self._paths.database, check=self._mark.left)
        self._mark.begin()
        try:
            await store.recover_interrupted()
        except StoreError:
            await store.close()
            raise
        return store

    async def finish(self) -> None:
        """Do what was put off until nobody has the data open. Raises StoreErrors."""
        self._mark.end()
        job, self._afterwards = self._afterwards, None
        if job is not None:
            await asyncio.to_thread(self._do, job)

    def restore(self, file: Path) -> None:
        """Let a copy take the place of what is saved now, and start again."""
        self._end_with(partial(self._files.put_back, file))

    def move(self, folder: Path) -> None:
        """Take the data to another folder, and start again."""
        self._end_with(partial(self._move, folder))

    def use(self, folder: Path) -> None:
        """Start again with the data in another folder; that of now stays where it is."""
        self._end_with(partial(self._choose, folder))

    def _end_with(self, job: Callable[[], object]) -> None:
        self._afterwards, self.restarting = job, True
        self._leave()

    def _move(self, folder: Path) -> None:
        try:
            items = copy_data(self._paths, folder)
            try:
                self._choose(folder)
            except OSError:
                take_away([folder / item.name for item in items])
                raise
        except CannotMove as error:
            log.info("somebody was quicker: %s", error)
            raise NotMoved from error
        except OSError as error:
            raise NotMoved(str(error)) from error
        take_away(items)

    def _choose(self, folder: Path) -> None:
        choose_folder(self._paths.config, None if folder == self._paths.usual else folder)

    def _do(self, job: Callable[[], object]) -> None:
        with translated():
            job()
