# SPDX-License-Identifier: MIT
"""Copies of the database in a folder beside it; knows of what is in them only how much it is.

Everything here waits for the disk: call it in a thread.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from chatglm_desktop.core.backups import Snapshot, SnapshotContents, SnapshotReason
from chatglm_desktop.core.errors import DatabaseDamaged, StoreError
from chatglm_desktop.store.header import check_header, check_owner, create_private
from chatglm_desktop.store.reading import read_only, reading
from chatglm_desktop.store.schema import VERSION

KEPT: Mapping[SnapshotReason, int] = {"daily": 7, "update": 3, "restore": 3, "manual": 7}
"""How many there may be of each kind; an older one goes when a new one is complete."""

TITLES = 5
"""Newest conversations that are named when one looks into a snapshot."""

_FORM = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"-(\d{8}T\d{6}\.\d{6}Z)(?:-(daily|update|restore|manual))?$")


def take_snapshot(
    connection: sqlite3.Connection, path: Path, reason: SnapshotReason = "update"
) -> Snapshot:
    """Copy the database at ``path`` into the folder ``snapshots`` beside it.

    A copy that is not sound does not stay, and costs no older one: raises DatabaseDamaged.
    """
    folder = path.parent / "snapshots"
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now(UTC)
    file = folder / f"{path.stem}-{moment.strftime(_FORM)}-{reason}{path.suffix}"
    copy_database(connection, file)
    for old in _of_reason(snapshots(path), reason)[KEPT[reason] :]:
        old.file.unlink(missing_ok=True)
    return Snapshot(file, moment.timestamp(), reason, file.stat().st_size)


def snapshots(path: Path) -> tuple[Snapshot, ...]:
    """The copies of the database at ``path``, the newest first."""
    found = []
    for file in (path.parent / "snapshots").glob(f"{path.stem}-*{path.suffix}"):
        if match := _NAME.search(file.stem):
            taken_at = datetime.strptime(match[1], _FORM).replace(tzinfo=UTC).timestamp()
            reason = cast("SnapshotReason", match[2] or "update")
            found.append(Snapshot(file, taken_at, reason, file.stat().st_size))
    return tuple(sorted(found, key=lambda snapshot: snapshot.taken_at, reverse=True))


def copy_database(connection: sqlite3.Connection, file: Path) -> None:
    """Write all that ``connection`` sees to ``file``, which appears when it is complete.

    Raises DatabaseDamaged if the copy is not sound, OSError or sqlite3.Error as they come.
    """
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.unlink(missing_ok=True)
    create_private(unfinished)
    try:
        with closing(sqlite3.connect(unfinished)) as target:
            connection.backup(target)
            # One file by itself, that can also be read where nothing can be written.
            target.execute("PRAGMA journal_mode = DELETE")
            check_soundness(target)
        _sync(unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def check_soundness(connection: sqlite3.Connection) -> None:
    """Raises DatabaseDamaged, with what SQLite has found first."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DatabaseDamaged(str(found))


def look_into(file: Path, present: Path) -> SnapshotContents:
    """What is in the copy ``file``, and what of the database ``present`` is not.

    Raises DatabaseTooNew or DatabaseDamaged if it cannot be used.
    """
    check_header(file, VERSION)
    with closing(reading(file, unchanging=True)) as connection:
        check_owner(connection)
        check_soundness(connection)
        conversations, messages = _counts(connection)
        titles = connection.execute(
            "SELECT title FROM conversation WHERE trashed_at IS NULL AND title <> ''"
            " ORDER BY updated_at DESC LIMIT ?",
            (TITLES,),
        ).fetchall()
    try:
        missing = _missing(file, present) if present.exists() else (0, 0)
    except sqlite3.DatabaseError:
        # What is damaged there is a reason to put the copy back.
        missing = (0, 0)
    return SnapshotContents(conversations, messages, tuple(t for (t,) in titles), *missing)


def newest_sound(path: Path) -> Snapshot | None:
    """The newest copy that can be used."""
    for snapshot in snapshots(path):
        try:
            look_into(snapshot.file, snapshot.file)
        except (sqlite3.Error, OSError, StoreError):
            continue
        return snapshot
    return None


def _of_reason(found: tuple[Snapshot, ...], reason: SnapshotReason) -> list[Snapshot]:
    return [snapshot for snapshot in found if snapshot.reason == reason]


def _counts(connection: sqlite3.Connection) -> tuple[int, int]:
    (conversations,) = connection.execute(
        "SELECT count(*) FROM conversation WHERE trashed_at IS NULL"
    ).fetchone()
    (messages,) = connection.execute("SELECT count(*) FROM message").fetchone()
    return int(conversations), int(messages)


def _missing(file: Path, present: Path) -> tuple[int, int]:
    with closing(reading(present)) as connection:
        connection.execute("ATTACH DATABASE ? AS copy", (read_only(file, unchanging=True),))
        (conversations,) = connection.execute(
            "SELECT count(*) FROM main.conversation WHERE trashed_at IS NULL"
            " AND id NOT IN (SELECT id FROM copy.conversation)"
        ).fetchone()
        (messages,) = connection.execute(
            "SELECT count(*) FROM main.message WHERE id NOT IN (SELECT id FROM copy.message)"
        ).fetchone()
        return int(conversations), int(messages)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
