# SPDX-License-Identifier: MIT
"""Saves from a damaged database what SQLite can still read of it; knows no window.

Everything here waits for the disk: call it in a thread.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from chatglm_desktop.core.backups import Rescue
from chatglm_desktop.store.database import open_database, transaction
from chatglm_desktop.store.header import LENGTH, MAGIC
from chatglm_desktop.store.mending import mend
from chatglm_desktop.store.snapshots import copy_database, newest_sound

log = logging.getLogger(__name__)

_TABLES = ("folder", "conversation", "message", "removed", "journal", "draft", "tab")
"""What cannot be made anew from the rest, in an order in which each may be written."""

_FARTHEST = 1 << 40
"""No row has a number as large as this."""


def salvage(path: Path) -> Rescue:
    """Set the damaged database at ``path`` aside and put what can be read of it in its place.

    Where nothing can be read, the newest sound snapshot takes its place, or an empty database.
    Raises sqlite3.Error and OSError as they come; then the damaged file lies at ``path`` still.
    """
    fresh = _fresh(path)
    _remove(fresh)
    conversations, messages, incomplete, lost = _pour(path, fresh)
    stand_in = None if conversations else newest_sound(path)
    if stand_in is not None:
        _remove(fresh)
        with closing(sqlite3.connect(stand_in.file)) as connection:
            copy_database(connection, fresh)
        conversations, messages = _counts(fresh)
    set_aside = _set_aside(path)
    fresh.replace(path)
    taken_at = None if stand_in is None else stand_in.taken_at
    log.info("saved %d messages of the damaged %s", messages, set_aside)
    return Rescue(set_aside, conversations, messages, incomplete, lost, taken_at)


def finish(path: Path) -> None:
    """Put what was saved in its place if :func:`salvage` was ended before its last step."""
    fresh = _fresh(path)
    if fresh.exists() and not path.exists():
        fresh.replace(path)
        log.info("what was saved of a damaged file is in its place now")


def readable_rows(
    connection: sqlite3.Connection, table: str, columns: str
) -> Iterator[tuple[object, ...]]:
    """The rows of ``table`` that can be read, each with its number before ``columns``.

    Where reading fails, it goes on behind the damaged place, as near to it as it gets.
    """
    after = -1
    while True:
        for row in _until_damage(connection, table, columns, after, descending=False):
            after = int(str(row[0]))
            yield row
        found = _next_readable(connection, table, after)
        if found is None:
            return
        # What stands between is read from the other side, as far as that goes.
        behind = list(
            _until_damage(connection, table, columns, after, descending=True, before=found + 1)
        )
        yield from reversed(behind)
        after = found


def _until_damage(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    after: int,
    *,
    descending: bool,
    before: int = _FARTHEST,
) -> Iterator[tuple[object, ...]]:
    order = "DESC" if descending else "ASC"
    last = before if descending else after
    try:
        for row in connection.execute(
            f"SELECT rowid, {columns} FROM {table} NOT INDEXED"
            f" WHERE rowid > ? AND rowid < ? ORDER BY rowid {order}",
            (after, before),
        ):
            if (row[0] >= last) if descending else (row[0] <= last):
                # Pages that point at each other; there is no end of these.
                return
            last = row[0]
            yield row
    except sqlite3.DatabaseError as error:
        log.info("a place in the table %s cannot be read: %s", table, error)


def _next_readable(connection: sqlite3.Connection, table: str, after: int) -> int | None:
    """The number of a row behind the damage that follows ``after``; None if there is none."""
    step = 1
    while after + step < _FARTHEST:
        try:
            found = connection.execute(
                f"SELECT rowid FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1",
                (after + step,),
            ).fetchone()
        except sqlite3.DatabaseError:
            step *= 2
            continue
        if found is None:
            return None
        if found[0] > after + step:
            return int(found[0])
        # Rows in disorder: what is asked for is not what is found.
        step *= 2
    return None


def _fresh(path: Path) -> Path:
    """Where that is written which is to take the place of the database."""
    return path.with_name(f"{path.stem}-rescued{path.suffix}")


def _pour(path: Path, fresh: Path) -> tuple[int, int, int, int]:
    """Write what can be read at ``path`` to ``fresh``.

    Returns conversations, messages, and how many of those are incomplete or lost.
    """
    with closing(open_database(fresh)) as target:
        target.execute("PRAGMA foreign_keys = OFF")
        with closing(_damaged(path)) as source, transaction(target):
            for table in _TABLES:
                _pour_table(source, target, table)
            incomplete = _complete_texts(source, target)
            lost = _known_lost(source, target)
            mend(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.execute("PRAGMA journal_mode = DELETE")
    return (*_counts(fresh), incomplete, lost)


def _damaged(path: Path) -> sqlite3.Connection:
    """A connection that reads as much as it can. It writes nothing."""
    connection = _connected(path)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # SQLite's own words may quote what is damaged.
        log.info("the damaged file cannot be opened: %s", error)
        connection.close()
        return _with_new_header(path)
    return connection


def _with_new_header(path: Path) -> sqlite3.Connection:
    """As :func:`_damaged`, for a file whose first bytes are lost: in memory, with new ones."""
    data = path.read_bytes()
    connection = _connected(":memory:")
    try:
        connection.deserialize(_header(len(data)) + data[LENGTH:])
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        log.info("a new header does not help: %s", error)
        connection.close()
        return _connected(":memory:")
    return connection


def _connected(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # A byte that is no text must not cost the rest of it.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


def _header(size: int) -> bytes:
    """What a database of ours with ``size`` bytes begins with."""
    page = 4096
    header = bytearray(LENGTH)
    header[:16] = MAGIC
    header[16:18] = page.to_bytes(2, "big")
    # Not the kind that has a log beside it: this one is read from memory.
    header[18:24] = bytes((1, 1, 0, 64, 32, 32))
    header[28:32] = (size // page).to_bytes(4, "big")
    header[44:48] = (4).to_bytes(4, "big")
    header[56:60] = (1).to_bytes(4, "big")
    return bytes(header)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _pour_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    known = _columns(source, table)
    shared = [name for name in _columns(target, table) if name in known]
    if not shared:
        return
    marks = ", ".join("?" for _ in shared)
    columns = ", ".join(shared)
    insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"
    for _, *values in readable_rows(source, table, columns):
        try:
            target.execute(insert, values)
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            # A value of a kind that was never written there.
            log.info("a row of %s makes no sense: %s", table, error)


def _complete_texts(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Give messages whose text cannot be read the one that was kept to find them; how many."""
    narrow = [
        name
        for name in ("id", "conversation_id", "parent_id", "role", "state", "created_at")
        if name in _columns(source, "message")
    ]
    if not narrow:
        return 0
    texts: dict[object, object] = {}
    if _columns(source, "folded"):
        texts.update(readable_rows(source, "folded", "text"))  # type: ignore[arg-type] # pairs
    added = 0
    for number, *values in readable_rows(source, "message", ", ".join(narrow)):
        text = texts.get(number)
        try:
            added += target.execute(
                f"INSERT OR IGNORE INTO message (number, {', '.join(narrow)},"
                " model, finish_reason, parts)"
                f" VALUES (?, {', '.join('?' for _ in narrow)}, '', '', {_PARTS})",
                (number, *values, "" if text is None else str(text)),
            ).rowcount
        except (sqlite3.IntegrityError, sqlite3.DataError) as error:
            log.info("a row of message makes no sense: %s", error)
    return added


_NAMED = "SELECT id FROM message INDEXED BY sqlite_autoindex_message_1"
_PARTS = "json_array(json_object('type', 'text', 'text', ?))"


def _known_lost(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """How many messages an index of the damaged file still names that are not in ``target``."""
    try:
        named = {id for (id,) in source.execute(_NAMED)}
    except sqlite3.DatabaseError:
        return 0
    saved = {id for (id,) in target.execute("SELECT id FROM message")}
    return len(named - saved)


def _counts(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as connection:
        (conversations,) = connection.execute("SELECT count(*) FROM conversation").fetchone()
        (messages,) = connection.execute("SELECT count(*) FROM message").fetchone()
        return int(conversations), int(messages)


def _set_aside(path: Path) -> Path:
    """Give the file and what belongs to it another name; returns that of the file."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}-damaged-{moment}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}-damaged-{moment}-{number}{path.suffix}")
    # The log first: were it left behind, SQLite would pour it into the new file.
    for ending in ("-wal", "-shm", ""):
        old = path.with_name(path.name + ending)
        if old.exists():
            old.rename(aside.with_name(aside.name + ending))
    return aside


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
