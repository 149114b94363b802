# SPDX-License-Identifier: MIT
"""Real files of all kinds on their way into the folder of attachments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from chatglm_desktop.chat.file_texts import FileTexts
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.attachments import MOST_FILE_BYTES, MOST_TEXT_BYTES, Look, Refused
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.intake import Intake
from chatglm_desktop.gui.attaching.sources import (
    DataSource,
    FileSource,
    ImageSource,
    Source,
    StoredSource,
    TextSource,
)
from chatglm_desktop.store.attachments import AttachmentFiles
from tests.helpers.image_files import SECRET, encoded, photo, photo_with_exif, screen
from tests.helpers.pdf_files import pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Desk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = AttachmentFiles(folder / "kept")
        self.intake = Intake(self.files, FileTexts(self.files))

    def file(self, name: str, data: bytes) -> FileSource:
        (self.folder / name).write_bytes(data)
        return FileSource(self.folder / name)

    def take(self, source: Source) -> tuple[AttachmentPart, Look]:
        return self.intake.take(source, Reading())

    def refusal(self, source: Source) -> str:
        with pytest.raises(Refused) as caught:
            self.take(source)
        return caught.value.refusal


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "kept_as", "media_type"),
    [
        ("main.py", b"x = 1\n", "main.py", "text/plain"),
        ("drawing.svg", b"<svg/>", "drawing.svg", "text/plain"),
        ("笔记", "你好，世界。今天天气很好。".encode("gbk"), "笔记", "text/plain"),
        ("a.pdf", pdf("Hello"), "a.pdf", "application/pdf"),
        ("a.dat", pdf("Hello"), "a.dat.pdf", "application/pdf"),
        ("a.docx", b"PK\3\4 and so on", "a.docx", DOCX),
        ("shot.png", encoded(screen(40, 30)), "shot.png", "image/png"),
        ("shot.webp", encoded(screen(40, 30)), "shot.png", "image/png"),
        ("no suffix", photo_with_exif(photo(40, 30)), "no suffix.jpg", "image/jpeg"),
    ],
)
def test_files_are_known_by_what_is_in_them(
    desk: Desk, name: str, data: bytes, kept_as: str, media_type: str
) -> None:
    part, look = desk.take(desk.file(name, data))
    assert (part.name, part.media_type) == (kept_as, media_type)
    kept = desk.files.read(part.digest)
    assert part.size == len(kept)
    assert SECRET not in kept
    assert look.refusal is None
    assert look.tokens > 0 or media_type == DOCX


def test_what_is_in_a_pdf_is_found_at_once(desk: Desk) -> None:
    _, look = desk.take(desk.file("scan.pdf", pdf("")))
    assert look.refusal == "scanned pdf"
    _, look = desk.take(desk.file("text.pdf", pdf("one two three")))
    assert look.tokens >= 3


def test_pictures_of_the_clipboard_are_taken(desk: Desk) -> None:
    part, _ = desk.take(ImageSource("Pasted picture", screen(40, 30)))
    assert (part.name, part.media_type) == ("Pasted picture.png", "image/png")
    again, _ = desk.take(DataSource("Pasted picture", encoded(screen(40, 30))))
    assert again == part
    assert desk.refusal(ImageSource("Pasted picture", QImage())) == "broken picture"


def test_a_pasted_text_is_kept_as_a_file_and_read_again(desk: Desk) -> None:
    part, look = desk.take(TextSource("pasted.txt", "长文本 \ud800"))
    assert (part.name, part.media_type, look.refusal) == ("pasted.txt", "text/plain", None)
    assert desk.intake.text(part, Reading()) == "长文本 ?"
    assert desk.refusal(TextSource("p.txt", "x" * (MOST_TEXT_BYTES + 1))) == "text too large"


def test_a_kept_file_is_only_looked_at(desk: Desk) -> None:
    part, look = desk.take(desk.file("main.py", b"x = 1\n"))
    assert desk.take(StoredSource(part)) == (part, look)
    desk.files.path(part.digest).unlink()
    assert desk.take(StoredSource(part)) == (part, Look(0, "missing"))


def test_what_cannot_be_sent_is_told_apart(desk: Desk) -> None:
    assert desk.refusal(FileSource(desk.folder)) == "folder"
    assert desk.refusal(FileSource(desk.folder / "nowhere")) == "missing"
    assert desk.refusal(FileSource(desk.folder / "null\0.txt")) == "unreadable"
    assert desk.refusal(desk.file("empty", b"")) == "empty"
    assert desk.refusal(desk.file("program", b"\0\1\2")) == "unknown kind"
    assert desk.refusal(desk.file("a.zip", b"PK\3\4\0")) == "unknown kind"
    assert desk.refusal(desk.file("long.txt", b"a" * (MOST_TEXT_BYTES + 1))) == "text too large"
    assert desk.refusal(desk.file("cut.png", encoded(screen(4, 4))[:50])) == "broken picture"


def test_a_large_file_is_not_even_read(desk: Desk) -> None:
    source = desk.file("large", b"")
    with source.path.open("wb") as file:
        file.truncate(MOST_FILE_BYTES + 1)
    assert desk.refusal(source) == "too large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe")
    assert desk.refusal(FileSource(desk.folder / "pipe")) == "unreadable"


def test_a_file_that_may_not_be_read_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    source = desk.file("secret.txt", b"x")

    def refuse(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert desk.refusal(source) == "unreadable"


def test_a_full_disk_is_told(desk: Desk) -> None:
    source = desk.file("a.txt", b"x")
    (desk.folder / "kept").write_bytes(b"a file where the folder should be")
    assert desk.refusal(source) == "not kept"


def test_what_nobody_waits_for_is_given_up(desk: Desk) -> None:
    reading = Reading()
    reading.stop()
    with pytest.raises(GivenUp):
        desk.intake.take(desk.file("a.txt", b"x"), reading)
