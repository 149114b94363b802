# SPDX-License-Identifier: MIT
"""SQL of the open tabs; one thread calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from chatglm_desktop.core.tabs import TabState
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.rows import tab_from_row


def save_tabs(connection: sqlite3.Connection, tabs: Sequence[TabState]) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM tab")
        connection.executemany(
            "INSERT INTO tab (position, conversation_id, active, anchor_message_id, anchor_offset)"
            " SELECT ?, id, ?, ?, ? FROM conversation WHERE id = ?",
            [
                (
                    position,
                    tab.active,
                    tab.anchor.message_id if tab.anchor else None,
                    tab.anchor.offset if tab.anchor else None,
                    tab.conversation_id,
                )
                for position, tab in enumerate(tabs)
            ],
        )


def load_tabs(connection: sqlite3.Connection) -> list[TabState]:
    rows = connection.execute(
        "SELECT conversation_id, active, anchor_message_id, anchor_offset FROM tab"
        " ORDER BY position"
    )
    return [tab_from_row(row) for row in rows]
