# SPDX-License-Identifier: MIT
"""Whose file it is and of which version, before anything in it is used; changes nothing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from chatglm_desktop.core.errors import DatabaseDamaged, DatabaseForeign, DatabaseTooNew
from chatglm_desktop.store.schema import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
_USER_VERSION = slice(60, 64)
LENGTH = 100
"""Bytes of a database's header."""


def create_private(path: Path) -> None:
    """Make an empty file that only its owner can read, unless there is one."""
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def check_header(path: Path, version: int) -> None:
    """Refuse by the file's first bytes, before SQLite may touch the file.

    Raises DatabaseDamaged for what is no database, DatabaseTooNew for one of a later version.
    """
    with path.open("rb") as file:
        header = file.read(LENGTH)
    if not header:
        return
    if not header.startswith(MAGIC):
        raise DatabaseDamaged(f"{path} is not a database")
    refuse_newer(int.from_bytes(header[_USER_VERSION], "big"), version)


def refuse_newer(found: int, version: int) -> None:
    if found > version:
        raise DatabaseTooNew(f"version {found}, but {version} is the newest known")


def check_owner(connection: sqlite3.Connection) -> None:
    """Raises DatabaseForeign for a file with tables that are not ours."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application_id != APPLICATION_ID:
        raise DatabaseForeign("the file belongs to another program")
