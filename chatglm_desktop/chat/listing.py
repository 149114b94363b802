# SPDX-License-Identifier: MIT
"""Keeps the outline of all conversations true, and reads the rows that are looked at."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.listing import Outline, age_bounds

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.store.listing import ListingStore

log = logging.getLogger(__name__)


class Listing:
    """What the sidebar lists: an outline of numbers, and the rows for some of them.

    Emits ``read`` with rows by number, ``changed`` with a new outline after the rows of what has
    changed, ``failed`` when the store cannot be read. However often it is asked, one look at the
    store runs and at most one more waits. ``now`` gives seconds since the epoch.
    """

    def __init__(
        self, store: ListingStore, tasks: Tasks, now: Callable[[], float] = time.time
    ) -> None:
        self.changed: Signal[Outline] = Signal()
        self.read: Signal[Mapping[int, ConversationSummary]] = Signal()
        self.failed: Signal[StoreError] = Signal()
        self.outline = Outline()
        self._store = store
        self._tasks = tasks
        self._now = now
        self._watched: frozenset[str] = frozenset()
        self._fresh: set[str] = set()
        self._wanted: tuple[int, ...] = ()
        self._looking = self._look_again = self._reading = False

    def refresh(self, changed: Iterable[str] = ()) -> None:
        """Look at the store again; the rows of ``changed`` conversations are read with it."""
        self._fresh.update(changed)
        self._look_again = True
        if not self._looking:
            self._looking = True
            self._tasks.spawn(self._look(), name="list conversations")

    def watch(self, ids: Iterable[str]) -> None:
        """From now on the outline tells where these conversations are."""
        before, self._watched = self._watched, frozenset(ids)
        if self._watched - before:
            self.refresh()

    def fetch(self, numbers: Iterable[int]) -> None:
        """Read these rows; what was wanted before and is not yet being read is forgotten."""
        self._wanted = tuple(numbers)
        if self._wanted and not self._reading:
            self._reading = True
            self._tasks.spawn(self._read_rows(), name="read listed rows")

    async def ids(self, numbers: Iterable[int]) -> list[str]:
        """The ids of what has these numbers, in their order. Raises StoreErrors."""
        return await self._store.ids(numbers)

    async def _look(self) -> None:
        try:
            while self._look_again:
                # What told of a change may still be about to save it.
                await asyncio.sleep(0)
                self._look_again = False
                fresh, self._fresh = self._fresh, set()
                bounds = age_bounds(self._now())
                outline = await self._store.outline(bounds, self._watched | fresh)
                places = [outline.places[id].number for id in fresh if id in outline.places]
                if rows := await self._store.rows(places) if places else {}:
                    self.read.emit(rows)
                self.outline = outline
                self.changed.emit(outline)
        except StoreError as error:
            self._tell(error)
        finally:
            self._looking = False

    async def _read_rows(self) -> None:
        try:
            while self._wanted:
                wanted, self._wanted = self._wanted, ()
                self.read.emit(await self._store.rows(wanted))
        except StoreError as error:
            self._tell(error)
        finally:
            self._reading = False

    def _tell(self, error: StoreError) -> None:
        log.info("the list of conversations cannot be read: %s", error)
        self.failed.emit(error)
