# SPDX-License-Identifier: MIT
"""Files as they should not be: each gives one clear error."""

from __future__ import annotations

import gzip
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop.chat.importing import archive as archives
from chatglm_desktop.chat.importing import import_file
from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.errors import (
    ExportDamaged,
    ExportIsCopy,
    ExportTooLarge,
    ImportFailed,
    ImportUnreadable,
    NotAnExport,
)
from chatglm_desktop.core.imports import Imported
from tests.chat.importing.conftest import read_file
from tests.chat.importing.exports import (
    as_json,
    chatgpt_simple,
    cherry_simple,
    zipped,
)


def test_what_is_not_there_or_no_file_cannot_be_opened(tmp_path: Path) -> None:
    paths = [tmp_path / "gone", tmp_path, Path("a\0b")]
    if hasattr(os, "mkfifo"):
        paths.append(tmp_path / "pipe")
        os.mkfifo(paths[-1])
    for path in paths:
        with pytest.raises(ImportUnreadable):
            read_file(path)


def test_a_file_that_cannot_be_read_is_said_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            raise OSError("i/o error")

    file.write_bytes(b"[]")
    monkeypatch.setattr(Path, "open", lambda *_: Broken())
    with pytest.raises(ImportUnreadable):
        read_file(file)


def test_a_disk_that_fails_in_the_middle_is_said_so(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            if self.tell() > 3:
                raise OSError("i/o error")
            return super().read(4)

    file.write_bytes(b"[]")
    monkeypatch.setattr(Path, "open", lambda *_: Failing(as_json([chatgpt_simple()])))
    with pytest.raises(ImportUnreadable):
        read_file(file)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'"text"',
        b"7",
        b'[{"role": "user"}]',
        b'{"messages": []}',
        b'{"messages": [1, {"role": "user"}]}',
        b'{"format": "another"}',
        b'{"format": 5, "conversations": [{"id": 1}], "x": {"y": 1}}',
        b"\x89PNG\r\n\x1a\n\xff\xff",
        zipped({"a.txt": "x"}),
        zipped({}),
        zipped({"users.json": [], "notes.txt": as_json([chatgpt_simple()])}),
    ],
)
def test_files_of_nobody_are_told_from_broken_ones(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    with pytest.raises(NotAnExport):
        read_file(file)


@pytest.mark.parametrize(
    "data",
    [
        b"[",
        b'{"format": "chatglm-desktop", "version": 1',
        as_json([chatgpt_simple()])[:-1],
        as_json([chatgpt_simple()]) + b"x",
        as_json(cherry_simple())[:-300],
        b"PK\x03\x04 and nothing else",
        zipped({"conversations.json": [chatgpt_simple()]})[:-40],
        zipped({"conversations.json": b"[{"}),
        gzip.compress(as_json(cherry_simple()))[:-20],
        b"\x1f\x8b nothing",
    ],
)
def test_broken_files_are_damaged(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    with pytest.raises(ExportDamaged):
        read_file(file)


def test_an_archive_may_hold_broken_files_of_others(file: Path) -> None:
    members: dict[str, Any] = {"a.json": b"{", "b.json": b"\xff\xfe", "c.json": [chatgpt_simple()]}
    file.write_bytes(zipped(members))
    assert len(read_file(file)) == 1


def test_bytes_changed_inside_an_archive_are_found(file: Path) -> None:
    data = bytearray(zipped({"conversations.json": [chatgpt_simple()]}))
    begin = data.index(b"conversations.json") + 60
    data[begin : begin + 20] = b"\x00" * 20
    file.write_bytes(data)
    with pytest.raises(ImportFailed):
        read_file(file)


def test_a_backup_that_is_a_copy_of_a_database_is_told(file: Path) -> None:
    members: dict[str, Any] = {
        "metadata.json": {"version": 6},
        "IndexedDB/file__0.leveldb/000003.log": b"x",
    }
    file.write_bytes(zipped(members))
    with pytest.raises(ExportIsCopy):
        read_file(file)


@pytest.mark.parametrize(
    "export",
    [
        {"session:s": {"id": "s", "messages": []}, "chat-sessions-list": []},
        {"settings": {}, "chat-sessions": []},
    ],
)
def test_chatbox_is_known_by_any_of_its_keys(export: Any, file: Path) -> None:
    file.write_bytes(as_json(export))
    opened = ImportFile(file)
    assert opened.path == file
    assert opened.source(Reading()) == "chatbox"


def test_backups_packed_with_gzip_are_read(file: Path) -> None:
    file.write_bytes(gzip.compress(as_json(cherry_simple())))
    assert any(isinstance(found, Imported) for found in read_file(file))


def test_a_file_of_two_gigabytes_is_refused_at_once(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(archives.MOST_BYTES + 1)
    with pytest.raises(ExportTooLarge):
        read_file(file)


def test_nearly_two_gigabytes_of_nothing_are_read_no_further_than_needed(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(archives.MOST_BYTES - 1)
    told: list[float] = []
    with pytest.raises(NotAnExport):
        ImportFile(file).source(Reading(told.append))


def test_gzip_that_unpacks_to_too_much_is_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_file, "MOST_BYTES", 1000)
    file.write_bytes(gzip.compress(b"[" + b" " * 100_000))
    with pytest.raises(ExportTooLarge):
        read_file(file)
