# SPDX-License-Identifier: MIT
"""Has files read that are to go along, in threads, and gives up those taken out again."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.attachments import Refused

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.gui.attaching.intake import Intake
    from chatglm_desktop.gui.attaching.shelf import Shelf
    from chatglm_desktop.gui.attaching.sources import Source

AT_A_TIME = 2
"""Files that are read at the same time: a picture may take 200 MB while it is decoded."""


class AttachmentTasks:
    """:meth:`serve` has the files of a shelf read by ``intake``."""

    def __init__(self, tasks: Tasks, intake: Intake) -> None:
        self._tasks = tasks
        self._intake = intake
        self._turns = asyncio.Semaphore(AT_A_TIME)
        self._readings: dict[tuple[Shelf, int], Reading] = {}

    def serve(self, shelf: Shelf, page: QObject) -> None:
        """Read what is wanted, until ``page`` is gone."""
        shelf.wanted.connect(partial(self._start, shelf))
        shelf.unwanted.connect(partial(self._give_up, shelf))
        shelf.text_wanted.connect(partial(self._start_text, shelf))
        page.destroyed.connect(partial(self._give_up_all, shelf))

    def stop(self) -> None:
        """Give up everything that is on its way."""
        for reading in self._readings.values():
            reading.stop()

    def _start(self, shelf: Shelf, id: int, source: Source) -> None:
        loop = asyncio.get_running_loop()
        key = (shelf, id)

        def tell(share: float) -> None:
            loop.call_soon_threadsafe(self._progress, key, share)

        self._readings[key] = reading = Reading(tell)
        self._tasks.spawn(self._read(key, source, reading), name="attachment")

    def _start_text(self, shelf: Shelf, id: int) -> None:
        item = shelf.item(id)
        if item is not None and item.part is not None:
            key = (shelf, id)
            self._readings[key] = reading = Reading()
            self._tasks.spawn(self._read_text(key, item.part, reading), name="attachment text")

    def _give_up(self, shelf: Shelf, id: int) -> None:
        if reading := self._readings.pop((shelf, id), None):
            reading.stop()

    def _give_up_all(self, shelf: Shelf) -> None:
        for key in [key for key in self._readings if key[0] is shelf]:
            self._readings.pop(key).stop()

    def _progress(self, key: tuple[Shelf, int], share: float) -> None:
        shelf, id = key
        if key in self._readings:
            shelf.progress(id, share)

    async def _read(self, key: tuple[Shelf, int], source: Source, reading: Reading) -> None:
        shelf, id = key
        try:
            async with self._turns:
                reading.go_on()
                part, look = await asyncio.to_thread(self._intake.take, source, reading)
        except GivenUp:
            return
        except Refused as error:
            if self._readings.pop(key, None):
                shelf.refuse(id, error.refusal)
        else:
            if self._readings.pop(key, None):
                shelf.take(id, part, look)

    async def _read_text(
        self, key: tuple[Shelf, int], part: AttachmentPart, reading: Reading
    ) -> None:
        shelf, id = key
        try:
            text = await asyncio.to_thread(self._intake.text, part, reading)
        except GivenUp:
            return
        except Refused as error:
            if self._readings.pop(key, None):
                shelf.refuse(id, error.refusal)
        else:
            if self._readings.pop(key, None):
                shelf.text_given.emit(id, text)
