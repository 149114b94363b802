# SPDX-License-Identifier: MIT
"""SQL of the library: conversations, their titles, setup and the trash; one thread calls it."""

from __future__ import annotations

import sqlite3

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.store.rows import (
    SUMMARY_COLUMNS,
    setup_from_json,
    setup_to_json,
    storable,
    summary_from_row,
    summary_to_row,
)

LIST = (
    f"SELECT {SUMMARY_COLUMNS} FROM conversation WHERE trashed_at IS NULL"
    " ORDER BY updated_at DESC, rowid DESC"
)
LIST_TRASH = (
    f"SELECT {SUMMARY_COLUMNS} FROM conversation WHERE trashed_at IS NOT NULL"
    " ORDER BY trashed_at DESC, rowid DESC"
)


def conversations(connection: sqlite3.Connection) -> list[ConversationSummary]:
    return [summary_from_row(row) for row in connection.execute(LIST)]


def trash(connection: sqlite3.Connection) -> list[ConversationSummary]:
    return [summary_from_row(row) for row in connection.execute(LIST_TRASH)]


def create(connection: sqlite3.Connection, summary: ConversationSummary) -> None:
    connection.execute(
        f"INSERT INTO conversation ({SUMMARY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        summary_to_row(summary),
    )


def rename(connection: sqlite3.Connection, id: str, title: str, by_user: bool) -> None:
    connection.execute(
        "UPDATE conversation SET title = ?1, titled_by_user = ?2"
        " WHERE id = ?3 AND (?2 OR NOT titled_by_user)",
        (storable(title), by_user, id),
    )


def touch(connection: sqlite3.Connection, id: str, at: float) -> None:
    """The conversation was used at the time ``at``."""
    connection.execute(
        "UPDATE conversation SET updated_at = max(updated_at, ?) WHERE id = ?", (at, id)
    )


def save_setup(connection: sqlite3.Connection, id: str, setup: Setup) -> None:
    connection.execute("UPDATE conversation SET setup = ? WHERE id = ?", (setup_to_json(setup), id))


def setup(connection: sqlite3.Connection, id: str) -> Setup:
    row = connection.execute("SELECT setup FROM conversation WHERE id = ?", (id,)).fetchone()
    return Setup() if row is None else setup_from_json(row[0])
