# SPDX-License-Identifier: MIT
"""SQL that makes older messages and titles findable, some at a time, the newest first.

What is added meanwhile is indexed where it is added. One thread calls it.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from chatglm_desktop.core.search import Indexing
from chatglm_desktop.core.search_tokens import RULES
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.search_schema import NEVER

# In ascending order: the index would otherwise write each one by itself.
_TITLES: Final = (
    "SELECT number, title_tokens(title) FROM conversation_number"
    " JOIN conversation ON conversation.id = conversation_id"
    " WHERE number >= ? AND number < ? ORDER BY number"
)
_MESSAGES: Final = (
    "SELECT number, message_tokens(conversation_id, role, model, parts) FROM message"
    " WHERE number >= ? AND number < ? AND state NOT IN ('sending', 'streaming') ORDER BY number"
)
_PIECES: Final = 4
_PAGES: Final = 5_000

_KINDS: Final = {
    "title": ("title_index", "conversation_number", _TITLES),
    "message": ("message_index", "message", _MESSAGES),
}


def prepare(connection: sqlite3.Connection) -> None:
    """At start: see to it that nothing is added to an index of other rules."""
    connection.execute(
        "UPDATE indexing SET rules = 0, below = ? WHERE rules NOT IN (0, ?)", (NEVER, RULES)
    )


def begin_anew(connection: sqlite3.Connection) -> None:
    """Let everything be indexed again; until then it is not found."""
    connection.execute("UPDATE indexing SET rules = 0, below = ?", (NEVER,))


def index_some(connection: sqlite3.Connection, count: int) -> None:
    """Index the newest of what is not indexed yet: ``count`` messages, or as many titles."""
    with transaction(connection):
        for kind, (index, table, rows) in _KINDS.items():
            below = _begun(connection, kind, index, table)
            if below > 0:
                first = _first(connection, table, below, count)
                connection.execute(f"INSERT INTO {index} (rowid, tokens) {rows}", (first, below))
                connection.execute("UPDATE indexing SET below = ? WHERE kind = ?", (first, kind))
                return


def tidy(connection: sqlite3.Connection) -> bool:
    """Let an index in many pieces be in one, which takes a fifth less; whether there was any.

    Not one of more than some 20 MB: SQLite joins its pieces as it grows, and that is enough.
    """
    found = False
    for index, _, _ in _KINDS.values():
        (pages,) = connection.execute(f"SELECT count(*) FROM {index}_data").fetchone()
        (pieces,) = connection.execute(f"SELECT count(DISTINCT segid) FROM {index}_idx").fetchone()
        if pieces > _PIECES and pages < _PAGES:
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
            found = True
    return found


def progress(connection: sqlite3.Connection) -> Indexing:
    """How much is still to do, in numbers given to messages; of titles there are few."""
    remaining, total = 0, 0
    for kind, (_, table, _) in _KINDS.items():
        (last,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()
        (below,) = connection.execute(
            "SELECT below FROM indexing WHERE kind = ?", (kind,)
        ).fetchone()
        total += last or 0
        remaining += max(min(below - 1, last or 0), 0)
    return Indexing(remaining, total)


def _begun(connection: sqlite3.Connection, kind: str, index: str, table: str) -> int:
    """Below which number there is still something to do; begins an index that is not begun."""
    rules, below = connection.execute(
        "SELECT rules, below FROM indexing WHERE kind = ?", (kind,)
    ).fetchone()
    if rules == RULES:
        return int(below)
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    (last,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()
    below = 0 if last is None else last + 1
    connection.execute(
        "UPDATE indexing SET rules = ?, below = ? WHERE kind = ?", (RULES, below, kind)
    )
    return int(below)


def _first(connection: sqlite3.Connection, table: str, below: int, count: int) -> int:
    """The number from which on there are ``count`` below ``below``; 0 if there are not as many."""
    row = connection.execute(
        f"SELECT number FROM {table} WHERE number < ? ORDER BY number DESC LIMIT 1 OFFSET ?",
        (below, count - 1),
    ).fetchone()
    return 0 if row is None else int(row[0])
