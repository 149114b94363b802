# SPDX-License-Identifier: MIT
"""SQL that looks through a whole conversation, which can be slow; a reading connection calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.history import Found, Prompt

PROMPT_LENGTH = 200
"""Characters of a question that its outline shows."""


def find(
    connection: sqlite3.Connection, conversation_id: str, folded_query: str, limit: int
) -> list[Found]:
    if not folded_query:
        return []
    rows = connection.execute(
        "SELECT position, id, text"
        " FROM branch CROSS JOIN folded USING (number) CROSS JOIN message USING (number)"
        " WHERE branch.conversation_id = ? AND instr(text, ?) ORDER BY position DESC LIMIT ?",
        (conversation_id, folded_query, limit),
    )
    found = [Found(position, id, text.count(folded_query)) for position, id, text in rows]
    found.reverse()
    return found


def prompts(connection: sqlite3.Connection, conversation_id: str) -> list[Prompt]:
    # Twice the length, as white space shrinks.
    rows = connection.execute(
        "SELECT position, id, substr(coalesce((SELECT value ->> 'text' FROM json_each(parts)"
        " WHERE value ->> 'type' = 'text' LIMIT 1), ''), 1, ?)"
        " FROM branch CROSS JOIN message USING (number)"
        " WHERE branch.conversation_id = ? AND role = 'user' ORDER BY position",
        (2 * PROMPT_LENGTH, conversation_id),
    )
    return [
        Prompt(position, id, " ".join(text.split())[:PROMPT_LENGTH]) for position, id, text in rows
    ]
