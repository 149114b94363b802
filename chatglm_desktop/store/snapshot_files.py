# SPDX-License-Identifier: MIT
"""Takes, lists and puts back copies of one database, with connections of its own.

So that a copy of a large file holds up no writing. Everything here waits for the disk: call it in
a thread. Raises StoreErrors.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.backups import Snapshot, SnapshotContents, SnapshotReason
from chatglm_desktop.core.errors import CopyUnreadable, DatabaseDamaged, StoreReadOnly
from chatglm_desktop.store.database import BUSY_TIMEOUT
from chatglm_desktop.store.failures import translated
from chatglm_desktop.store.header import create_private
from chatglm_desktop.store.reading import reading
from chatglm_desktop.store.snapshots import (
    copy_database,
    look_into,
    snapshots,
    take_snapshot,
)

log = logging.getLogger(__name__)


class SnapshotFiles:
    """The copies of the database at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def list(self) -> tuple[Snapshot, ...]:
        """All of them, the newest first."""
        with translated():
            return snapshots(self._path)

    def take(self, reason: SnapshotReason) -> Snapshot:
        """One more, of what is saved now."""
        with translated(), closing(reading(self._path)) as connection:
            return take_snapshot(connection, self._path, reason)

    def save_copy(self, file: Path) -> None:
        """Write what is saved now to ``file``, which appears when it is complete."""
        with translated(), closing(reading(self._path)) as connection:
            copy_database(connection, file)

    def look_into(self, file: Path) -> SnapshotContents:
        """What is in a copy, and what of the present is not.

        Raises CopyUnreadable, and DatabaseTooNew or DatabaseForeign for what can be read.
        """
        try:
            with translated():
                return look_into(file, self._path)
        except (DatabaseDamaged, StoreReadOnly) as error:
            raise CopyUnreadable(error.details) from error

    def put_back(self, file: Path) -> Snapshot | None:
        """Let the copy ``file`` take the place of the database, of which a snapshot is taken first.

        Nobody may have the database open. Returns that snapshot, None if there was nothing to
        take one of. Nothing has changed if this raises.
        """
        self.look_into(file)
        restored = self._path.with_name(f"{self._path.name}.restoring")
        with translated():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # First: the snapshot of the present can be one too many of its kind for this one.
            with closing(reading(file, unchanging=True)) as connection:
                copy_database(connection, restored)
            try:
                taken = self._before()
                self._let_go()
                restored.replace(self._path)
            finally:
                restored.unlink(missing_ok=True)
            return taken

    def _let_go(self) -> None:
        """Leave no log, which must not come into another file. Raises if it is in use."""
        if not self._path.exists():
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=BUSY_TIMEOUT)) as connection:
                # Only whoever is alone can do that.
                connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            log.info("the log of a damaged file is given up: %s", error)
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _before(self) -> Snapshot | None:
        if not self._path.exists():
            return None
        try:
            with closing(reading(self._path)) as connection:
                return take_snapshot(connection, self._path, "restore")
        except (DatabaseDamaged, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            # It is what another copy is to replace.
            log.info("kept as it is, as it is damaged: %s (%s)", self._keep(), error)
            return None

    def _keep(self) -> Path:
        """Copy the file as it is, with its log, which may hold what the file does not."""
        kept = self._path.with_name(f"{self._path.name}.before-restore")
        for ending in ("", "-wal"):
            source = self._path.with_name(self._path.name + ending)
            target = kept.with_name(kept.name + ending)
            # Made anew: a log kept earlier would come into this file.
            target.unlink(missing_ok=True)
            if source.exists():
                create_private(target)
                shutil.copyfile(source, target)
        return kept
