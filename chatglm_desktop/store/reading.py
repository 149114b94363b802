# SPDX-License-Identifier: MIT
"""Reading a database file without ever writing to it; knows no table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def reading(file: Path, *, unchanging: bool = False) -> sqlite3.Connection:
    """A connection that cannot write. One to a file that is ``unchanging`` makes none beside it."""
    address = read_only(file, unchanging=unchanging)
    return sqlite3.connect(address, uri=True, isolation_level=None)


def read_only(file: Path, *, unchanging: bool = False) -> str:
    """The address under which SQLite opens ``file`` for reading only."""
    mode = "mode=ro&immutable=1" if unchanging else "mode=ro"
    return f"{file.absolute().as_uri()}?{mode}"


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All reading inside sees the same state."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
