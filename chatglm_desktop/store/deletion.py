# SPDX-License-Identifier: MIT
"""SQL that takes one message out of the tree and puts it back; one thread calls it.

What was taken out stays in the table "removed".
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from chatglm_desktop.store import branches
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.messages import insert
from chatglm_desktop.store.rows import MESSAGE_COLUMNS, message_from_row

_REMOVE = (
    "INSERT INTO removed (conversation_id, removed_at, position, child_ids, sibling_ids,"
    f" message_number, {MESSAGE_COLUMNS})"
    " SELECT message.conversation_id, ?1, position,"
    " (SELECT json_group_array(child.id) FROM message AS child WHERE child.parent_id = ?2),"
    " (SELECT json_group_array(sibling.id) FROM message AS sibling"
    " WHERE sibling.conversation_id = message.conversation_id"
    " AND sibling.parent_id IS message.parent_id),"
    f" number, {MESSAGE_COLUMNS} FROM message LEFT JOIN branch USING (number) WHERE id = ?2"
)


def delete(connection: sqlite3.Connection, message_id: str, at: float) -> bool:
    """Take a message out; what followed it follows its parent. False if it is not there."""
    with transaction(connection):
        return take_out(connection, message_id, at)


def take_out(connection: sqlite3.Connection, message_id: str, at: float) -> bool:
    """As :func:`delete`, within a transaction."""
    if not connection.execute(_REMOVE, (at, message_id)).rowcount:
        return False
    conversation_id, position, parent_id = connection.execute(
        "SELECT conversation_id, position, parent_id FROM removed WHERE id = ?", (message_id,)
    ).fetchone()
    connection.execute(
        "UPDATE OR IGNORE last_leaf SET leaf = (SELECT number FROM message WHERE id = ?)"
        " WHERE leaf = (SELECT number FROM message WHERE id = ?) AND version != leaf",
        (parent_id, message_id),
    )
    connection.execute(
        "UPDATE message SET parent_id = ? WHERE parent_id = ?", (parent_id, message_id)
    )
    connection.execute("DELETE FROM message WHERE id = ?", (message_id,))
    if position is not None:
        branches.move(connection, conversation_id, position + 1, by=-1)
        next_id = branches.id_at(connection, conversation_id, position)
        if next_id is None:
            branches.set_leaf(connection, conversation_id, parent_id)
        connection.execute(
            "UPDATE tab SET anchor_message_id = ?, anchor_offset = 0.0, anchor_leaf = NULL,"
            " anchor_thinking = NULL WHERE anchor_message_id = ?",
            (next_id or parent_id, message_id),
        )
    return True


def restore(connection: sqlite3.Connection, message_id: str) -> bool:
    """Put a deleted message back to where it was; False if it is not among the deleted ones."""
    with transaction(connection):
        return put_back(connection, message_id)


def restore_all(connection: sqlite3.Connection, conversation_id: str) -> int:
    """Put all back, the latest deletion first; returns how many."""
    with transaction(connection):
        ids = connection.execute(
            "SELECT id FROM removed WHERE conversation_id = ? ORDER BY number DESC",
            (conversation_id,),
        ).fetchall()
        return sum(put_back(connection, id) for (id,) in ids)


def restore_latest(connection: sqlite3.Connection, conversation_id: str) -> bool:
    """Put back what was deleted last; False if there is nothing."""
    with transaction(connection):
        row = connection.execute(
            "SELECT id FROM removed WHERE conversation_id = ? ORDER BY number DESC LIMIT 1",
            (conversation_id,),
        ).fetchone()
        return row is not None and put_back(connection, row[0])


def count(connection: sqlite3.Connection, conversation_id: str) -> int:
    """How many can be put back."""
    (found,) = connection.execute(
        "SELECT count(*) FROM removed WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    return int(found)


def forget_removed(connection: sqlite3.Connection, older_than: float) -> int:
    """Delete for good what was deleted before ``older_than``; returns how many."""
    return connection.execute("DELETE FROM removed WHERE removed_at < ?", (older_than,)).rowcount


def put_back(connection: sqlite3.Connection, message_id: str) -> bool:
    """As :func:`restore`, within a transaction."""
    row = connection.execute(
        "SELECT conversation_id, position, child_ids, sibling_ids, message_number,"
        f" {MESSAGE_COLUMNS} FROM removed WHERE id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        return False
    conversation_id, was_at, child_ids, sibling_ids, number, *values = row
    message = message_from_row(tuple(values))
    message = replace(message, parent_id=_living(connection, message.parent_id))
    children = set(json.loads(child_ids))
    beside = _children(connection, conversation_id, message.parent_id)
    if was_at is not None:
        # What was asked since follows it, as it would if nothing had been deleted.
        children |= beside - set(json.loads(sibling_ids))
    connection.execute("DELETE FROM removed WHERE id = ?", (message_id,))
    number = insert(connection, conversation_id, message, _if_free(connection, number))
    connection.executemany(
        "UPDATE message SET parent_id = ? WHERE id = ?",
        [(message_id, child_id) for child_id in children & beside],
    )
    at = _position_below(connection, conversation_id, message.parent_id)
    next_id = None if at is None else branches.id_at(connection, conversation_id, at)
    if at is not None and next_id in children:
        branches.put_in(connection, conversation_id, at, number)
    elif at is not None and was_at is not None:
        # At the end of the branch it is the end again: what other versions hide stays hidden.
        end = message_id
        if next_id is not None:
            end = branches.leaf_below(connection, conversation_id, message_id) or end
        branches.activate(connection, conversation_id, end)
    return True


def _children(
    connection: sqlite3.Connection, conversation_id: str, parent_id: str | None
) -> set[str]:
    rows = connection.execute(
        "SELECT id FROM message WHERE conversation_id = ? AND parent_id IS ?",
        (conversation_id, parent_id),
    )
    return {id for (id,) in rows.fetchall()}


def _living(connection: sqlite3.Connection, parent_id: str | None) -> str | None:
    """The nearest message above that is still there."""
    while parent_id is not None:
        if connection.execute("SELECT 1 FROM message WHERE id = ?", (parent_id,)).fetchone():
            return parent_id
        row = connection.execute(
            "SELECT parent_id FROM removed WHERE id = ?", (parent_id,)
        ).fetchone()
        parent_id = None if row is None else row[0]
    return None


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
