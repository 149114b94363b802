# SPDX-License-Identifier: MIT
"""Searches all conversations for what was typed, and keeps everything findable; knows no SQL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.search import Hit, Indexing, SearchOrder
from chatglm_desktop.core.search_query import parse_query

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)

PAUSE = 0.02
"""Seconds between two pieces of work on the index, so that others get the disk too."""


class Searching:
    """``now`` is the user's time, from which "7d" and the like are reckoned.

    Of several calls of a method only the newest ends; the others are cancelled.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = datetime.now) -> None:
        self._store = store
        self._now = now
        self._indexing = Indexing(0, 0)

    @property
    def indexing(self) -> Indexing:
        """How far older messages have been made findable."""
        return self._indexing

    async def find(
        self, text: str, order: SearchOrder, limit: int = 50, after: Hit | None = None
    ) -> tuple[Hit, ...]:
        """At most ``limit`` hits for what was typed, those that follow ``after``.

        Raises StoreErrors.
        """
        query = parse_query(text, self._now())
        return await self._store.search.find(query, order, limit, after)

    async def switch(self, text: str, limit: int) -> tuple[ConversationSummary, ...]:
        """Conversations by title; those of late where nothing was typed. Raises StoreErrors."""
        return await self._store.search.switch(text, limit)

    async def complete(self) -> None:
        """Make findable what is not yet, in pieces; what an error leaves is done next time."""
        try:
            self._indexing = await self._store.search.progress()
            while self._indexing:
                self._indexing = await self._store.search.index_some()
                await asyncio.sleep(PAUSE)
            await self._store.search.tidy()
        except StoreError as error:
            log.info("not everything can be found yet: %s", error)

    async def rebuild(self) -> None:
        """Make everything findable anew. Raises StoreErrors."""
        await self._store.search.rebuild()
        await self.complete()
