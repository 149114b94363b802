# SPDX-License-Identifier: MIT
"""Opens the database of the window: checked if the last exit was not clean, rescued if damaged."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path

from chatglm_desktop.core.backups import Rescue
from chatglm_desktop.core.errors import DatabaseDamaged
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.failures import translated
from chatglm_desktop.store.header import create_private
from chatglm_desktop.store.salvage import finish, salvage
from chatglm_desktop.store.snapshots import check_soundness

log = logging.getLogger(__name__)

THOROUGH = 256_000_000
"""Bytes up to which indices are compared with their tables too, which takes seconds for more."""


class RunningMark:
    """A file beside the database at ``path`` that is there while the program runs."""

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(f"{path.stem}.running")

    @property
    def left(self) -> bool:
        """Whether the last run has left it behind."""
        return self._file.exists()

    def begin(self) -> None:
        """The program runs."""
        with contextlib.suppress(OSError):  # the database will say it better
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_private(self._file)

    def end(self) -> None:
        """The program has ended as it should."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)


def open_rescued(path: Path, *, check: bool) -> tuple[sqlite3.Connection, Rescue | None]:
    """A connection as of ``open_database``, and what was done if the file is damaged.

    ``check`` the whole file first. Raises StoreErrors; DatabaseTooNew and DatabaseForeign leave
    everything as it is.
    """
    try:
        with translated():
            finish(path)
            return _open_sound(path, check=check), None
    except DatabaseDamaged as error:
        log.info("the database is damaged: %s", error)
        with translated():
            rescue = salvage(path)
            return open_database(path), rescue


def _open_sound(path: Path, *, check: bool) -> sqlite3.Connection:
    connection = open_database(path)
    try:
        if check:
            _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > THOROUGH:
        check_soundness(connection)
        return
    if _first_fault(connection) == "ok":
        return
    # Most often it is an index, which can be made anew.
    connection.execute("REINDEX")
    if (fault := _first_fault(connection)) != "ok":
        raise DatabaseDamaged(fault)
    log.info("the indices of the database were made anew")


def _first_fault(connection: sqlite3.Connection) -> str:
    (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return str(fault)
