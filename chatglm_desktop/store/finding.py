# SPDX-License-Identifier: MIT
"""SQL that looks through a whole conversation, which can be slow; a reading connection calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.history import Found, Prompt
from chatglm_desktop.store import branches

STRETCH = 512
"""Messages whose texts are looked through at once.

As one text for each stretch: to make an object of every text takes longer than to search them,
and each row that SQLite hands over is a moment in which a busy window can hold up the thread.
"""

_END = b"\xff"
"""What ends a text within a stretch: a byte that UTF-8 has not."""

_TEXTS = (
    "SELECT CAST(group_concat(text, ?1) AS BLOB) FROM"
    " (SELECT coalesce(text, '') AS text FROM branch LEFT JOIN folded USING (number)"
    " WHERE conversation_id = ?2 AND position >= ?3 AND position < ?4 ORDER BY position)"
)
_PROMPTS = (
    "SELECT group_concat(position, ' '), group_concat(text, char(10)) FROM"
    " (SELECT position, text FROM branch CROSS JOIN prompt USING (number)"
    " WHERE conversation_id = ? ORDER BY position)"
)


def find(connection: sqlite3.Connection, conversation_id: str, folded_query: str) -> Found:
    query = folded_query.encode(errors="replace")
    positions: list[int] = []
    counts: list[int] = []
    length = branches.length(connection, conversation_id) if query else 0
    for start in range(0, length, STRETCH):
        stretch = (_END, conversation_id, start, start + STRETCH)
        (texts,) = connection.execute(_TEXTS, stretch).fetchone()
        if query in texts:
            for position, text in enumerate(texts.split(_END), start):
                if count := text.count(query):
                    positions.append(position)
                    counts.append(count)
    return Found(tuple(positions), tuple(counts))


def prompts(connection: sqlite3.Connection, conversation_id: str) -> list[Prompt]:
    positions, texts = connection.execute(_PROMPTS, (conversation_id,)).fetchone()
    if positions is None:
        return []
    # None of the texts has a line break in it.
    return list(
        map(Prompt._make, zip(map(int, positions.split(" ")), texts.split("\n"), strict=True))
    )
