# SPDX-License-Identifier: MIT
"""Files by their digest: whole or not at all, private, kept once, collected when unused."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.store.attachments import AttachmentFiles

LATER = 2.0**33
"""Seconds since the epoch, after anything that a test writes."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "attachments"


@pytest.fixture
def files(folder: Path) -> AttachmentFiles:
    return AttachmentFiles(folder)


def test_what_was_put_is_read(files: AttachmentFiles, folder: Path) -> None:
    digest = files.put(b"data")
    assert digest == hashlib.sha256(b"data").hexdigest()
    assert files.path(digest) == folder / digest
    assert files.read(digest) == b"data"
    assert files.size(digest) == 4


def test_the_same_bytes_are_kept_once(files: AttachmentFiles, folder: Path) -> None:
    digest = files.put(b"data")
    os.utime(files.path(digest), (1.0, 1.0))
    assert files.put(b"data") == digest
    assert [file.name for file in folder.iterdir()] == [digest]
    assert files.path(digest).stat().st_mtime > 1.0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_them(files: AttachmentFiles, folder: Path) -> None:
    file = files.path(files.put(b"data"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../secret", "A" * 64, "0" * 63, "0" * 64 + "/"])
def test_nothing_but_a_digest_is_a_name(files: AttachmentFiles, name: str) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        files.read(name)


def test_a_file_that_was_changed_is_not_there_and_can_be_put_again(
    files: AttachmentFiles,
) -> None:
    digest = files.put(b"data")
    files.path(digest).write_bytes(b"other")
    with pytest.raises(FileNotFoundError, match="changed"):
        files.read(digest)
    assert files.put(b"data") == digest
    assert files.read(digest) == b"data"


def test_missing_files_are_told(files: AttachmentFiles) -> None:
    with pytest.raises(FileNotFoundError):
        files.read("0" * 64)
    with pytest.raises(FileNotFoundError):
        files.size("0" * 64)


def test_a_file_that_cannot_be_written_leaves_nothing(
    files: AttachmentFiles, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.put(b"data")
    assert list(folder.iterdir()) == []


def test_unused_files_are_collected(files: AttachmentFiles, folder: Path) -> None:
    kept, unused = files.put(b"kept"), files.put(b"unused")
    (folder / "left.part").write_bytes(b"half")
    (folder / "notes").write_bytes(b"not ours")
    assert files.digests(LATER) == {kept, unused}
    assert files.collect({kept, "0" * 64}, LATER) == 2
    assert {file.name for file in folder.iterdir()} == {kept, "notes"}


def test_new_files_are_not_collected(files: AttachmentFiles, folder: Path) -> None:
    old, new = files.put(b"old"), files.put(b"new")
    (folder / "new.part").write_bytes(b"half")
    os.utime(files.path(old), (1.0, 1.0))
    assert files.digests(older_than=2.0) == {old}
    assert files.collect((), older_than=2.0) == 1
    assert {file.name for file in folder.iterdir()} == {new, "new.part"}


def test_without_a_folder_there_is_nothing(files: AttachmentFiles) -> None:
    assert files.digests(LATER) == set()
    assert files.collect((), LATER) == 0


@given(data=st.binary(max_size=2000))
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    files = AttachmentFiles(tmp_path_factory.mktemp("files"))
    assert files.read(files.put(data)) == data
