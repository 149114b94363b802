# SPDX-License-Identifier: MIT
"""Copies of the database: complete, sound, few, and put back without losing the present."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.errors import (
    CopyUnreadable,
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseTooNew,
    StoreError,
)
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.store import Store, conversations, messages, snapshot_files
from chatglm_desktop.store.database import open_database
from chatglm_desktop.store.schema import VERSION, Schema
from chatglm_desktop.store.snapshot_files import SnapshotFiles
from chatglm_desktop.store.snapshots import KEPT, newest_sound, take_snapshot

RELEASED = Path(__file__).parent / "schemas"


def add(file: Path, id: str, texts: list[str]) -> None:
    with closing(open_database(file)) as connection:
        conversations.create(connection, ConversationSummary(id, f"Title {id}", 1.0, 2.0))
        parent = None
        for number, text in enumerate(texts):
            message = Message(f"{id}{number}", Role.USER, (TextPart(text),), 3.0, parent)
            messages.add(connection, id, message)
            parent = message.id


def texts(file: Path, id: str) -> list[str]:
    with closing(open_database(file)) as connection:
        rows = connection.execute(
            "SELECT parts FROM message WHERE conversation_id = ? ORDER BY number", (id,)
        )
        return [parts for (parts,) in rows]


@pytest.fixture
def files(file: Path) -> SnapshotFiles:
    add(file, "a", ["first", "第二"])
    return SnapshotFiles(file)


def test_a_snapshot_can_be_used_as_a_database_of_its_moment(
    file: Path, files: SnapshotFiles
) -> None:
    taken = files.take("manual")
    add(file, "later", [])
    assert files.list() == (taken,)
    assert taken.reason == "manual"
    assert taken.size == taken.file.stat().st_size
    with closing(open_database(taken.file)) as copy:
        assert [s.id for s in conversations.conversations(copy)] == ["a"]


def test_what_still_lies_in_the_log_is_in_a_snapshot(file: Path, files: SnapshotFiles) -> None:
    with closing(open_database(file)) as writing:
        conversations.create(writing, ConversationSummary("b", "In the log", 1.0, 9.0))
        taken = files.take("daily")
    assert files.look_into(taken.file).titles == ("In the log", "Title a")


@pytest.mark.skipif(os.name != "posix", reason="modes are kept elsewhere")
def test_a_snapshot_is_one_file_that_only_its_owner_can_read(files: SnapshotFiles) -> None:
    taken = files.take("daily")
    files.look_into(taken.file)
    assert [*taken.file.parent.iterdir()] == [taken.file]
    assert stat.S_IMODE(taken.file.stat().st_mode) == 0o600


def test_only_the_newest_of_each_kind_are_kept(files: SnapshotFiles) -> None:
    dailies = [files.take("daily") for _ in range(KEPT["daily"])]
    others = [files.take("restore") for _ in range(KEPT["restore"] + 2)]
    dailies.append(files.take("daily"))
    assert set(files.list()) == {*dailies[1:], *others[2:]}
    assert list(files.list()) == sorted(files.list(), key=lambda s: s.taken_at, reverse=True)


def test_a_snapshot_of_an_earlier_version_of_the_program_is_listed(
    file: Path, files: SnapshotFiles
) -> None:
    taken = files.take("daily")
    old = taken.file.with_name(f"{file.stem}-20251231T235959.123456Z{file.suffix}")
    taken.file.rename(old)
    (old.parent / f"{file.stem}-notes{file.suffix}").write_bytes(b"of the user's own")
    (listed,) = files.list()
    assert (listed.file, listed.reason) == (old, "update")
    assert listed.taken_at == pytest.approx(1767225599.123456)


def test_one_looks_into_a_copy_before_it_is_put_back(file: Path, files: SnapshotFiles) -> None:
    taken = files.take("daily")
    add(file, "b", ["one", "two", "three"])
    contents = files.look_into(taken.file)
    assert (contents.conversations, contents.messages) == (1, 2)
    assert contents.titles == ("Title a",)
    assert (contents.missing_conversations, contents.missing_messages) == (1, 3)


def test_a_copy_takes_the_place_of_the_present_which_is_kept_too(
    file: Path, files: SnapshotFiles
) -> None:
    taken = files.take("daily")
    add(file, "b", ["only now"])
    before = files.put_back(taken.file)
    assert before is not None
    assert (texts(file, "b"), len(texts(file, "a"))) == ([], 2)
    files.put_back(before.file)
    assert len(texts(file, "b")) == 1


def test_a_copy_is_put_back_where_there_is_nothing(file: Path, files: SnapshotFiles) -> None:
    taken = files.take("daily")
    file.unlink()
    assert files.look_into(taken.file).missing_messages == 0
    assert files.put_back(taken.file) is None
    assert len(texts(file, "a")) == 2


def test_a_copy_takes_the_place_of_a_damaged_file_which_is_kept(
    file: Path, files: SnapshotFiles
) -> None:
    taken = files.take("daily")
    damage(file)
    damaged = file.read_bytes()
    assert files.put_back(taken.file) is None
    kept = file.with_name(f"{file.name}.before-restore")
    assert kept.read_bytes() == damaged
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(texts(file, "a")) == 2


def test_the_log_of_a_damaged_file_is_kept_with_it_and_with_no_other(
    file: Path, files: SnapshotFiles
) -> None:
    taken = files.take("daily")
    log, kept = (file.with_name(file.name + ending) for ending in ("-wal", ".before-restore"))
    kept_log = file.with_name(f"{kept.name}-wal")
    with closing(open_database(file)) as connection:
        conversations.create(connection, ConversationSummary("b", "In the log", 1.0, 9.0))
        logged, present = log.read_bytes(), file.read_bytes()
    file.write_bytes(present)
    damage(file)
    log.write_bytes(logged)
    assert files.put_back(taken.file) is None
    assert kept_log.read_bytes() == logged
    if os.name == "posix":
        assert stat.S_IMODE(kept_log.stat().st_mode) == 0o600
    with closing(sqlite3.connect(kept)) as connection:
        titles = connection.execute("SELECT title FROM conversation ORDER BY id").fetchall()
    assert titles == [("Title a",), ("In the log",)]
    kept_log.write_bytes(logged)
    damage(file)
    assert files.put_back(taken.file) is None
    assert kept.exists()
    assert not kept_log.exists()


def test_a_copy_of_an_older_version_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    script = (RELEASED / "v1.sql").read_text()
    with closing(open_database(old, Schema(1, script, {}))) as connection:
        connection.execute(
            "INSERT INTO conversation (id, title, titled_by_user, created_at, updated_at)"
            " VALUES ('old', 'Old', 0, 0, 0)"
        )
        connection.execute("PRAGMA journal_mode = DELETE")
    files = SnapshotFiles(file)
    assert files.look_into(old).titles == ("Old",)
    files.put_back(old)
    with closing(open_database(file)) as connection:
        assert [s.title for s in conversations.conversations(connection)] == ["Old"]
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_cannot_be_put_back_changes_nothing(
    file: Path, files: SnapshotFiles, tmp_path: Path
) -> None:
    newer, other, text, cut = (tmp_path / name for name in ("newer", "other", "text", "cut"))
    taken = files.take("manual")
    newer.write_bytes(taken.file.read_bytes())
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmark (url TEXT)")
    text.write_text("no database" * 100)
    cut.write_bytes(taken.file.read_bytes()[: taken.size // 2])
    before = file.read_bytes(), files.list()
    for bad, error in (
        (newer, DatabaseTooNew),
        (other, DatabaseForeign),
        (text, CopyUnreadable),
        (cut, CopyUnreadable),
        (tmp_path / "gone", StoreError),
    ):
        with pytest.raises(error):
            files.put_back(bad)
    assert (file.read_bytes(), files.list()) == before


def test_a_copy_of_a_damaged_file_does_not_push_out_a_sound_one(
    file: Path, files: SnapshotFiles
) -> None:
    sound = [files.take("daily") for _ in range(KEPT["daily"])]
    damage(file)
    with pytest.raises(DatabaseDamaged):
        files.take("daily")
    assert list(files.list()) == sound[::-1]
    assert len([*sound[0].file.parent.iterdir()]) == len(sound)


def test_the_newest_copy_that_can_be_used_is_found(file: Path, files: SnapshotFiles) -> None:
    assert newest_sound(file) is None
    older, newer = files.take("daily"), files.take("daily")
    newer.file.write_bytes(newer.file.read_bytes()[:5000])
    assert newest_sound(file) == older


def test_a_copy_is_saved_where_the_user_wants_it(files: SnapshotFiles, tmp_path: Path) -> None:
    files.save_copy(tmp_path / "copy.db")
    assert files.look_into(tmp_path / "copy.db").messages == 2
    with pytest.raises(StoreError):
        files.save_copy(tmp_path / "no folder" / "copy.db")
    assert not (tmp_path / "no folder").exists()


async def test_files_that_a_snapshot_names_are_in_use(file: Path) -> None:
    files = SnapshotFiles(file)
    digest = "a" * 64
    script = (RELEASED / "v1.sql").read_text()
    with closing(open_database(file, Schema(1, script, {}))) as connection:
        take_snapshot(connection, file)
    store = await Store.open(file)
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    await store.save_draft("c", Draft("", (AttachmentPart("a.txt", "text/plain", 1, digest),)))
    files.take("daily")
    await store.save_draft("c", Draft())
    assert await store.digests_in_use() == {digest}
    await store.close()


def damage(file: Path) -> None:
    """Overwrite the page on which the messages lie."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'message'"
        ).fetchone()
    data = bytearray(file.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(data)


def test_the_oldest_copy_of_its_kind_is_put_back_though_another_one_comes(
    file: Path, files: SnapshotFiles
) -> None:
    oldest, *_ = [files.take("restore") for _ in range(KEPT["restore"])]
    add(file, "b", ["only now"])
    before = files.put_back(oldest.file)
    assert before in files.list()
    assert (texts(file, "b"), len(texts(file, "a"))) == ([], 2)


def test_no_copy_is_put_back_under_who_has_the_file_open(
    file: Path, files: SnapshotFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_files, "BUSY_TIMEOUT", 0.0)
    taken = files.take("daily")
    with closing(open_database(file)) as other:
        conversations.create(other, ConversationSummary("b", "In the log", 1.0, 9.0))
        with pytest.raises(StoreError):
            files.put_back(taken.file)
        conversations.create(other, ConversationSummary("c", "And later", 1.0, 9.0))
    assert files.look_into(files.take("daily").file).titles == (
        "And later",
        "In the log",
        "Title a",
    )
    assert [path.name for path in file.parent.iterdir() if "restoring" in path.name] == []


def test_a_copy_takes_the_place_of_what_is_no_database(file: Path, files: SnapshotFiles) -> None:
    taken = files.take("daily")
    file.write_bytes(b"no database" * 1000)
    assert files.put_back(taken.file) is None
    assert len(texts(file, "a")) == 2


def test_what_cannot_be_opened_at_all_is_not_replaced(file: Path, files: SnapshotFiles) -> None:
    taken = files.take("daily")
    file.unlink()
    file.mkdir()
    with pytest.raises(StoreError):
        files.put_back(taken.file)
    assert file.is_dir()
