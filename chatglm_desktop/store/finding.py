# SPDX-License-Identifier: MIT
"""SQL that looks through a whole conversation, which can be slow; a reading connection calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.history import Found, Prompt
from chatglm_desktop.store import branches

PROMPT_LENGTH = 200
"""Characters of a question that its outline shows."""

STRETCH = 256
"""Messages whose texts are looked through at once.

As one text for each stretch: to make an object of every text takes longer than to search them,
and each row that SQLite hands over is a moment in which a busy window can hold up the thread.
"""

_END = b"\xff"
"""What ends a text within a stretch: a byte that UTF-8 has not."""

_TEXTS = (
    "SELECT group_concat(id, ' '), CAST(group_concat(text, ?1) AS BLOB) FROM"
    " (SELECT coalesce(id, '') AS id, coalesce(text, '') AS text"
    " FROM branch LEFT JOIN folded USING (number)"
    " WHERE conversation_id = ?2 AND position >= ?3 AND position < ?4 ORDER BY position)"
)
_PROMPTS = (
    "SELECT position, id, substr(coalesce(parts ->> '$[0].text',"
    " (SELECT value ->> 'text' FROM json_each(parts) WHERE value ->> 'type' = 'text'), ''), 1, ?)"
    " FROM branch CROSS JOIN message USING (number)"
    " WHERE branch.conversation_id = ? AND role = 'user' ORDER BY position"
)


def find(
    connection: sqlite3.Connection, conversation_id: str, folded_query: str, limit: int
) -> list[Found]:
    query = folded_query.encode(errors="replace")
    if not query:
        return []
    found: list[Found] = []
    length = branches.length(connection, conversation_id)
    for start in range((length - 1) // STRETCH * STRETCH, -1, -STRETCH):
        stretch = (_END, conversation_id, start, start + STRETCH)
        ids, texts = connection.execute(_TEXTS, stretch).fetchone()
        if query in texts:
            found += reversed(_found(start, ids.split(" "), texts.split(_END), query))
        if len(found) >= limit:
            break
    return found[:limit][::-1]


def prompts(connection: sqlite3.Connection, conversation_id: str) -> list[Prompt]:
    # Twice the length, as white space shrinks.
    rows = connection.execute(_PROMPTS, (2 * PROMPT_LENGTH, conversation_id))
    return [
        Prompt(position, id, " ".join(text.split())[:PROMPT_LENGTH]) for position, id, text in rows
    ]


def _found(start: int, ids: list[str], texts: list[bytes], query: bytes) -> list[Found]:
    """What a stretch from the position ``start`` on holds."""
    return [
        Found(position, id, count)
        for position, (id, text) in enumerate(zip(ids, texts, strict=True), start)
        if (count := text.count(query))
    ]
