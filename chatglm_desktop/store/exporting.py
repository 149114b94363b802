# SPDX-License-Identifier: MIT
"""Reads whole conversations slice by slice; one thread calls the SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.messages import Message
from chatglm_desktop.store import branches, messages
from chatglm_desktop.store.jobs import Read
from chatglm_desktop.store.rows import (
    FOLDER_COLUMNS,
    MESSAGE_COLUMNS,
    SUMMARY_COLUMNS,
    folder_from_row,
    message_from_row,
    setup_from_json,
    summary_from_row,
)

_LISTED = "trashed_at IS NULL ORDER BY updated_at DESC, rowid DESC"
_TREE = (
    f"SELECT number, {MESSAGE_COLUMNS} FROM message"
    " WHERE conversation_id = ? AND number > ? ORDER BY number LIMIT ?"
)


class SavedConversations:
    """All methods raise StoreErrors. Messages that still arrive are told as far as they have."""

    def __init__(self, read: Read) -> None:
        self._read = read

    async def folders(self) -> dict[str, Folder]:
        """Those that are not in the trash, by id."""
        return await self._read(_folders)

    async def ids(self, folder_ids: Iterable[str] | None = None) -> tuple[str, ...]:
        """The conversations in these folders, or all; the newest first, none from the trash."""
        wanted = None if folder_ids is None else frozenset(folder_ids)
        return await self._read(partial(_ids, folder_ids=wanted))

    async def conversation(self, id: str) -> SavedConversation | None:
        """None if there is no such conversation."""
        return await self._read(partial(_conversation, id=id))

    async def branch(self, id: str, first: int, count: int) -> tuple[Message, ...]:
        """At most ``count`` messages of the active branch, from the position ``first`` on."""
        return await self._read(partial(_branch, id=id, first=first, count=count))

    async def tree(self, id: str, after: int, count: int) -> tuple[tuple[Message, ...], int]:
        """At most ``count`` messages whose number is above ``after``, and the last number.

        Begin with 0. A parent may come after its children.
        """
        return await self._read(partial(_tree, id=id, after=after, count=count))


def _folders(connection: sqlite3.Connection) -> dict[str, Folder]:
    rows = connection.execute(f"SELECT {FOLDER_COLUMNS} FROM folder WHERE trashed_at IS NULL")
    return {folder.id: folder for folder in map(folder_from_row, rows)}


def _ids(connection: sqlite3.Connection, folder_ids: frozenset[str] | None) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT id, folder_id FROM conversation WHERE {_LISTED}")
    return tuple(id for id, folder in rows if folder_ids is None or folder in folder_ids)


def _conversation(connection: sqlite3.Connection, id: str) -> SavedConversation | None:
    row = connection.execute(
        f"SELECT leaf_id, setup, {SUMMARY_COLUMNS} FROM conversation WHERE id = ?", (id,)
    ).fetchone()
    if row is None:
        return None
    leaf_id, setup, *summary = row
    (count,) = connection.execute(
        "SELECT count(*) FROM message WHERE conversation_id = ?", (id,)
    ).fetchone()
    return SavedConversation(
        summary_from_row(tuple(summary)),
        setup_from_json(setup),
        leaf_id,
        branches.length(connection, id),
        count,
    )


def _branch(connection: sqlite3.Connection, id: str, first: int, count: int) -> tuple[Message, ...]:
    found = branches.load_slice(connection, id, first, count)
    return tuple(_so_far(connection, message) for message in found)


def _tree(
    connection: sqlite3.Connection, id: str, after: int, count: int
) -> tuple[tuple[Message, ...], int]:
    rows = connection.execute(_TREE, (id, after, count)).fetchall()
    found = tuple(_so_far(connection, message_from_row(row[1:])) for row in rows)
    return found, rows[-1][0] if rows else after


def _so_far(connection: sqlite3.Connection, message: Message) -> Message:
    """``message`` with what the journal has of it, if it still arrives."""
    if not message.state.running:
        return message
    return replace(message, parts=messages.arrived_parts(connection, message))
