# SPDX-License-Identifier: MIT
"""What is found in files before they are sent, and what is kept of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from chatglm_desktop.chat.file_texts import FileTexts
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.attachments import MOST_TEXT_BYTES, PDF_TYPE, TEXT_TYPE, Look, Refused
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.pdf_files import pdf


class Shelf:
    """Real files in a folder, and parts that name them."""

    def __init__(self, folder: Path) -> None:
        self.files = AttachmentFiles(folder)

    def part(self, data: bytes, media_type: str = TEXT_TYPE) -> AttachmentPart:
        return AttachmentPart("a file", media_type, len(data), self.files.put(data))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def texts(shelf: Shelf) -> FileTexts:
    return FileTexts(shelf.files)


def test_text_is_read_in_its_encoding(shelf: Shelf, texts: FileTexts) -> None:
    assert texts.text(shelf.part("你好，世界".encode("gbk")), Reading()) == "你好，世界"


def test_the_text_of_a_pdf_is_kept(shelf: Shelf, texts: FileTexts) -> None:
    part = shelf.part(pdf("Hello"), PDF_TYPE)
    first = texts.text(part, Reading())
    shelf.files.path(part.digest).unlink()
    assert first == texts.text(part, Reading()) == "[Page 1]\nHello"


def test_the_longest_unused_text_goes_first(shelf: Shelf) -> None:
    texts = FileTexts(shelf.files, kept_characters=40)
    parts = [shelf.part(pdf(f"Hello {number}"), PDF_TYPE) for number in range(3)]
    for part in (parts[0], parts[1], parts[0], parts[2]):
        texts.text(part, Reading())
        assert texts.text(part, Reading())
    for part in parts:
        shelf.files.path(part.digest).unlink()
    assert texts.text(parts[0], Reading())
    assert texts.text(parts[2], Reading())
    with pytest.raises(Refused, match="missing"):
        texts.text(parts[1], Reading())


def test_a_look_guesses_tokens(shelf: Shelf, texts: FileTexts) -> None:
    reading = Reading()
    assert texts.look(shelf.part(b"one two three"), reading) == Look(3)
    assert texts.look(shelf.part(b"\x89PNG", "image/png"), reading) == Look(1200)
    assert texts.look(shelf.part(pdf("one two three"), PDF_TYPE), reading).tokens > 5


def test_a_look_finds_what_cannot_be_sent(shelf: Shelf, texts: FileTexts) -> None:
    reading = Reading()
    gone = AttachmentPart("gone", TEXT_TYPE, 9, hashlib.sha256(b"gone").hexdigest())
    strange = AttachmentPart("strange", "image/png", 9, "no digest")
    large = AttachmentPart("large", TEXT_TYPE, MOST_TEXT_BYTES + 1, "0" * 64)
    assert texts.look(gone, reading) == texts.look(strange, reading) == Look(0, "missing")
    assert texts.look(large, reading).refusal == "text too large"
    assert texts.look(shelf.part(b"\0\1"), reading) == Look(0, "unknown kind")
    assert texts.look(shelf.part(pdf(""), PDF_TYPE), reading) == Look(0, "scanned pdf")


def test_a_look_can_be_given_up(shelf: Shelf, texts: FileTexts) -> None:
    reading = Reading()
    reading.stop()
    with pytest.raises(GivenUp):
        texts.look(shelf.part(pdf("Hello"), PDF_TYPE), reading)
