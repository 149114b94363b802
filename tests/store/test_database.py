# SPDX-License-Identifier: MIT
"""Opening: fresh, migrated, refused, damaged, read-only and full."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import (
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseTooNew,
    DiskFull,
    StoreError,
    StoreReadOnly,
)
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store, branches, conversations, messages
from chatglm_desktop.store.database import (
    open_database,
    transaction,
)
from chatglm_desktop.store.failures import translated
from chatglm_desktop.store.schema import APPLICATION_ID, CURRENT, MIGRATIONS, VERSION, Schema
from chatglm_desktop.store.snapshots import take_snapshot

RELEASED = Path(__file__).parent / "schemas"

NEXT = Schema(
    VERSION + 1,
    CURRENT.script + "CREATE TABLE extra (id TEXT) STRICT;",
    {**MIGRATIONS, VERSION + 1: "CREATE TABLE extra (id TEXT) STRICT;"},
)


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(file)) as connection:
        yield connection


def tables(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """All that the schema defines, without differences of white space."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {(kind, name, re.sub(r"\s*([(),])\s*|\s+", r"\1 ", sql)) for kind, name, sql in rows}


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def with_conversation(file: Path, schema: Schema = CURRENT) -> None:
    with closing(open_database(file, schema)) as connection:
        conversations.create(connection, ConversationSummary("c", "Kept", 1.0, 2.0))


def read(file: Path) -> list[ConversationSummary]:
    """What the app does first: open the store and list what it holds."""

    async def read_list() -> list[ConversationSummary]:
        store = await Store.open(file)
        try:
            return await store.conversations()
        finally:
            await store.close()

    return asyncio.run(read_list())


def test_a_fresh_file_has_its_marks_and_modes(connection: sqlite3.Connection) -> None:
    assert pragma(connection, "user_version") == VERSION
    assert pragma(connection, "application_id") == APPLICATION_ID
    assert pragma(connection, "journal_mode") == "wal"
    assert pragma(connection, "synchronous") == 1
    assert pragma(connection, "foreign_keys") == 1
    assert pragma(connection, "busy_timeout") == 5000


