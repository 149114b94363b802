# SPDX-License-Identifier: MIT
"""Search in all conversations, as coroutines; knows no SQL."""

from __future__ import annotations

import sqlite3
from functools import partial
from time import perf_counter

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.search import Hit, Indexing, SearchOrder, SearchQuery
from chatglm_desktop.store import search_index, search_pages
from chatglm_desktop.store.jobs import Do, Newest, Read

CHUNK = 0.01
"""Seconds that the index is worked on at once: as long may a write have to wait."""

_FIRST_CHUNK = 16
_LARGEST_CHUNK = 1_000


class SearchStore:
    """Reached as ``store.search``. All methods raise StoreErrors."""

    def __init__(self, do: Do, read: Read) -> None:
        self._do = do
        self._read = read
        self._finding: Newest[tuple[Hit, ...]] = Newest()
        self._switching: Newest[tuple[ConversationSummary, ...]] = Newest()
        self._chunk = _FIRST_CHUNK

    async def find(
        self,
        query: SearchQuery,
        order: SearchOrder = "newest",
        limit: int = 50,
        after: Hit | None = None,
    ) -> tuple[Hit, ...]:
        """The first ``limit`` hits, or those that follow ``after``.

        By relevance only the newest :data:`search_pages.BOUND` messages are compared. What lies
        in the trash is not found, nor replies that still run. A newer call cancels one that has
        not ended.
        """
        return await self._finding.run(
            self._read(
                partial(search_pages.find, query=query, order=order, limit=limit, after=after)
            )
        )

    async def switch(self, text: str, limit: int = 50) -> tuple[ConversationSummary, ...]:
        """The conversations whose title holds all words of ``text``, the best first.

        Those changed last if it is empty. A newer call cancels one that has not ended.
        """
        return await self._switching.run(
            self._read(partial(search_pages.switch, text=text, limit=limit))
        )

    async def index_some(self) -> Indexing:
        """Make some more messages findable that are not yet; returns what is then still to do."""
        began = perf_counter()
        indexing = await self._do(_index_some, self._chunk)
        took = perf_counter() - began
        factor = min(2.0, max(0.5, CHUNK / max(took, 1e-6)))
        self._chunk = min(_LARGEST_CHUNK, max(1, round(self._chunk * factor)))
        return indexing

    async def tidy(self) -> bool:
        """Make an index smaller that has grown in small pieces; whether there was one."""
        return await self._do(search_index.tidy)

    async def progress(self) -> Indexing:
        """What is still to do until everything is found."""
        return await self._read(search_index.progress)

    async def rebuild(self) -> None:
        """Let the index be made anew, by :meth:`index_some`."""
        await self._do(search_index.begin_anew)


def _index_some(connection: sqlite3.Connection, count: int) -> Indexing:
    search_index.index_some(connection, count)
    return search_index.progress(connection)
