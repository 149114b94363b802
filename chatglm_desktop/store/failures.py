# SPDX-License-Identifier: MIT
"""Translates what SQLite and the file system raise into the errors that users understand."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from chatglm_desktop.core.errors import DatabaseDamaged, DiskFull, StoreError, StoreReadOnly

_PRIMARY_CODE = 0xFF

_ERRORS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseDamaged,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise a StoreError instead of sqlite3.Error and OSError."""
    try:
        yield
    except sqlite3.Error as error:
        # Errors of the Python module itself carry no code.
        code = getattr(error, "sqlite_errorcode", 0)
        raise _ERRORS.get(code & _PRIMARY_CODE, StoreError)(str(error)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull if full else StoreReadOnly)(str(error)) from error
