# SPDX-License-Identifier: MIT
"""Opens the database file: checks, tables, migrations; knows no conversation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chatglm_desktop.store.functions import register
from chatglm_desktop.store.header import check_header, check_owner, create_private, refuse_newer
from chatglm_desktop.store.schema import APPLICATION_ID, CURRENT, Schema
from chatglm_desktop.store.snapshots import take_snapshot

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another program that has the file locked."""


def open_database(path: Path, schema: Schema = CURRENT) -> sqlite3.Connection:
    """A connection to the file at ``path``, made or brought up to date first.

    The connection is in autocommit mode: see :func:`transaction`. A file that is refused
    (DatabaseTooNew, DatabaseDamaged) is not changed. Raises sqlite3.Error and OSError as they
    come.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_private(path)
    check_header(path, schema.version)
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        check_owner(connection)
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


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    # Also finds out, early, whether the file can be written.
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    # The header may be older than this: the newest pages can still lie in the log.
    refuse_newer(version, schema.version)
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
