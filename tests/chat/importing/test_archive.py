# SPDX-License-Identifier: MIT
"""Archives as they should not be: each gives one clear error."""

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from chatglm_desktop.chat.importing import archive as archives
from chatglm_desktop.chat.importing.archive import Archive
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.core.errors import (
    ExportDamaged,
    ExportTooLarge,
    NotAnExport,
)
from chatglm_desktop.core.imports import Imported
from tests.chat.importing.conftest import Shelf, read_file
from tests.chat.importing.exports import (
    as_json,
    chatgpt_conversation,
    chatgpt_message,
    chatgpt_node,
    chatgpt_simple,
    zipped,
)


def test_a_zip_bomb_is_refused_unopened(file: Path) -> None:
    file.write_bytes(zipped({"conversations.json": b"[" + b" " * 5_000_000 + b"]"}))
    with pytest.raises(ExportTooLarge):
        read_file(file)


def test_a_member_whose_name_is_empty_is_no_document(file: Path) -> None:
    export = zipped({"conversations.json": [chatgpt_simple()]})
    file.write_bytes(export.replace(b"conversations", b"\0onversations"))
    with pytest.raises(NotAnExport):
        read_file(file)


def test_many_members_that_are_large_together_are_refused(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 3000)
    file.write_bytes(zipped({f"conversations-{n}.json": [chatgpt_simple()] for n in range(3)}))
    with pytest.raises(ExportTooLarge):
        read_file(file)


def test_too_many_members_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    file.write_bytes(zipped({f"{n}.txt": "x" for n in range(4)}))
    with pytest.raises(ExportTooLarge):
        read_file(file)


def test_an_archive_in_an_archive_is_not_opened(file: Path) -> None:
    inner = zipped({"conversations.json": [chatgpt_simple()]})
    file.write_bytes(zipped({"inner.zip": inner, "inner.json": inner}))
    with pytest.raises(NotAnExport):
        read_file(file)


def special(name: str, data: bytes, *, mode: int = 0, flags: int = 0, method: int = 0) -> bytes:
    """An archive with one member of another kind than usual."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = method
        archive.writestr(info, data)
    raw = bytearray(file.getvalue())
    if flags:
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            struct.pack_into("<H", raw, raw.index(signature) + offset, flags)
    return bytes(raw)


@pytest.mark.parametrize(
    "told",
    [
        {"mode": stat.S_IFLNK | 0o777},
        {"flags": 1},
        {"method": zipfile.ZIP_LZMA},
    ],
)
def test_links_locked_and_oddly_packed_members_are_not_read(
    told: dict[str, int], file: Path
) -> None:
    file.write_bytes(special("conversations.json", as_json([chatgpt_simple()]), **told))
    with pytest.raises(NotAnExport):
        read_file(file)


def test_names_that_lead_elsewhere_are_only_names(file: Path, shelf: Shelf) -> None:
    pointer = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1"}
    content = {"content_type": "multimodal_text", "parts": [pointer]}
    metadata = {"attachments": [{"id": "file_1", "name": "../../etc/passwd"}]}
    nodes = {
        "q": chatgpt_node("q", None, [], chatgpt_message("q", "user", content, metadata=metadata))
    }
    members: dict[str, Any] = {
        "../../conversations.json": [chatgpt_conversation(nodes, "q")],
        "..\\..\\file_1.png": b"data",
        "__MACOSX/._conversations.json": b"junk",
    }
    file.write_bytes(zipped(members))
    before = sorted(file.parent.rglob("*"))
    (found,) = read_file(file, Luggage(shelf.keep, shelf.put))
    assert isinstance(found, Imported)
    assert found.messages[0].attachments[0].name == "passwd"
    assert sorted(file.parent.rglob("*")) == before


def test_a_member_that_is_damaged_or_too_large_is_left_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = bytearray(special("f.png", b"hello"))
    raw[raw.index(b"hello")] = 0
    with Archive(BytesIO(bytes(raw))) as archive:
        info = archive.find("f")
        assert info is not None
        assert archive.read(info) is None
        monkeypatch.setattr(archives, "MOST_FILE_BYTES", 3)
        assert archive.read(info) is None


def test_a_member_whose_beginning_is_damaged_is_told() -> None:
    raw = bytearray(zipped({"conversations.json": [chatgpt_simple()]}))
    raw[0:4] = b"JUNK"
    with Archive(BytesIO(bytes(raw))) as archive:
        (info,) = archive.documents()
        with pytest.raises(ExportDamaged), archive.open(info):
            pass
