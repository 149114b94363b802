# SPDX-License-Identifier: MIT
"""SQL of the versions of messages: what is hidden, and how it comes to light; one thread calls it.

Messages with the same parent are versions of each other, whoever wrote them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from chatglm_desktop.core.history import Aside, Versions
from chatglm_desktop.core.messages import Message
from chatglm_desktop.store import branches, deletion
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.messages import insert

_Sibling: TypeAlias = tuple[str | None, str, int | None]
"""Parent, id, and the position on the active branch."""

_SIBLINGS = (
    "SELECT parent_id, id, position FROM"
    " (SELECT parent_id AS fork FROM message WHERE conversation_id = ?1"
    " GROUP BY parent_id HAVING count(*) > 1)"
    " JOIN message ON message.conversation_id = ?1 AND message.parent_id IS fork"
    " LEFT JOIN branch USING (number) ORDER BY parent_id, number"
)
_BELOW = (
    "WITH RECURSIVE below (id) AS (VALUES (?1) UNION ALL"
    " SELECT message.id FROM below JOIN message ON message.parent_id = below.id)"
    " SELECT count(*) FROM below"
)


def aside(connection: sqlite3.Connection, conversation_id: str) -> Aside:
    """What is not to be seen of a conversation; takes longer the longer it is."""
    (total,) = connection.execute(
        "SELECT count(*) FROM message WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    removed = deletion.count(connection, conversation_id)
    hidden = total - branches.length(connection, conversation_id)
    if not hidden:
        return Aside(removed=removed)
    forks = list(_forks(connection, conversation_id))
    beyond = _children_of_leaf(connection, conversation_id)
    places = [*([id for id, at in fork if at is None] for fork in forks), beyond]
    if sum(map(bool, places)) == 1:
        # Mostly all that is hidden is hidden at one place: no need to count it there.
        counts = [hidden if place else 0 for place in places]
    else:
        counts = [sum(_below(connection, id) for id in place) for place in places]
    versions = {
        id: Versions(index, len(fork), count)
        for fork, count in zip(forks, counts, strict=False)
        for index, (id, at) in enumerate(fork)
        if at is not None
    }
    return Aside(versions, counts[-1], removed)


def _forks(
    connection: sqlite3.Connection, conversation_id: str
) -> Iterator[list[tuple[str, int | None]]]:
    """The versions at each place of the active branch where there are several."""
    siblings: Sequence[_Sibling] = connection.execute(_SIBLINGS, (conversation_id,)).fetchall()
    for _, group in groupby(siblings, key=itemgetter(0)):
        fork = [(id, position) for _, id, position in group]
        if any(position is not None for _, position in fork):
            yield fork


def _children_of_leaf(connection: sqlite3.Connection, conversation_id: str) -> list[str]:
    rows = connection.execute(
        "SELECT message.id FROM conversation JOIN message"
        " ON message.conversation_id = conversation.id AND message.parent_id IS leaf_id"
        " WHERE conversation.id = ?",
        (conversation_id,),
    )
    return [id for (id,) in rows.fetchall()]


def _below(connection: sqlite3.Connection, message_id: str) -> int:
    """How many messages there are from one on down."""
    (count,) = connection.execute(_BELOW, (message_id,)).fetchone()
    return int(count)


def show_version(
    connection: sqlite3.Connection, conversation_id: str, message_id: str, index: int
) -> None:
    """Make version ``index`` of a message active, down to where it was left."""
    with transaction(connection):
        row = connection.execute(
            "SELECT version.id FROM message JOIN message AS version"
            " ON version.conversation_id = message.conversation_id"
            " AND version.parent_id IS message.parent_id"
            " WHERE message.id = ? ORDER BY version.number LIMIT 1 OFFSET ?",
            (message_id, index),
        ).fetchone()
        if row is not None:
            _reveal(connection, conversation_id, row[0])


def reveal(connection: sqlite3.Connection, conversation_id: str, message_id: str) -> bool:
    """Make the branch active that holds a message; False if it is none of the conversation."""
    with transaction(connection):
        known = connection.execute(
            "SELECT 1 FROM message WHERE id = ? AND conversation_id = ?",
            (message_id, conversation_id),
        ).fetchone()
        if known:
            _reveal(connection, conversation_id, message_id)
        return known is not None


def end_at(connection: sqlite3.Connection, conversation_id: str, message_id: str) -> bool:
    """Let the active branch end with a message; False if it is none of the conversation."""
    with transaction(connection):
        known = connection.execute(
            "SELECT 1 FROM message WHERE id = ? AND conversation_id = ?",
            (message_id, conversation_id),
        ).fetchone()
        if known:
            branches.activate(connection, conversation_id, message_id)
        return known is not None


def _reveal(connection: sqlite3.Connection, conversation_id: str, message_id: str) -> None:
    if branches.position_of(connection, conversation_id, message_id) is None:
        leaf_id = branches.leaf_below(connection, conversation_id, message_id)
        branches.activate(connection, conversation_id, leaf_id)


def show_beyond(connection: sqlite3.Connection, conversation_id: str) -> None:
    """Go on with what was last active below the end of the branch."""
    with transaction(connection):
        (leaf_id,) = connection.execute(
            "SELECT leaf_id FROM conversation WHERE id = ?", (conversation_id,)
        ).fetchone()
        if _children_of_leaf(connection, conversation_id):
            leaf_id = branches.leaf_below(connection, conversation_id, leaf_id)
            branches.activate(connection, conversation_id, leaf_id)


def clear(connection: sqlite3.Connection, conversation_id: str) -> bool:
    """Empty the active branch; all messages stay. False if it is empty."""
    with transaction(connection):
        length = branches.length(connection, conversation_id)
        branches.activate(connection, conversation_id, None)
        return length > 0


def supersede(
    connection: sqlite3.Connection, conversation_id: str, message_id: str, message: Message
) -> None:
    """Add ``message`` as a version of another and let all that followed that one follow it."""
    with transaction(connection):
        insert(connection, conversation_id, message)
        _take_over(connection, conversation_id, message_id, message.id)


def withdraw(
    connection: sqlite3.Connection, conversation_id: str, message_id: str, new_id: str, at: float
) -> bool:
    """Take back that the message ``new_id`` has superseded another; it counts as deleted."""
    with transaction(connection):
        if _are_versions(connection, message_id, new_id):
            _take_over(connection, conversation_id, new_id, message_id)
        return deletion.take_out(connection, new_id, at)


def supersede_again(
    connection: sqlite3.Connection, conversation_id: str, message_id: str, new_id: str
) -> bool:
    """Undo :func:`withdraw`."""
    with transaction(connection):
        restored = deletion.put_back(connection, new_id)
        if restored and _are_versions(connection, message_id, new_id):
            _take_over(connection, conversation_id, message_id, new_id)
        return restored


def _are_versions(connection: sqlite3.Connection, first_id: str, second_id: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM message JOIN message AS other ON other.parent_id IS message.parent_id"
        " WHERE message.id = ? AND other.id = ?",
        (first_id, second_id),
    ).fetchone()
    return row is not None


def _take_over(
    connection: sqlite3.Connection, conversation_id: str, old_id: str, new_id: str
) -> None:
    """Let what follows one version follow another; that one also takes its place."""
    numbers = dict(
        connection.execute("SELECT id, number FROM message WHERE id IN (?, ?)", (old_id, new_id))
    )
    old, new = numbers[old_id], numbers[new_id]
    connection.execute("UPDATE message SET parent_id = ? WHERE parent_id = ?", (new_id, old_id))
    connection.execute("DELETE FROM last_leaf WHERE version = ?", (new,))
    connection.execute("UPDATE last_leaf SET version = ? WHERE version = ?", (new, old))
    connection.execute("UPDATE last_leaf SET leaf = ? WHERE leaf = ?", (new, old))
    connection.execute("UPDATE branch SET number = ? WHERE number = ?", (new, old))
    connection.execute(
        "UPDATE conversation SET leaf_id = ? WHERE id = ? AND leaf_id = ?",
        (new_id, conversation_id, old_id),
    )
    connection.execute(
        "UPDATE tab SET anchor_message_id = ? WHERE anchor_message_id = ?", (new_id, old_id)
    )
