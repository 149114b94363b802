# SPDX-License-Identifier: MIT
"""SQL that copies conversations, whole or down to one message; one thread calls it."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from dataclasses import replace

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.store import branches, conversations
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.messages import arrived_parts, insert
from chatglm_desktop.store.rows import MESSAGE_COLUMNS, message_from_row

_ALL = f"SELECT {MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? ORDER BY number"
_PATH = (
    "WITH RECURSIVE path (id, parent_id, distance) AS ("
    " SELECT id, parent_id, 0 FROM message WHERE id = ?1 AND conversation_id = ?2 UNION ALL"
    " SELECT message.id, message.parent_id, distance + 1 FROM path"
    " JOIN message ON message.id = path.parent_id)"
    f" SELECT {', '.join(f'message.{column}' for column in MESSAGE_COLUMNS.split(', '))}"
    " FROM path JOIN message USING (id) ORDER BY distance DESC"
)
_LEAVES = (
    "SELECT version.id, leaf.id FROM last_leaf"
    " JOIN message AS version ON version.number = last_leaf.version"
    " JOIN message AS leaf ON leaf.number = last_leaf.leaf"
    " WHERE version.conversation_id = ? ORDER BY last_leaf.number"
)


def duplicate(
    connection: sqlite3.Connection, conversation_id: str, copy: ConversationSummary
) -> None:
    with transaction(connection):
        rows = connection.execute(_ALL, (conversation_id,)).fetchall()
        (leaf_id,) = connection.execute(
            "SELECT leaf_id FROM conversation WHERE id = ?", (conversation_id,)
        ).fetchone()
        leaves = connection.execute(_LEAVES, (conversation_id,)).fetchall()
        _create(connection, conversation_id, copy)
        ids = _insert(connection, copy.id, list(map(message_from_row, rows)))
        connection.executemany(
            "INSERT INTO last_leaf (version, leaf) SELECT version.number, leaf.number"
            " FROM message AS version, message AS leaf WHERE version.id = ? AND leaf.id = ?",
            [(ids[version], ids[leaf]) for version, leaf in leaves],
        )
        branches.activate(connection, copy.id, ids.get(leaf_id))


def branch_off(
    connection: sqlite3.Connection,
    conversation_id: str,
    message_id: str,
    copy: ConversationSummary,
) -> bool:
    with transaction(connection):
        rows = connection.execute(_PATH, (message_id, conversation_id)).fetchall()
        if not rows:
            return False
        _create(connection, conversation_id, copy)
        ids = _insert(connection, copy.id, list(map(message_from_row, rows)))
        branches.activate(connection, copy.id, ids[message_id])
    return True


def _create(connection: sqlite3.Connection, source: str, copy: ConversationSummary) -> None:
    """A conversation without messages that talks to what another one talks to."""
    conversations.create(connection, copy)
    connection.execute(
        "UPDATE conversation SET setup = (SELECT setup FROM conversation WHERE id = ?)"
        " WHERE id = ?",
        (source, copy.id),
    )


def _insert(
    connection: sqlite3.Connection, conversation_id: str, messages: Sequence[Message]
) -> dict[str | None, str]:
    """Add copies of messages under new ids; the new ones by the old ones.

    What still arrives ends in its copy with what the journal has of it.
    """
    # A message can have a higher number than those that follow it.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    ids: dict[str | None, str] = {message.id: uuid.uuid4().hex for message in messages}
    for message in messages:
        copy = replace(message, id=ids[message.id], parent_id=ids.get(message.parent_id))
        if message.state.running:
            parts = arrived_parts(connection, message)
            copy = replace(copy, parts=parts, state=MessageState.INTERRUPTED)
        insert(connection, conversation_id, copy)
    return ids
