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

_LAST_LEAF = (
    "SELECT leaf.id FROM message AS version"
    " JOIN last_leaf ON last_leaf.version = version.number AND last_leaf.leaf != version.number"
    " JOIN message AS leaf ON leaf.number = last_leaf.leaf WHERE version.id = ?"
)
_LAST_CHILD = (
    "SELECT id FROM message LEFT JOIN last_leaf ON last_leaf.version = message.number"
    " WHERE conversation_id = ? AND parent_id IS ?"
    " ORDER BY last_leaf.number DESC, message.number DESC LIMIT 1"
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


def activate(connection: sqlite3.Connection, conversation_id: str, leaf_id: str | None) -> None:
    """Make the path down to ``leaf_id`` the active branch; touches only where it differs.

    None empties it. What is left remembers where it ended.
    """
    path: list[int] = []
    position: int | None = None
    message_id = leaf_id
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
    _remember(connection, conversation_id, start)
    connection.execute(
        "DELETE FROM branch WHERE conversation_id = ? AND position >= ?", (conversation_id, start)
    )
    connection.executemany(
        "INSERT INTO branch (conversation_id, position, number) VALUES (?, ?, ?)",
        [(conversation_id, at, number) for at, number in enumerate(reversed(path), start)],
    )
    set_leaf(connection, conversation_id, leaf_id)


def _remember(connection: sqlite3.Connection, conversation_id: str, start: int) -> None:
    """Note where the branch ends that is left from ``start`` on."""
    connection.execute(
        "INSERT OR REPLACE INTO last_leaf (version, leaf)"
        " SELECT number, (SELECT number FROM branch WHERE conversation_id = ?1"
        " ORDER BY position DESC LIMIT 1)"
        " FROM branch WHERE conversation_id = ?1 AND position = ?2",
        (conversation_id, start),
    )


def leaf_below(
    connection: sqlite3.Connection, conversation_id: str, message_id: str | None
) -> str | None:
    """The end of the branch that was last active below a message, or else of the newest one.

    Below None are all messages; only where there are none, the result is None.
    """
    while True:
        row = connection.execute(_LAST_LEAF, (message_id,)).fetchone()
        row = row or connection.execute(_LAST_CHILD, (conversation_id, message_id)).fetchone()
        if row is None:
            return message_id
        (message_id,) = row


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


def put_in(
    connection: sqlite3.Connection, conversation_id: str, position: int, number: int
) -> None:
    """Insert a message at ``position`` of the active branch; what stands there moves on."""
    move(connection, conversation_id, position, by=1)
    connection.execute(
        "INSERT INTO branch (conversation_id, position, number) VALUES (?, ?, ?)",
        (conversation_id, position, number),
    )
