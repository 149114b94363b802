# SPDX-License-Identifier: MIT
"""Reads exports that are made in the test, as the program reads files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.attachments import Refused
from chatglm_desktop.core.imports import Imported
from chatglm_desktop.core.messages import AttachmentPart, Message
from tests.chat.importing.exports import as_json

NOW = 1_790_000_000.0


class Shelf:
    """Keeps files in memory; refuses what begins with "bad"."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.names: list[str] = []

    def keep(self, name: str, data: bytes) -> AttachmentPart:
        if data.startswith(b"bad"):
            raise Refused("unknown kind")
        self.names.append(name)
        return AttachmentPart(name, "text/plain", len(data), self.put(data))

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.files[digest] = data
        return digest


ReadExport = Callable[..., list[Found]]
ReadOne = Callable[[Any], Imported]


def branch(found: Imported) -> list[Message]:
    """The messages of the branch that is active, oldest first."""
    by_id = {message.id: message for message in found.messages}
    path: list[Message] = []
    at = found.leaf_id
    while at is not None:
        path.insert(0, by_id[at])
        at = by_id[at].parent_id
    return path


def read_file(file: Path, luggage: Luggage | None = None) -> list[Found]:
    """All that is found in a file."""
    return list(ImportFile(file).read(Journey(luggage or Luggage(), NOW), Reading()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where an export may lie."""
    return tmp_path / "export.zip"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def luggage(shelf: Shelf) -> Luggage:
    return Luggage(shelf.keep, shelf.put)


@pytest.fixture
def read(tmp_path: Path, luggage: Luggage) -> ReadExport:
    """All that is found in an export, which is given as bytes or as plain values."""

    def read(export: Any) -> list[Found]:
        file = tmp_path / "export"
        file.write_bytes(as_json(export))
        return read_file(file, luggage)

    return read


@pytest.fixture
def read_one(read: ReadExport) -> ReadOne:
    """The only conversation of an export."""

    def read_one(export: Any) -> Imported:
        (found,) = read(export)
        assert isinstance(found, Imported)
        return found

    return read_one
