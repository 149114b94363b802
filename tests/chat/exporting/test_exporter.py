# SPDX-License-Identifier: MIT
"""Exports from a real store: one, selected, folder, all; complete or not there."""

from __future__ import annotations

import asyncio
import errno
import json
import random
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chatglm_desktop.chat.exporting.exporter import SLICE, Exporter, Progress
from chatglm_desktop.chat.exporting.outputs import OneFile
from chatglm_desktop.chat.exporting.thread import WorkThread
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportFormat
from chatglm_desktop.core.exports import (
    SUFFIXES,
    Chosen,
    Everything,
    ExportFailed,
    ExportProblem,
    InFolder,
    Messages,
)
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import AttachmentPart, Message, MessageState, Role, TextPart
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.exports import order
from tests.helpers.trash import trash

Read = Callable[[str], str]
Error = tuple[int, ExportProblem]


async def conversation(
    store: Store, id: str, title: str, *texts: str, folder_id: str | None = None
) -> None:
    await store.create_conversation(ConversationSummary(id, title, 1.0, 1.0, folder_id=folder_id))
    parent = None
    for number, text in enumerate(texts):
        role = Role.ASSISTANT if number % 2 else Role.USER
        message = Message(f"{id}{number}", role, (TextPart(text),), number + 1.0, parent)
        await store.add_message(id, message)
        parent = message.id


@pytest.fixture
async def library(store: Store) -> None:
    """Two conversations in folders, two of the same name, one in the trash."""
    await store._do(_add_folders)
    await conversation(store, "a", "Title", "one", folder_id="f")
    await conversation(store, "b", "title", "two")
    await conversation(store, "c", "TITLE", "three")
    await conversation(store, "d", "con", "four", folder_id="g")
    await conversation(store, "e", "", "five")
    await conversation(store, "x", "gone", "six")
    await trash(store, "x", 9.0)


