# SPDX-License-Identifier: MIT
"""SQL that deletes for good what has lain in the trash; one thread calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from chatglm_desktop.store.arranging import json_of
from chatglm_desktop.store.database import transaction

AT_ONCE = 50
"""Conversations that go in one job, so that what is to be saved need not wait for thousands."""


def trashed(connection: sqlite3.Connection, older_than: float | None = None) -> list[str]:
    """The conversations that were trashed before that time; all in the trash for None."""
    rows = connection.execute(
        "SELECT id FROM conversation WHERE trashed_at IS NOT NULL AND (?1 IS NULL"
        " OR trashed_at < ?1) ORDER BY trashed_at",
        (older_than,),
    )
    return [id for (id,) in rows]


def delete_trashed(connection: sqlite3.Connection, ids: Collection[str]) -> None:
    """Delete those of ``ids`` that lie in the trash, with all that was said in them.

    The only statement that deletes conversations: nothing that is in use can be lost by it.
    """
    with transaction(connection):
        connection.execute(
            "DELETE FROM conversation WHERE trashed_at IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            (json_of(ids),),
        )


def delete_trashed_folders(connection: sqlite3.Connection, older_than: float | None) -> None:
    """Delete the folders that were trashed before that time (all for None) and are empty.

    A conversation keeps its folder as long as it can come back to it.
    """
    connection.execute(
        "DELETE FROM folder WHERE trashed_at IS NOT NULL AND (?1 IS NULL OR trashed_at < ?1)"
        " AND NOT EXISTS (SELECT 1 FROM conversation WHERE folder_id = folder.id)",
        (older_than,),
    )
