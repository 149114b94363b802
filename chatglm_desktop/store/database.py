# SPDX-License-Identifier: MIT
"""Opens the database file: checks, tables, migrations, snapshots; knows no conversation."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chatglm_desktop.core.errors import DatabaseDamaged, DatabaseTooNew
from chatglm_desktop.store.functions import register
from chatglm_desktop.store.schema import APPLICATION_ID, CURRENT, Schema

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another program that has the file locked."""

SNAPSHOTS_KEPT = 7

_MAGIC = b"SQLite format 3\0"
_USER_VERSION = slice(60, 64)
_HEADER_LENGTH = 100


def open_database(path: Path, schema: Schema = CURRENT) -> sqlite3.Connection:
    """A connection to the file at ``path``, made or brought up to date first.

    The connection is in autocommit mode: see :func:`transaction`. A file that is refused
    (DatabaseTooNew, DatabaseDamaged) is not changed. Raises sqlite3.Error and OSError as they
    come.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _create_private(path)
    _check_header(path, schema.version)
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        _check_owner(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        register(connection)
        _bring_up_to_date(connection, path, schema)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        # SQLite itself may have rolled back already, when the disk is full for example.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def take_snapshot(connection: sqlite3.Connection, path: Path) -> Path:
    """Copy the database at ``path`` into the folder ``snapshots`` beside it; keep the newest."""
    folder = path.parent / "snapshots"
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    snapshot = folder / f"{path.stem}-{moment}{path.suffix}"
    unfinished = snapshot.with_name(f"{snapshot.name}.part")
    unfinished.unlink(missing_ok=True)
    _create_private(unfinished)
    try:
        with closing(sqlite3.connect(unfinished)) as target:
            connection.backup(target)
        unfinished.replace(snapshot)
    finally:
        unfinished.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-SNAPSHOTS_KEPT]:
        old.unlink()
    return snapshot


def _create_private(path: Path) -> None:
    """Make an empty file that only its owner can read, unless there is one."""
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def _check_header(path: Path, version: int) -> None:
    """Refuse by the file's first bytes, before SQLite may touch the file."""
    with path.open("rb") as file:
        header = file.read(_HEADER_LENGTH)
    if not header:
        return
    if not header.startswith(_MAGIC):
        raise DatabaseDamaged(f"{path} is not a database")
    _refuse_newer(int.from_bytes(header[_USER_VERSION], "big"), version)


def _refuse_newer(found: int, version: int) -> None:
    if found > version:
        raise DatabaseTooNew(f"version {found}, but {version} is the newest known")


def _check_owner(connection: sqlite3.Connection) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application_id != APPLICATION_ID:
        raise DatabaseDamaged("the file belongs to another program")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    # Also finds out, early, whether the file can be written.
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    # The header may be older than this: the newest pages can still lie in the log.
    _refuse_newer(version, schema.version)
    if version == 0:
        _run_step(connection, schema.script, schema.version)
        return
    if version < schema.version:
        take_snapshot(connection, path)
    for number in range(version + 1, schema.version + 1):
        _run_step(connection, schema.migrations[number], number)


def _run_step(connection: sqlite3.Connection, script: str, version: int) -> None:
    """Run ``script`` and note the version it leads to, all or nothing."""
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE; {script};"
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version}; COMMIT;"
        )
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
