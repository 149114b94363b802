# SPDX-License-Identifier: MIT
"""SQL of the open tabs; one thread calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.rows import storable, tab_from_row

_COLUMNS = (
    "active, anchor_message_id, anchor_offset, anchor_leaf, anchor_thinking,"
    " pinned, closed, place, selection, shape"
)


def save_tabs(connection: sqlite3.Connection, tabs: Sequence[TabState]) -> None:
    with transaction(connection):
        connection.execute("DELETE FROM tab")
        connection.executemany(
            f"INSERT INTO tab (position, conversation_id, {_COLUMNS})"
            " SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM conversation WHERE id = ?",
            [(position, *_values(tab), tab.conversation_id) for position, tab in enumerate(tabs)],
        )


def load_tabs(connection: sqlite3.Connection) -> list[TabState]:
    rows = connection.execute(f"SELECT conversation_id, {_COLUMNS} FROM tab ORDER BY position")
    return [tab_from_row(row) for row in rows]


def _values(tab: TabState) -> tuple[str | float | None, ...]:
    """The values of ``_COLUMNS``."""
    selection = None if tab.selection is None else storable(tab.selection)
    in_the_row = (tab.pinned, tab.closed, tab.place)
    return (tab.active, *_anchor_values(tab.anchor), *in_the_row, selection, tab.shape)


def _anchor_values(anchor: Anchor | None) -> tuple[str | float | None, ...]:
    if anchor is None:
        return (None,) * 4
    return anchor.message_id, anchor.offset, anchor.leaf, anchor.thinking
