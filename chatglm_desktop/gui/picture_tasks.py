# SPDX-License-Identifier: MIT
"""Has pictures loaded that a page wants, and stops when it does not; knows no network."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize

from chatglm_desktop.core.pictures import PictureError, attachment_digest
from chatglm_desktop.gui.picture_decoding import decode
from chatglm_desktop.gui.pictures import Pictures

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks

LARGEST = QSize(1520, 840)
"""Pixels that a picture is scaled down to: those of the column at 200 %."""

THUMBNAIL = QSize(480, 480)
"""Pixels that a picture is scaled down to of which only a thumbnail is shown."""


class PictureTasks:
    """``fetch`` gives the file at an address, or raises PictureError."""

    def __init__(self, tasks: Tasks, fetch: Callable[[str], Awaitable[bytes]]) -> None:
        self._tasks = tasks
        self._fetch = fetch
        self._running: dict[tuple[Pictures, str], asyncio.Task[None]] = {}

    def serve(self, pictures: Pictures, page: QObject) -> None:
        """Load what is wanted, until ``page`` is gone."""
        pictures.wanted.connect(partial(self._start, pictures))
        pictures.unwanted.connect(partial(self._stop, pictures))
        page.destroyed.connect(pictures.cancel_all)

    def stop(self) -> None:
        """Give up everything that is on its way."""
        for task in self._running.values():
            task.cancel()

    def _start(self, pictures: Pictures, address: str) -> None:
        task = self._tasks.spawn(self._load(pictures, address), name="picture")
        key = (pictures, address)
        self._running[key] = task
        task.add_done_callback(partial(self._forget, key))

    def _stop(self, pictures: Pictures, address: str) -> None:
        if task := self._running.get((pictures, address)):
            task.cancel()

    def _forget(self, key: tuple[Pictures, str], task: asyncio.Task[None]) -> None:
        # A picture may be wanted again before the task that was stopped has ended.
        if self._running.get(key) is task:
            del self._running[key]

    async def _load(self, pictures: Pictures, address: str) -> None:
        most = THUMBNAIL if attachment_digest(address) else LARGEST
        try:
            data = await self._fetch(address)
            image = await asyncio.to_thread(decode, data, most)
        except PictureError as error:
            pictures.fail(address, error.problem)
        else:
            pictures.take(address, data, image)