def _add_folders(connection: object) -> None:
    from chatglm_desktop.store.rows import FOLDER_COLUMNS, folder_to_row

    for folder in (Folder("f", "Work: now", 1.0), Folder("g", "内部", 2.0, "f")):
        connection.execute(  # type: ignore[attr-defined]
            f"INSERT INTO folder ({FOLDER_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            folder_to_row(folder),
        )


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def files(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("format", [f for f in SUFFIXES if f != "pdf"])
async def test_one_conversation_is_one_file(
    exporter: Exporter, rich: str, folder: Path, format: ExportFormat
) -> None:
    target = folder / f"mine{SUFFIXES[format]}"
    result = await exporter.export(order(target, format))
    assert (result.target, result.conversations) == (target, 1)
    assert result.messages == (5 if format == "json" else 4)
    assert result.missing == (1 if format in ("markdown", "json") else 0)
    assert target.read_text(encoding="utf-8").count("重点") == 1
    assert len(names(folder)) == (2 if format == "markdown" else 1)


async def test_all_are_files_in_folders_as_in_the_library(
    exporter: Exporter, library: None, folder: Path
) -> None:
    result = await exporter.export(order(folder / "all", "text", Everything()))
    assert result.conversations == 5
    assert files(folder / "all") == [
        "Conversation.txt",
        "TITLE.txt",
        "Work now/Title.txt",
        "Work now/内部/con_.txt",
        "title (2).txt",
    ]


async def test_a_folder_is_exported_with_those_in_it(
    exporter: Exporter, library: None, folder: Path
) -> None:
    result = await exporter.export(order(folder / "work", "markdown", InFolder("f")))
    assert result.conversations == 2
    assert files(folder / "work") == ["Work now/Title.md", "Work now/内部/con_.md"]


async def test_several_can_be_packed(exporter: Exporter, library: None, folder: Path) -> None:
    target = folder / "some.zip"
    result = await exporter.export(
        order(target, "html", Chosen(("a", "b", "missing", "c")), zipped=True)
    )
    assert (result.target, result.conversations) == (target, 3)
    with zipfile.ZipFile(target) as packed:
        assert sorted(packed.namelist()) == [
            "TITLE (2).html",
            "Work now/Title.html",
            "title.html",
        ]
        assert packed.testzip() is None
    assert files(folder) == ["some.zip"]


async def test_attached_files_are_packed_too(exporter: Exporter, rich: str, folder: Path) -> None:
    target = folder / "all.zip"
    await exporter.export(order(target, "markdown", Everything(), zipped=True))
    with zipfile.ZipFile(target) as packed:
        names = packed.namelist()
    assert [name for name in names if name.startswith("files/")] != []
    assert "天气 a b.md" in names


async def test_a_file_of_several_conversations_is_packed_once(
    exporter: Exporter, store: Store, attached: AttachmentFiles, folder: Path
) -> None:
    part = AttachmentPart("a.txt", "text/plain", 2, attached.put(b"hi"))
    for id in ("one", "two"):
        await conversation(store, id, id)
        await store.add_message(id, Message(f"{id}0", Role.USER, (part, part), 1.0))
    target = folder / "all.zip"
    await exporter.export(order(target, "markdown", Everything(), zipped=True))
    with zipfile.ZipFile(target) as packed:
        names = packed.namelist()
    assert len(names) == len(set(names)) == 3


async def test_json_holds_the_folders_that_are_exported(
    exporter: Exporter, library: None, folder: Path
) -> None:
    for scope, count in ((Everything(), 5), (InFolder("g"), 1)):
        await exporter.export(order(folder / "a.json", "json", scope))
        told = json.loads((folder / "a.json").read_text(encoding="utf-8"))
        assert len(told["conversations"]) == count
        assert {one["id"] for one in told["folders"]} == {"f", "g"}


async def test_nothing_is_taken_away_under_the_hands_of_the_thread(folder: Path) -> None:
    thread = WorkThread("test")
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(20)
        done.set()

    task = asyncio.ensure_future(thread.run(work))
    await asyncio.to_thread(begun.wait, 20)
    task.cancel()
    asyncio.get_running_loop().call_soon(go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done.is_set()
    thread.close()


async def test_an_existing_folder_is_left_alone(
    exporter: Exporter, library: None, folder: Path
) -> None:
    (folder / "all").mkdir()
    (folder / "all" / "mine").touch()
    result = await exporter.export(order(folder / "all", "text", Everything()))
    assert result.target == folder / "all (2)"
    assert files(folder / "all") == ["mine"]


async def test_single_messages_are_exported(exporter: Exporter, rich: str, folder: Path) -> None:
    target = folder / "some.json"
    await exporter.export(order(target, "json", Messages("rich", 1, 2)))
    [told] = json.loads(target.read_text(encoding="utf-8"))["conversations"]
    assert [(m["id"], m["parent_id"]) for m in told["messages"]] == [("a", None), ("q2", "a")]
    assert told["leaf_id"] == "q2"


async def test_a_reply_that_still_arrives_is_told_so_far(
    exporter: Exporter, store: Store, rich: str, folder: Path, read: Read
) -> None:
    reply = Message("r", Role.ASSISTANT, (), 1.0, "a2", MessageState.STREAMING)
    await store.add_message(rich, reply)
    await store.append_journal("r", [JournalEntry("text", "So far")])
    await exporter.export(order(folder / "a.md", "markdown"))
    assert "So far\n\n*Still being written*" in read("a.md")


async def test_a_long_conversation_is_read_in_slices_and_tells_how_far_it_is(
    exporter: Exporter, store: Store, folder: Path
) -> None:
    await conversation(store, "l", "Long", *(f"text {n}" for n in range(2 * SLICE + 50)))
    told: list[Progress] = []
    for format in ("text", "json"):
        told.clear()
        target = folder / f"long.{format}"
        result = await exporter.export(order(target, format, Chosen(("l",))), told.append)
        assert result.messages == 2 * SLICE + 50
        assert [p.messages for p in told] == [SLICE, 2 * SLICE, 2 * SLICE + 50]
        assert told[-1].share == 1.0
        assert f"text {2 * SLICE + 49}" in target.read_text(encoding="utf-8")


async def test_nothing_is_left_when_it_is_cancelled(
    exporter: Exporter, store: Store, folder: Path
) -> None:
    await conversation(store, "l", "Long", *map(str, range(3 * SLICE)))
    task: asyncio.Task[object] | None = None

    def cancel(progress: Progress) -> None:
        assert task is not None
        task.cancel()

    for format in ("text", "json"):
        work = exporter.export(order(folder / "long", format, Chosen(("l",))), cancel)
        task = asyncio.ensure_future(work)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert names(folder) == []


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets every renaming of a file fail with an error number."""

    def break_it(code: int) -> None:
        def fail(path: Path, target: Path) -> Path:
            raise OSError(code, "no")

        monkeypatch.setattr(Path, "replace", fail)
        monkeypatch.setattr(Path, "rename", fail)

    return break_it


@pytest.mark.parametrize(
    "error",
    [
        (errno.ENOSPC, "disk full"),
        (errno.EACCES, "not permitted"),
        (errno.EROFS, "read only"),
        (errno.EIO, "other"),
    ],
)
async def test_nothing_is_left_when_the_disk_does_not_take_it(
    exporter: Exporter, rich: str, folder: Path, broken_disk: Callable[[int], None], error: Error
) -> None:
    broken_disk(error[0])
    for format in ("markdown", "json"):
        with pytest.raises(ExportFailed) as caught:
            await exporter.export(order(folder / "a", format))
        assert caught.value.problem == error[1]
        assert names(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits sizes of files")
@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
@pytest.mark.parametrize("zipped", [True, False])
async def test_nothing_is_left_when_a_file_becomes_too_large(
    exporter: Exporter, store: Store, folder: Path, format: ExportFormat, *, zipped: bool
) -> None:
    import resource

    # The database itself is read, and grows no more.
    for id in ("a", "b"):
        await conversation(store, id, id, random.Random(id).randbytes(300_000).hex())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(ExportFailed) as caught:
            await exporter.export(order(folder / "a", format, Everything(), zipped=zipped))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.problem == "too large"
    assert names(folder) == []


async def test_a_folder_that_is_gone_is_told(exporter: Exporter, rich: str, folder: Path) -> None:
    with pytest.raises(ExportFailed) as caught:
        await exporter.export(order(folder / "gone" / "a.md", "markdown"))
    assert caught.value.problem == "no folder"


async def test_nothing_to_export_is_told(exporter: Exporter, store: Store, folder: Path) -> None:
    none, nobody = Chosen(("none",)), Chosen(("n", "m"))
    orders = [
        order(folder / "a", "text", Everything()),
        order(folder / "a", "text", none),
        order(folder / "a", "json", none),
        order(folder / "a", "text", nobody, zipped=True),
    ]
    for each in orders:
        with pytest.raises(ExportFailed) as caught:
            await exporter.export(each)
        assert caught.value.problem == "nothing"
        assert names(folder) == []


async def test_a_pdf_needs_its_writer(exporter: Exporter, rich: str, folder: Path) -> None:
    with pytest.raises(ExportFailed, match="no PDF"):
        await exporter.export(order(folder / "a.pdf", "pdf"))


async def test_a_second_export_uses_the_files_that_are_there(
    exporter: Exporter, rich: str, folder: Path
) -> None:
    for _ in range(2):
        await exporter.export(order(folder / "a.md", "markdown"))
        assert len(files(folder)) == 2


async def test_files_that_are_new_go_again_if_the_last_step_fails(
    exporter: Exporter, rich: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExportFailed):
        await exporter.export(order(folder / "a.md", "markdown"))
    assert names(folder) == []


async def test_discarding_an_output_of_nothing_is_harmless(folder: Path) -> None:
    def never(path: Path, files: Path, address: str) -> object:
        raise AssertionError

    output = OneFile(folder / "a.md", "files", never)  # type: ignore[arg-type]
    output.discard()
    assert names(folder) == []
