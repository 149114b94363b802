# SPDX-License-Identifier: MIT
"""The whole way: a file, what it would do, what it has done; with the real store."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop.chat.importing import importer as importing
from chatglm_desktop.chat.importing.importer import Importer
from chatglm_desktop.chat.importing.plan import Report, Target
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.errors import ExportDamaged, NotAnExport, StoreError
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.store import Store
from tests.chat.importing.conftest import NOW, Shelf
from tests.chat.importing.exports import (
    as_json,
    chatbox_simple,
    chatgpt_simple,
    cherry_simple,
    claude_message,
    claude_simple,
    nextchat_simple,
    own_message,
    own_simple,
    zipped,
)
from tests.helpers.trash import trash


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "conversations.db")
    yield store
    await store.close()


@pytest.fixture
def importer(store: Store, shelf: Shelf) -> Importer:
    return Importer(store, shelf.keep, shelf.put, lambda: NOW)


def written(folder: Path, export: Any, name: str = "export") -> Path:
    file = folder / name
    file.write_bytes(as_json(export))
    return file


async def both(importer: Importer, file: Path, target: Target | None = None) -> Report:
    preview = await importer.look(file, Reading())
    return await importer.take_in(preview, target or Target(), Reading())


def many(count: int) -> list[dict[str, Any]]:
    return [
        chatgpt_simple() | {"conversation_id": f"c{n}", "title": f"Number {n}"}
        for n in range(count)
    ]


@pytest.mark.parametrize(
    "case",
    [
        ([chatgpt_simple()], "chatgpt", 4),
        ([claude_simple()], "claude", 2),
        (cherry_simple(), "cherry-studio", 2),
        (zipped({"data.json": cherry_simple()}), "cherry-studio", 2),
        (chatbox_simple(), "chatbox", 2),
        (nextchat_simple(), "nextchat", 2),
        (own_simple(), "chatglm-desktop", 2),
    ],
)
async def test_each_program_is_known_by_what_it_writes_and_twice_makes_no_doubles(
    case: tuple[Any, str, int], importer: Importer, store: Store, tmp_path: Path
) -> None:
    export, source, messages = case
    file = written(tmp_path, export, "any name.txt")
    preview = await importer.look(file, Reading())
    assert (preview.source, preview.new, preview.messages) == (source, 1, messages)
    assert preview.has_news
    assert await store.conversations() == []
    report = await importer.take_in(preview, Target(), Reading())
    (summary,) = await store.conversations()
    assert report == Report((summary.id,), (), messages)
    again = await importer.look(file, Reading())
    assert (again.new, again.grown, again.known, again.messages) == (0, 0, 1, 0)
    assert not again.has_news
    assert await importer.take_in(again, Target(), Reading()) == Report()
    assert len(await store.conversations()) == 1


async def test_a_newer_export_adds_its_new_messages(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    await both(importer, written(tmp_path, [claude_simple()]))
    newer = claude_simple()
    newer["chat_messages"].append(claude_message("m3", "human", "And rye?"))
    preview = await importer.look(written(tmp_path, [newer]), Reading())
    assert (preview.new, preview.grown, preview.messages) == (0, 1, 1)
    report = await importer.take_in(preview, Target(), Reading())
    assert (report.new, len(report.grown), report.messages) == ((), 1, 1)
    history = await store.load_history(report.grown[0], 10)
    assert [m.text for m in history.messages][-1] == "And rye?"


async def test_they_get_into_a_new_folder_or_one_that_is_there(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    first = await both(importer, written(tmp_path, many(2)), Target(new_folder="ChatGPT"))
    assert first.new_folder_id is not None
    await both(importer, written(tmp_path, many(3)), Target(folder_id=first.new_folder_id))
    assert {c.folder_id for c in await store.conversations()} == {first.new_folder_id}


async def test_folders_of_the_file_lie_in_the_one_that_is_chosen(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    report = await both(
        importer, written(tmp_path, cherry_simple()), Target(new_folder="Cherry Studio")
    )
    (summary,) = await store.conversations()
    assert summary.folder_id not in (None, report.new_folder_id)


async def test_many_are_written_in_several_steps(
    importer: Importer, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_MESSAGES", 10)
    told: list[float] = []
    file = written(tmp_path, many(20))
    preview = await importer.look(file, Reading(told.append))
    assert told == sorted(told)
    assert told[-1] == 1.0
    report = await importer.take_in(preview, Target(), Reading())
    assert len(report.new) == len(await store.conversations()) == 20
    assert report.messages == 80


async def test_numbers_ascend_with_time_over_all_steps(
    importer: Importer, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_MESSAGES", 1)
    await both(importer, written(tmp_path, many(5)))
    with closing(sqlite3.connect(tmp_path / "conversations.db")) as connection:
        rows = connection.execute("SELECT created_at FROM message ORDER BY number").fetchall()
    assert len(rows) == 20
    assert rows == sorted(rows)


async def test_one_that_stands_twice_counts_once_and_loses_nothing(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    longer = claude_simple()
    longer["chat_messages"].append(claude_message("m3", "human", "And rye?"))
    preview = await importer.look(written(tmp_path, [claude_simple(), longer]), Reading())
    assert (preview.new, preview.messages) == (1, 3)
    report = await importer.take_in(preview, Target(), Reading())
    assert (len(report.new), report.grown, report.messages) == (1, (), 3)


async def test_what_stays_out_is_told_with_its_reason(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    report = await both(importer, written(tmp_path, [claude_simple()]))
    await trash(store, report.new[0], 1.0)
    newer = claude_simple()
    newer["chat_messages"].append(claude_message("m3", "human", "And rye?"))
    preview = await importer.look(written(tmp_path, [newer, {"uuid": "x"}]), Reading())
    assert preview.skipped == (Skipped("", "broken"), Skipped("Bread", "in the trash"))
    assert not preview.has_news


async def test_files_are_kept_only_with_conversations_that_are_taken_in(
    importer: Importer, store: Store, shelf: Shelf, tmp_path: Path
) -> None:
    attachment = {"file_name": "a.txt", "file_type": "txt", "extracted_content": "hello"}
    export = claude_simple()
    export["chat_messages"][0]["attachments"] = [attachment, attachment | {"extracted_content": ""}]
    file = written(tmp_path, [export])
    preview = await importer.look(file, Reading())
    assert (preview.files, preview.file_bytes, preview.left_out) == (1, 5, 1)
    assert shelf.files == {}
    report = await importer.take_in(preview, Target(), Reading())
    assert list(shelf.files.values()) == [b"hello"]
    history = await store.load_history(report.new[0], 10)
    (part,) = history.messages[0].attachments
    assert isinstance(part, AttachmentPart)
    assert shelf.files[part.digest] == b"hello"
    shelf.files.clear()
    other = claude_simple() | {"uuid": "other"}
    await both(importer, written(tmp_path, [export, other]))
    assert shelf.files == {}


async def test_stopping_keeps_what_is_whole(
    importer: Importer, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_MESSAGES", 4)
    preview = await importer.look(written(tmp_path, many(20)), Reading())
    reading = Reading()
    write = store.importing.write

    async def stop_after_one(*args: Any) -> Any:
        reading.stop()
        return await write(*args)

    monkeypatch.setattr(store.importing, "write", stop_after_one)
    report = await importer.take_in(preview, Target(new_folder="New"), reading)
    assert report.stopped
    assert len(report.new) == 1
    assert report.messages == 4
    assert report.new_folder_id is not None


async def test_looking_can_be_given_up(importer: Importer, tmp_path: Path) -> None:
    reading = Reading()
    reading.stop()
    with pytest.raises(GivenUp):
        await importer.look(written(tmp_path, many(2)), reading)


async def test_being_cancelled_ends_the_reading(
    importer: Importer, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await importer.look(written(tmp_path, many(3)), Reading())
    reading = Reading()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def never(*_: Any) -> None:
        begun.set()
        await go_on.wait()

    monkeypatch.setattr(store.importing, "write", never)
    task = asyncio.ensure_future(importer.take_in(preview, Target(), reading))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(GivenUp):
        reading.go_on()


async def test_being_cancelled_while_a_thread_reads_waits_for_nothing(
    store: Store, shelf: Shelf, tmp_path: Path
) -> None:
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow(name: str, data: bytes) -> AttachmentPart:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(60)
        return shelf.keep(name, data)

    export = claude_simple()
    export["chat_messages"][0]["attachments"] = [{"file_name": "a", "extracted_content": "b"}]
    importer = Importer(store, slow, shelf.put, lambda: NOW)
    preview = await importer.look(written(tmp_path, [export]), Reading())
    task = asyncio.ensure_future(importer.take_in(preview, Target(), Reading()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    assert await store.conversations() == []


async def test_a_store_that_fails_ends_the_import_and_says_so(
    importer: Importer, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_MESSAGES", 4)
    preview = await importer.look(written(tmp_path, many(3)), Reading())
    write = store.importing.write
    steps = iter([write])

    async def once(*args: Any) -> Any:
        step = next(steps, None)
        if step is None:
            raise StoreError("full")
        return await step(*args)

    monkeypatch.setattr(store.importing, "write", once)
    report = await importer.take_in(preview, Target(), Reading())
    assert isinstance(report.error, StoreError)
    assert len(report.new) == 1


async def test_a_file_that_changes_meanwhile_ends_the_import(
    importer: Importer, store: Store, tmp_path: Path
) -> None:
    file = written(tmp_path, many(3))
    preview = await importer.look(file, Reading())
    file.write_bytes(file.read_bytes()[:-20])
    report = await importer.take_in(preview, Target(), Reading())
    assert isinstance(report.error, ExportDamaged)
    assert report.new == ()
    assert await store.conversations() == []


@pytest.mark.parametrize(
    ("export", "error"),
    [([1, 2], NotAnExport), (as_json([chatgpt_simple()])[:-9], ExportDamaged)],
)
async def test_a_bad_file_is_one_error_and_nothing_has_changed(
    export: Any, error: type[Exception], importer: Importer, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(error):
        await importer.look(written(tmp_path, export), Reading())
    assert await store.conversations() == []


async def test_our_own_files_come_back_as_they_were(
    importer: Importer, store: Store, shelf: Shelf, tmp_path: Path
) -> None:
    digest = shelf.put(b"picture")
    shelf.files.clear()
    export = own_simple()
    part = {"type": "attachment", "name": "p.png", "media_type": "image/png", "size": 7}
    export["conversations"][0]["messages"][0]["parts"].append(part | {"digest": digest})
    export["conversations"][0]["messages"].append(
        own_message("m3", "m1", "assistant", "No.", 1_770_000_200.0)
    )
    export["files"] = {
        digest: {"media_type": "image/png", "base64": "cGljdHVyZQ=="},
        "0" * 64: {"media_type": "image/png", "base64": "cGljdHVyZQ=="},
    }
    file = written(tmp_path, export)
    preview = await importer.look(file, Reading())
    assert (preview.files, preview.messages) == (2, 3)
    report = await importer.take_in(preview, Target(), Reading())
    assert report.left_out == 1
    assert shelf.files == {digest: b"picture"}
    (summary,) = await store.conversations()
    assert (summary.id, summary.title, summary.folder_id) == ("c1", "Plan", "f1")
    history = await store.load_history("c1", 10)
    assert [m.id for m in history.messages] == ["m1", "m2"]
    assert history.messages[0].attachments == (AttachmentPart("p.png", "image/png", 7, digest),)
