# SPDX-License-Identifier: MIT
"""Makes a whole of rows that were saved from a damaged database: SQL in one transaction."""

from __future__ import annotations

import json
import sqlite3

from chatglm_desktop.core.errors import DatabaseDamaged
from chatglm_desktop.store.rows import MESSAGE_COLUMNS, message_from_row

_STATEMENTS = (
    # Folders that lie nowhere lie at the top.
    "UPDATE folder SET parent_id = NULL WHERE parent_id NOT IN (SELECT id FROM folder)",
    "UPDATE conversation SET folder_id = NULL WHERE folder_id NOT IN (SELECT id FROM folder)",
    # Messages of a conversation that is lost get a new one.
    "INSERT INTO conversation (id, title, titled_by_user, created_at, updated_at)"
    " SELECT conversation_id, '', 0, min(created_at), max(created_at) FROM message"
    " WHERE conversation_id NOT IN (SELECT id FROM conversation) GROUP BY conversation_id",
    # One whose parent is lost follows the message before it.
    "UPDATE message SET parent_id = (SELECT id FROM message AS before"
    "  WHERE before.conversation_id = message.conversation_id AND before.number < message.number"
    "  ORDER BY before.number DESC LIMIT 1)"
    " WHERE parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM message AS parent"
    "  WHERE parent.id = message.parent_id"
    "  AND parent.conversation_id = message.conversation_id)",
    "UPDATE conversation SET leaf_id = (SELECT id FROM message"
    "  WHERE message.conversation_id = conversation.id ORDER BY number DESC LIMIT 1)"
    " WHERE NOT EXISTS (SELECT 1 FROM message WHERE message.id = conversation.leaf_id"
    "  AND message.conversation_id = conversation.id)"
    " AND (leaf_id IS NOT NULL OR title = '')",
    "DELETE FROM journal WHERE message_id NOT IN (SELECT id FROM message)",
    "DELETE FROM removed WHERE conversation_id NOT IN (SELECT id FROM conversation)",
    "DELETE FROM draft WHERE conversation_id NOT IN (SELECT id FROM conversation)",
    "DELETE FROM tab WHERE conversation_id NOT IN (SELECT id FROM conversation)",
)

_BRANCHES = """\
WITH RECURSIVE path (conversation_id, number, parent_id, distance) AS (
    SELECT conversation.id, message.number, message.parent_id, 0
    FROM conversation JOIN message ON message.id = conversation.leaf_id
    UNION ALL
    SELECT path.conversation_id, message.number, message.parent_id, path.distance + 1
    FROM path JOIN message ON message.id = path.parent_id
)
INSERT OR IGNORE INTO branch (conversation_id, position, number)
SELECT conversation_id, max(distance) OVER (PARTITION BY conversation_id) - distance, number
FROM path
"""

_FINDING = (
    "INSERT OR REPLACE INTO folded (number, text) SELECT number, fold_parts(parts) FROM message"
    " WHERE state NOT IN ('sending', 'streaming')",
    "INSERT OR REPLACE INTO prompt (number, text) SELECT number, prompt_text(parts) FROM message"
    " WHERE role = 'user'",
)


def mend(connection: sqlite3.Connection) -> None:
    """Let every row refer to one that is there, and every message be one that can be read."""
    _mend_messages(connection)
    for statement in _STATEMENTS:
        connection.execute(statement)
    _break_circles(connection, "folder")
    _break_circles(connection, "message")
    for statement in (_BRANCHES, *_FINDING):
        connection.execute(statement)


def _break_circles(connection: sqlite3.Connection, table: str) -> None:
    """Let no row be above itself."""
    parents = dict(connection.execute(f"SELECT id, parent_id FROM {table}"))
    sound: set[str | None] = {None}
    for start in parents:
        path: dict[str | None, None] = {}
        id: str | None = start
        while id not in sound and id not in path:
            path[id] = None
            id = parents.get(id or "")
        if id in path:
            connection.execute(f"UPDATE {table} SET parent_id = NULL WHERE id = ?", (id,))
            parents[id or ""] = None
        sound.update(path)


def _mend_messages(connection: sqlite3.Connection) -> None:
    """Of what cannot be read as a message, keep what is text in it."""
    rows = connection.execute(f"SELECT {MESSAGE_COLUMNS} FROM message")
    broken = []
    for row in rows:
        try:
            message_from_row(row)
        except DatabaseDamaged:
            broken.append((row[0], str(row[7])))
    for id, text in broken:
        parts = json.dumps([{"type": "text", "text": text}], ensure_ascii=False)
        connection.execute(
            "UPDATE message SET parts = ?, failure = NULL, metrics = NULL,"
            " role = CASE WHEN role IN ('user', 'assistant', 'system') THEN role"
            "  ELSE 'assistant' END, state = 'interrupted' WHERE id = ?",
            (parts, id),
        )
