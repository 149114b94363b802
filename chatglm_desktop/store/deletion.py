# SPDX-License-Identifier: MIT
"""SQL that takes one message out of the tree and puts it back; one thread calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.history import Deleted
from chatglm_desktop.store import branches
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.messages import insert
from chatglm_desktop.store.rows import MESSAGE_COLUMNS, message_from_row


def delete(connection: sqlite3.Connection, message_id: str) -> Deleted | None:
    with transaction(connection):
        deleted = _describe(connection, message_id)
        if deleted is None:
            return None
        conversation_id, parent_id = deleted.conversation_id, deleted.message.parent_id
        connection.execute(
            "UPDATE message SET parent_id = ? WHERE parent_id = ?", (parent_id, message_id)
        )
        connection.execute("DELETE FROM message WHERE id = ?", (message_id,))
        if deleted.position is not None:
            branches.move(connection, conversation_id, deleted.position + 1, by=-1)
            next_id = branches.id_at(connection, conversation_id, deleted.position)
            if next_id is None:
                branches.set_leaf(connection, conversation_id, parent_id)
            connection.execute(
                "UPDATE tab SET anchor_message_id = ?, anchor_offset = 0.0, anchor_leaf = NULL,"
                " anchor_thinking = NULL WHERE anchor_message_id = ?",
                (next_id or parent_id, message_id),
            )
        return deleted


def restore(connection: sqlite3.Connection, deleted: Deleted) -> None:
    message, conversation_id = deleted.message, deleted.conversation_id
    with transaction(connection):
        number = insert(connection, conversation_id, message, _if_free(connection, deleted.number))
        child_ids = set(deleted.child_ids)
        position = _position_below(connection, conversation_id, message.parent_id)
        if position is not None:
            next_id = branches.id_at(connection, conversation_id, position)
            if deleted.position is not None or next_id in child_ids:
                branches.move(connection, conversation_id, position, by=1)
                connection.execute(
                    "INSERT INTO branch (conversation_id, position, number) VALUES (?, ?, ?)",
                    (conversation_id, position, number),
                )
                if next_id is None:
                    branches.set_leaf(connection, conversation_id, message.id)
                else:
                    child_ids.add(next_id)
        connection.executemany(
            "UPDATE message SET parent_id = ?1 WHERE id = ?2 AND parent_id IS ?3",
            [(message.id, child_id, message.parent_id) for child_id in child_ids],
        )


def _describe(connection: sqlite3.Connection, message_id: str) -> Deleted | None:
    row = connection.execute(
        f"SELECT message.conversation_id, message.number, position, {MESSAGE_COLUMNS}"
        " FROM message LEFT JOIN branch USING (number) WHERE id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        return None
    conversation_id, number, position, *values = row
    children = connection.execute("SELECT id FROM message WHERE parent_id = ?", (message_id,))
    return Deleted(
        conversation_id,
        message_from_row(tuple(values)),
        position,
        tuple(id for (id,) in children.fetchall()),
        number,
    )


def _if_free(connection: sqlite3.Connection, number: int) -> int | None:
    taken = connection.execute("SELECT 1 FROM message WHERE number = ?", (number,)).fetchone()
    return None if taken else number


def _position_below(
    connection: sqlite3.Connection, conversation_id: str, parent_id: str | None
) -> int | None:
    """Where a child of ``parent_id`` stands on the active branch, None if its parent does not."""
    if parent_id is None:
        return 0
    position = branches.position_of(connection, conversation_id, parent_id)
    return None if position is None else position + 1
