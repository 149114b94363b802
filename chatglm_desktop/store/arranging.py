# SPDX-License-Identifier: MIT
"""SQL of the order in the library: titles, folders, pins, archive, trash; one thread calls it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from chatglm_desktop.core.arranging import (
    ARRANGED,
    FOLDER_FIELDS,
    Arranged,
    ConversationChange,
    FolderChange,
    difference,
)
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.folders import Folder, ancestry
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.rows import (
    FOLDER_COLUMNS,
    SUMMARY_COLUMNS,
    folder_from_row,
    folder_to_row,
    storable,
    summary_from_row,
)

# One statement however many ids there are: SQLite takes a limited number of values.
_THESE = "(SELECT value FROM json_each(?))"


def folders(connection: sqlite3.Connection) -> tuple[Folder, ...]:
    """All folders, those in the trash too, in the order of their names."""
    rows = connection.execute(f"SELECT {FOLDER_COLUMNS} FROM folder ORDER BY name, id")
    return tuple(map(folder_from_row, rows))


def summaries(
    connection: sqlite3.Connection, ids: Collection[str]
) -> tuple[ConversationSummary, ...]:
    """Those of ``ids`` that are there, wherever they lie, in the order of ``ids``."""
    found = {one.id: one for one in _select(connection, f"id IN {_THESE}", json_of(ids))}
    return tuple(found[id] for id in ids if id in found)


def in_folders(
    connection: sqlite3.Connection, folder_ids: Collection[str], trashed_at: float | None = None
) -> tuple[ConversationSummary, ...]:
    """The conversations of these folders that were trashed at that time, or are not."""
    return tuple(
        _select(
            connection,
            f"folder_id IN {_THESE} AND trashed_at IS ?",
            json_of(folder_ids),
            trashed_at,
        )
    )


def arrange(
    connection: sqlite3.Connection,
    conversations: Sequence[ConversationChange],
    folder_changes: Sequence[FolderChange] = (),
) -> Arranged:
    """Write what the changes change, and nothing else of what they touch."""
    touched = {after.id for _, after in conversations}
    with transaction(connection):
        for before, after in folder_changes:
            if before is None and after is not None:
                insert_folder(connection, after)
            elif before is not None and after is not None:
                _update_folder(connection, before, after)
        for old, new in conversations:
            _update_conversation(connection, old, new)
        gone = [before.id for before, after in folder_changes if before and after is None]
        touched |= _delete_folders(connection, gone)
        touched |= take_out_of_trashed(connection)
        return Arranged(
            summaries(connection, sorted(touched)),
            folders(connection) if folder_changes else None,
        )


def json_of(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))


def _select(
    connection: sqlite3.Connection, condition: str, *values: object
) -> Iterator[ConversationSummary]:
    rows = connection.execute(
        f"SELECT {SUMMARY_COLUMNS} FROM conversation WHERE {condition} ORDER BY rowid", values
    ).fetchall()
    return map(summary_from_row, rows)


def _update_conversation(
    connection: sqlite3.Connection, before: ConversationSummary, after: ConversationSummary
) -> None:
    changed = difference(before, after, ARRANGED)
    if "title" in changed:
        changed["title"] = storable(after.title)
    # The folder may be gone for good since the step was done that is taken back now.
    places = {"folder_id": "(SELECT id FROM folder WHERE id = ?)"}
    _update(connection, "conversation", after.id, changed, places)


def _update_folder(connection: sqlite3.Connection, before: Folder, after: Folder) -> None:
    changed = difference(before, after, FOLDER_FIELDS)
    for name in ("name", "system_prompt"):
        if name in changed:
            changed[name] = storable(changed[name])
    known = {folder.id: folder for folder in folders(connection)}
    above = (folder.id for folder in ancestry(known, changed.get("parent_id")))
    if after.id in above:
        del changed["parent_id"]
    places = {"parent_id": "(SELECT id FROM folder WHERE id = ?)"}
    _update(connection, "folder", after.id, changed, places)


def _update(
    connection: sqlite3.Connection,
    table: str,
    id: str,
    values: dict[str, object],
    places: dict[str, str],
) -> None:
    if values:
        columns = ", ".join(f"{name} = {places.get(name, '?')}" for name in values)
        connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), id))


def insert_folder(connection: sqlite3.Connection, folder: Folder) -> None:
    """Add a folder that is not there yet, at the top if the one around it is gone."""
    connection.execute(
        f"INSERT INTO folder ({FOLDER_COLUMNS})"
        " VALUES (?, ?, ?, (SELECT id FROM folder WHERE id = ?), ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        folder_to_row(folder),
    )


def _delete_folders(connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Returns which conversations lay in them: these lie in no folder now."""
    if not ids:
        return set()
    inside = {summary.id for summary in _select(connection, f"folder_id IN {_THESE}", json_of(ids))}
    connection.execute(f"DELETE FROM folder WHERE id IN {_THESE}", (json_of(ids),))
    return inside


def take_out_of_trashed(connection: sqlite3.Connection) -> set[str]:
    """Nothing that is not in the trash may lie in a folder that is: it would be seen nowhere.

    Returns which conversations did.
    """
    trashed = "(SELECT id FROM folder WHERE trashed_at IS NOT NULL)"
    connection.execute(
        f"UPDATE folder SET parent_id = NULL WHERE trashed_at IS NULL AND parent_id IN {trashed}"
    )
    rows = connection.execute(
        "UPDATE conversation SET folder_id = NULL"
        f" WHERE trashed_at IS NULL AND folder_id IN {trashed} RETURNING id"
    )
    return {id for (id,) in rows.fetchall()}
