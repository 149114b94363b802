# SPDX-License-Identifier: MIT
"""SQL of what the user has asked lately, to ask it again; a reading connection calls it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

_IN_CONVERSATION = (
    "SELECT parts FROM branch CROSS JOIN prompt USING (number) CROSS JOIN message USING (number)"
    " WHERE branch.conversation_id = ? ORDER BY position DESC LIMIT ?"
)
# The table of the beginnings of questions tells which messages are questions.
# What another version hides was asked too: of this conversation, all but what is above.
_LATELY = (
    "SELECT parts FROM prompt CROSS JOIN message USING (number)"
    " JOIN conversation ON conversation.id = message.conversation_id"
    " WHERE trashed_at IS NULL ORDER BY number DESC LIMIT ?"
)


def questions(connection: sqlite3.Connection, conversation_id: str, most: int) -> tuple[str, ...]:
    """At most ``most`` of this branch, then as many of all that was asked; each text once."""
    found: dict[str, None] = {}
    for statement, of in ((_IN_CONVERSATION, (conversation_id,)), (_LATELY, ())):
        rows = connection.execute(statement, (*of, most))
        found.update((text, None) for (parts,) in rows for text in _texts(parts))
    return tuple(found)


def _texts(parts: str) -> Iterator[str]:
    """What is written in a question. A damaged one is told of when it is read."""
    try:
        said = [part["text"] for part in json.loads(parts) if part["type"] == "text"]
        text = "".join(said)
    except (ValueError, KeyError, TypeError):
        return
    if text.strip():
        yield text
