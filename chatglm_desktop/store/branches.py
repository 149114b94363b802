# SPDX-License-Identifier: MIT
"""SQL of the active branch: which messages are on it, at which positions; one thread calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message
from chatglm_desktop.store.rows import MESSAGE_COLUMNS, message_from_row

SLICE = (
    f"SELECT {MESSAGE_COLUMNS} FROM branch JOIN message USING (number)"
    " WHERE branch.conversation_id = ? AND position >= ? AND position < ? ORDER BY position"
)


def load_history(connection: sqlite3.Connection, id: str, newest: int) -> History:
    row = connection.execute("SELECT leaf_id FROM conversation WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    count = length(connection, id)
    first = max(count - newest, 0)
    return History(id, row[0], count, first, load_slice(connection, id, first, newest))


def length(connection: sqlite3.Connection, id: str) -> int:
    """How many messages the active branch has."""
    (last,) = connection.execute(
        "SELECT max(position) FROM branch WHERE conversation_id = ?", (id,)
    ).fetchone()
    return 0 if last is None else int(last) + 1


def load_slice(
    connection: sqlite3.Connection, id: str, first: int, count: int
) -> tuple[Message, ...]:
    # All rows first: a damaged one must not leave a query open, which would block others.
    rows = connection.execute(SLICE, (id, first, first + count)).fetchall()
    return tuple(map(message_from_row, rows))


def position_of(connection: sqlite3.Connection, id: str, message_id: str) -> int | None:
    row = connection.execute(
        "SELECT position FROM message JOIN branch USING (number)"
        " WHERE message.id = ? AND branch.conversation_id = ?",
        (message_id, id),
    ).fetchone()
    return None if row is None else int(row[0])


def activate(connection: sqlite3.Connection, conversation_id: str, leaf_id: str) -> None:
    """Make the path down to ``leaf_id`` the active branch; touches only where it differs."""
    path: list[int] = []
    position: int | None = None
    message_id: str | None = leaf_id
    while message_id is not None and position is None:
        number, message_id, position = connection.execute(
            "SELECT message.number, parent_id, position"
            " FROM message LEFT JOIN branch USING (number) WHERE id = ?",
            (message_id,),
        ).fetchone()
        path.append(number)
    if position is not None:
        path.pop()
    start = 0 if position is None else position + 1
    connection.execute(
        "DELETE FROM branch WHERE conversation_id = ? AND position >= ?", (conversation_id, start)
    )
    connection.executemany(
        "INSERT INTO branch (conversation_id, position, number) VALUES (?, ?, ?)",
        [(conversation_id, at, number) for at, number in enumerate(reversed(path), start)],
    )
    set_leaf(connection, conversation_id, leaf_id)


def set_leaf(connection: sqlite3.Connection, conversation_id: str, leaf_id: str | None) -> None:
    connection.execute(
        "UPDATE conversation SET leaf_id = ? WHERE id = ?", (leaf_id, conversation_id)
    )


def id_at(connection: sqlite3.Connection, conversation_id: str, position: int) -> str | None:
    """The message at ``position`` of the active branch."""
    row = connection.execute(
        "SELECT id FROM branch JOIN message USING (number)"
        " WHERE branch.conversation_id = ? AND position = ?",
        (conversation_id, position),
    ).fetchone()
    return None if row is None else str(row[0])


def move(connection: sqlite3.Connection, conversation_id: str, start: int, by: int) -> None:
    """Change the positions from ``start`` on by ``by``."""
    connection.execute(
        "UPDATE branch SET position = position + ? WHERE conversation_id = ? AND position >= ?",
        (by, conversation_id, start),
    )
