# SPDX-License-Identifier: MIT
"""Which conversation stands in which list, for very many of them; only reads.

An outline holds row numbers alone, which the indexes have without a look at the rows. SQLite
joins them into one text, so that no Python runs for each of them, and a list that is as it was
is not taken apart again.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.listing import (
    ARCHIVE,
    PINNED,
    RECENT,
    TRASH,
    ListKey,
    Numbers,
    Outline,
    Place,
)
from chatglm_desktop.store.jobs import Read
from chatglm_desktop.store.reading import one_moment
from chatglm_desktop.store.rows import SUMMARY_COLUMNS, summary_from_row

_LISTED = "trashed_at IS NULL AND archived_at IS NULL AND NOT pinned"
_BY_UPDATE = "ORDER BY updated_at DESC, rowid DESC"
_LISTS: Mapping[ListKey, str] = {
    PINNED: f"trashed_at IS NULL AND archived_at IS NULL AND pinned {_BY_UPDATE}",
    RECENT: f"folder_id IS NULL AND {_LISTED} {_BY_UPDATE}",
    ARCHIVE: "trashed_at IS NULL AND archived_at IS NOT NULL ORDER BY archived_at DESC, rowid DESC",
    TRASH: "trashed_at IS NOT NULL ORDER BY trashed_at DESC, rowid DESC",
}
_NUMBERS = "SELECT group_concat(rowid) FROM (SELECT rowid FROM conversation WHERE {})"
_IN_FOLDERS = "SELECT id, ({}) FROM folder".format(
    _NUMBERS.format(f"folder_id = folder.id AND {_LISTED} {_BY_UPDATE}")
)
_YOUNGER = (
    f"SELECT count(*) FROM conversation WHERE folder_id IS NULL AND {_LISTED} AND updated_at >= ?"
)
_PLACES = (
    "SELECT id, rowid, trashed_at IS NOT NULL, archived_at IS NOT NULL, pinned, folder_id"
    " FROM conversation WHERE id IN (SELECT value FROM json_each(?))"
)
_ROWS = (
    f"SELECT rowid, {SUMMARY_COLUMNS} FROM conversation"
    " WHERE rowid IN (SELECT value FROM json_each(?))"
)
_IDS = (
    "SELECT conversation.id FROM json_each(?) AS wanted"
    " JOIN conversation ON conversation.rowid = wanted.value ORDER BY wanted.key"
)

_STRETCH = 4_096
"""Numbers that are made at once: between stretches a busy window gets its turn."""


class ListingStore:
    """The lists, read with ``read``. All methods raise StoreErrors."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[ListKey, tuple[str, Numbers]] = {}

    async def outline(self, bounds: Sequence[float], ids: Iterable[str] = ()) -> Outline:
        """All lists; ``bounds`` are those of the ages, ``ids`` whose places are told too."""
        return await self._read(partial(self._outline, bounds=tuple(bounds), ids=tuple(ids)))

    async def rows(self, numbers: Iterable[int]) -> dict[int, ConversationSummary]:
        """The conversations with these numbers; one that is gone is left out."""
        return await self._read(partial(_rows, numbers=tuple(numbers)))

    async def ids(self, numbers: Iterable[int]) -> list[str]:
        """The ids of the conversations with these numbers, in the same order."""
        return await self._read(partial(_ids, numbers=tuple(numbers)))

    def _outline(
        self, connection: sqlite3.Connection, bounds: tuple[float, ...], ids: tuple[str, ...]
    ) -> Outline:
        with one_moment(connection):
            texts: dict[ListKey, str | None] = {
                key: connection.execute(_NUMBERS.format(where)).fetchone()[0]
                for key, where in _LISTS.items()
            }
            texts |= connection.execute(_IN_FOLDERS).fetchall()
            ages = tuple(connection.execute(_YOUNGER, (b,)).fetchone()[0] for b in bounds)
            places = connection.execute(_PLACES, (json.dumps(ids),)).fetchall()
        self._known = {key: self._parsed(key, text) for key, text in texts.items() if text}
        lists = {key: numbers for key, (_, numbers) in self._known.items()}
        return Outline(lists, ages, {id: _place(*row) for id, *row in places})

    def _parsed(self, key: ListKey, text: str) -> tuple[str, Numbers]:
        known = self._known.get(key)
        if known is not None and known[0] == text:
            return known
        words = text.split(",")
        numbers = array("q")
        for start in range(0, len(words), _STRETCH):
            numbers.extend(map(int, words[start : start + _STRETCH]))
        return text, numbers


def _place(
    number: int, trashed: bool, archived: bool, pinned: bool, folder_id: str | None
) -> Place:
    if trashed:
        return Place(TRASH, number)
    if archived:
        return Place(ARCHIVE, number)
    return Place(PINNED if pinned else folder_id or RECENT, number)


def _rows(
    connection: sqlite3.Connection, numbers: tuple[int, ...]
) -> dict[int, ConversationSummary]:
    found = connection.execute(_ROWS, (json.dumps(numbers),))
    return {number: summary_from_row(tuple(row)) for number, *row in found}


def _ids(connection: sqlite3.Connection, numbers: tuple[int, ...]) -> list[str]:
    return [id for (id,) in connection.execute(_IDS, (json.dumps(numbers),))]
