# SPDX-License-Identifier: MIT
"""A library that is opened: looked through after a bad end, mended or rescued where needed."""

# ruff: noqa: ASYNC240 # files are small here

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.errors import (
    DatabaseForeign,
    DatabaseTooNew,
    StoreError,
)
from chatglm_desktop.store import Store
from chatglm_desktop.store.opening import RunningMark, open_rescued
from chatglm_desktop.store.schema import VERSION
from tests.helpers.damage import CONVERSATIONS, EACH, all_texts, fill, is_sound, leaves, overwrite


async def test_a_fault_that_new_indices_do_not_mend_is_damage(file: Path) -> None:
    fill(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "PRAGMA writable_schema = ON;"
            "UPDATE sqlite_schema SET sql = replace(sql, 'title TEXT NOT NULL',"
            " 'title INTEGER NOT NULL') WHERE name = 'conversation';"
        )
    store = await Store.open_rescued(file, check=True)
    assert store.rescue is not None
    assert len(await store.conversations()) == CONVERSATIONS
    await store.close()


async def test_of_a_large_file_only_the_pages_are_looked_through(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    monkeypatch.setattr("chatglm_desktop.store.opening.THOROUGH", 1000)
    sound = await Store.open_rescued(file, check=True)
    await sound.close()
    assert sound.rescue is None
    overwrite(file, leaves(file, "message")[3])
    damaged = await Store.open_rescued(file, check=True)
    await damaged.close()
    assert damaged.rescue is not None


async def test_a_rescue_that_was_ended_in_the_middle_of_its_end_is_finished(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    overwrite(file, leaves(file, "message")[3])
    replace = Path.replace

    def killed(source: Path, target: Path) -> Path:
        if target == file:
            raise KeyboardInterrupt
        return replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            open_rescued(file, check=True)
    assert not file.exists()
    store = await Store.open_rescued(file, check=True)
    assert len(await store.conversations()) == CONVERSATIONS
    await store.close()


async def test_a_damaged_file_is_rescued_when_the_window_opens_it(file: Path) -> None:
    fill(file)
    overwrite(file, leaves(file, "message")[3])
    store = await Store.open_rescued(file, check=True)
    assert store.rescue is not None
    assert store.rescue.messages > 0.8 * CONVERSATIONS * EACH
    assert len(await store.conversations()) == CONVERSATIONS
    await store.close()
    for check in (True, False):
        again = await Store.open_rescued(file, check=check)
        assert again.rescue is None
        await again.close()


async def test_an_index_that_does_not_fit_is_made_anew(file: Path) -> None:
    fill(file)
    before = await all_texts(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'parent_id)', 'created_at)')"
            " WHERE name = 'message_by_parent'"
        )
        connection.commit()
    assert not is_sound(file)
    connection, rescue = open_rescued(file, check=True)
    connection.close()
    assert rescue is None
    assert is_sound(file)
    assert await all_texts(file) == before


async def test_files_that_are_not_damaged_but_not_ours_are_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE bookmark (url TEXT)")
    before = file.read_bytes()
    with pytest.raises(DatabaseForeign):
        await Store.open_rescued(file, check=True)
    file.write_bytes(before)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(DatabaseTooNew):
        await Store.open_rescued(file, check=True)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


async def test_a_rescue_for_which_there_is_no_room_leaves_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    overwrite(file, 1, b"\0" * 100)
    before = file.read_bytes()
    file.with_name("conversations-rescued.db").mkdir()
    with pytest.raises(StoreError):
        await Store.open_rescued(file, check=False)
    assert file.read_bytes() == before


def test_the_mark_tells_whether_the_last_run_has_ended(file: Path) -> None:
    mark = RunningMark(file)
    assert not mark.left
    mark.begin()
    assert RunningMark(file).left
    mark.end()
    assert not RunningMark(file).left
    mark.end()


def test_where_nothing_can_be_written_there_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    mark = RunningMark(tmp_path / "file" / "conversations.db")
    mark.begin()
    assert not mark.left
    mark.end()