@pytest.mark.skipif(os.name != "posix", reason="modes are kept elsewhere")
def test_only_the_owner_can_read_any_of_the_files(
    file: Path, connection: sqlite3.Connection
) -> None:
    conversations.create(connection, ConversationSummary("c", "", 1.0, 2.0))
    snapshot = take_snapshot(connection, file).file
    for folder in (file.parent, snapshot.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [*file.parent.glob("conversations*"), snapshot]
    assert len(files) == 4  # with the log and its index
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_current_schema_is_kept_as_released(connection: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as released:
        released.executescript((RELEASED / f"v{VERSION}.sql").read_text())
        assert tables(released) == tables(connection)


def test_every_version_was_kept_and_has_a_step_to_the_next() -> None:
    assert sorted(path.stem for path in RELEASED.iterdir()) == [
        f"v{number}" for number in range(1, VERSION + 1)
    ]
    assert set(MIGRATIONS) == set(range(2, VERSION + 1))


@pytest.mark.parametrize("schema", [CURRENT, NEXT])
@pytest.mark.parametrize("released", sorted(RELEASED.iterdir()))
def test_a_migrated_schema_equals_a_fresh_one(
    file: Path, tmp_path: Path, released: Path, schema: Schema
) -> None:
    number = int(released.stem.removeprefix("v"))
    with closing(open_database(file, Schema(number, released.read_text(), {}))) as old:
        old.execute(
            "INSERT INTO conversation (id, title, titled_by_user, created_at, updated_at)"
            " VALUES ('kept', '', 0, 0, 0)"
        )
    with (
        closing(open_database(file, schema)) as migrated,
        closing(open_database(tmp_path / "fresh.db", schema)) as fresh,
    ):
        assert tables(migrated) == tables(fresh)
        assert pragma(migrated, "user_version") == schema.version
        assert migrated.execute("SELECT id FROM conversation").fetchall() == [("kept",)]


def test_a_conversation_of_the_first_version_is_paged_and_found(file: Path) -> None:
    first = Schema(1, (RELEASED / "v1.sql").read_text(), {})
    text = '[{"type":"text","text":"%s"},{"type":"reasoning","text":"Hm","seconds":1.0}]'
    with closing(open_database(file, first)) as old:
        old.executemany(
            "INSERT INTO conversation VALUES (?, '', 0, 0, 0, NULL, ?)", [("c", "b2"), ("e", None)]
        )
        old.executemany(
            "INSERT INTO message (id, conversation_id, parent_id, role, state, created_at, model,"
            " finish_reason, parts) VALUES (?, 'c', ?, 'user', ?, 0, '', '', ?)",
            [
                ("a", None, "complete", text % "Älter"),
                ("b1", "a", "complete", text % "beside"),
                ("b2", "a", "streaming", "[]"),
                ("damaged", "b1", "complete", "[{}]"),
            ],
        )
    with closing(open_database(file)) as connection:
        assert branches.load_history(connection, "e", 9) == History("e")
        history = branches.load_history(connection, "c", 9)
        assert (history.length, [m.id for m in history.messages]) == (2, ["a", "b2"])
        assert connection.execute("SELECT number, text FROM folded").fetchall() == [
            (1, "alter\nhm"),
            (2, "beside\nhm"),
            (4, ""),
        ]
        assert connection.execute("SELECT number, text FROM prompt").fetchall() == [
            (1, "Älter"),
            (2, "beside"),
            (3, ""),
            (4, ""),
        ]
        messages.add(connection, "c", Message("next", Role.USER, (), 1.0, "b2"))
        assert branches.position_of(connection, "c", "next") == 2


def test_a_snapshot_of_the_old_version_is_taken_before_the_first_step(file: Path) -> None:
    with_conversation(file)
    open_database(file, NEXT).close()
    (snapshot,) = (file.parent / "snapshots").iterdir()
    with closing(sqlite3.connect(snapshot)) as copy:
        assert pragma(copy, "user_version") == VERSION
        assert copy.execute("SELECT title FROM conversation").fetchall() == [("Kept",)]
    open_database(file, NEXT).close()
    assert len(list((file.parent / "snapshots").iterdir())) == 1


def test_a_failing_step_changes_nothing(file: Path) -> None:
    with_conversation(file)
    script = "CREATE TABLE extra (id TEXT); DROP TABLE conversation; SELECT no_such_function();"
    broken = Schema(VERSION + 1, "", {VERSION + 1: script})
    with pytest.raises(sqlite3.OperationalError, match="no_such_function"):
        open_database(file, broken)
    with closing(open_database(file)) as connection:
        assert pragma(connection, "user_version") == VERSION
        assert [summary.title for summary in conversations.conversations(connection)] == ["Kept"]


def test_a_step_that_ends_its_own_transaction_is_not_taken_for_done(file: Path) -> None:
    with_conversation(file)
    broken = Schema(VERSION + 1, "", {VERSION + 1: "COMMIT; SELECT no_such_function();"})
    with pytest.raises(sqlite3.OperationalError, match="no_such_function"):
        open_database(file, broken)
    with closing(open_database(file)) as connection:
        assert pragma(connection, "user_version") == VERSION


def test_a_newer_file_is_refused_and_not_touched(file: Path) -> None:
    with_conversation(file, NEXT)
    before = file.read_bytes()
    with pytest.raises(DatabaseTooNew, match=f"version {VERSION + 1}"):
        read(file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_newer_file_whose_version_lies_in_the_log_is_refused(file: Path) -> None:
    with_conversation(file)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
        newer.commit()
        with pytest.raises(DatabaseTooNew):
            open_database(file)


@pytest.mark.parametrize("data", [b"not a database, but long enough for one" * 100, b"x"])
def test_what_is_no_database_is_refused_and_not_touched(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    with pytest.raises(DatabaseDamaged, match="not a database"):
        read(file)
    assert file.read_bytes() == data


def test_a_database_of_another_program_is_refused(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    before = file.read_bytes()
    with pytest.raises(DatabaseForeign, match="another program"):
        read(file)
    assert file.read_bytes() == before


def test_a_damaged_page_is_told_as_damage(file: Path) -> None:
    with_conversation(file)
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(DatabaseDamaged):
        read(file)


def test_a_truncated_header_is_told_as_damage(file: Path) -> None:
    with_conversation(file)
    file.write_bytes(file.read_bytes()[:60])
    with pytest.raises(DatabaseDamaged):
        read(file)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnly):
        read(tmp_path / "file" / "conversations.db")


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(StoreReadOnly):
        read(file)


def test_a_read_only_database_is_told(file: Path) -> None:
    with_conversation(file)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        with pytest.raises(StoreReadOnly), translated():
            conversations.save_setup(connection, "c", Setup())
        assert len(conversations.conversations(connection)) == 1


def test_a_full_disk_is_told_and_loses_nothing(connection: sqlite3.Connection) -> None:
    conversations.create(connection, ConversationSummary("c", "", 1.0, 2.0))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute(f"PRAGMA max_page_count = {pragma(connection, 'page_count')}")
    large = Message("m", Role.USER, (TextPart("x" * 100_000),), 3.0)
    with pytest.raises(DiskFull), translated():
        messages.add(connection, "c", large)
    assert not connection.in_transaction
    assert branches.load_history(connection, "c", 9) == History("c")
    connection.execute("PRAGMA max_page_count = 1000000")
    messages.add(connection, "c", large)
    assert branches.load_history(connection, "c", 9).leaf_id == "m"


def test_a_full_disk_of_the_file_system_is_told() -> None:
    with pytest.raises(DiskFull), translated():
        raise OSError(28, "No space left on device")


def test_other_errors_are_store_errors(connection: sqlite3.Connection) -> None:
    with pytest.raises(StoreError, match="no such table"), translated():
        connection.execute("SELECT * FROM absent")
    connection.close()
    with pytest.raises(StoreError, match="closed"), translated():
        connection.execute("SELECT 1")


def test_a_transaction_is_all_or_nothing(connection: sqlite3.Connection) -> None:
    def create_and_fail() -> None:
        with transaction(connection):
            conversations.create(connection, ConversationSummary("c", "", 1.0, 2.0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        create_and_fail()
    assert conversations.conversations(connection) == []


@pytest.mark.parametrize("query", [conversations.LIST, conversations.LIST_TRASH])
def test_lists_are_read_in_the_order_of_an_index(
    connection: sqlite3.Connection, query: str
) -> None:
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(plan) == 1
    assert "USING INDEX conversation_by_" in plan[0]


def test_a_foreign_thread_may_not_touch_the_connection(connection: sqlite3.Connection) -> None:
    errors: list[StoreError] = []

    def touch() -> None:
        try:
            with translated():
                connection.execute("SELECT 1")
        except StoreError as error:
            errors.append(error)

    thread = threading.Thread(target=touch)
    thread.start()
    thread.join()
    assert len(errors) == 1
