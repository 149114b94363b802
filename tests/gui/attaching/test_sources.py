# SPDX-License-Identifier: MIT
"""What of a clipboard or a drop is files, what a picture, what text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.sources import (
    DataSource,
    FileSource,
    ImageSource,
    StoredSource,
    offers_files,
    sources_in,
)
from tests.helpers.image_files import encoded, screen


@pytest.fixture
def mime(qapp: QApplication) -> QMimeData:
    return QMimeData()


def urls(*texts: str) -> list[QUrl]:
    return [QUrl(text) for text in texts]


def test_files_of_a_file_manager_are_files(mime: QMimeData) -> None:
    mime.setUrls(urls("file:///tmp/a.txt", "file:///tmp/b%20c.png"))
    mime.setText("/tmp/a.txt\n/tmp/b c.png")
    assert offers_files(mime)
    assert sources_in(mime) == (FileSource(Path("/tmp/a.txt")), FileSource(Path("/tmp/b c.png")))
    assert [source.name for source in sources_in(mime)] == ["a.txt", "b c.png"]


def test_links_stay_text(mime: QMimeData) -> None:
    mime.setUrls(urls("https://example.org/a.png"))
    mime.setText("https://example.org/a.png")
    assert not offers_files(mime)
    assert sources_in(mime) == ()


def test_long_text_stays_text(mime: QMimeData) -> None:
    mime.setText("word " * 100_000)
    assert not offers_files(mime)


def test_a_picture_is_taken_as_the_other_program_wrote_it(mime: QMimeData) -> None:
    data = encoded(screen(4, 4))
    mime.setData("image/png", data)
    mime.setHtml("<img src='https://example.org/a.png'>")
    assert offers_files(mime)
    assert sources_in(mime) == (DataSource("Pasted picture", data),)


def test_a_picture_in_memory_is_taken(mime: QMimeData) -> None:
    image = screen(4, 4)
    mime.setImageData(image)
    assert offers_files(mime)
    (source,) = sources_in(mime)
    assert isinstance(source, ImageSource)
    assert source.image == image


def test_the_picture_of_copied_cells_is_not_wanted(mime: QMimeData) -> None:
    mime.setText("1\t2")
    mime.setImageData(screen(4, 4))
    assert not offers_files(mime)
    assert sources_in(mime) == ()


def test_what_only_claims_to_be_a_picture_is_none(mime: QMimeData) -> None:
    mime.setData("application/x-qt-image", b"")
    assert sources_in(mime) == ()


def test_a_kept_file_has_its_name() -> None:
    assert StoredSource(AttachmentPart("a.txt", "text/plain", 1, "d")).name == "a.txt"
    assert FileSource(Path("/")).name == "/"
