# SPDX-License-Identifier: MIT
"""Pictures and attachments as rows: sizes, cards, thumbnails, copies and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.messages import AttachmentPart, ImagesPart, Message, Role
from chatglm_desktop.core.pictures import PictureProblem, attached
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.copying.picture_saver import PictureSaver, picture_name
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.attachments_row import TILE, AttachmentsRow
from chatglm_desktop.gui.transcript.rows.picture_row import PictureRow, picture_size, problem_text
from chatglm_desktop.gui.transcript.rows.row import OpenLink, Paint, PictureAction, RowLayout
from chatglm_desktop.gui.transcript.view import TranscriptView
from chatglm_desktop.transcript.rows import Row, RowKind
from tests.gui.transcript.conftest import Aim
from tests.helpers.transcripts import show_messages

Make = Callable[..., Message]
WIDTH = 700.0
URL = "https://pictures.example.org/folder/a%20hill.png?x=1"
DIGEST = "0" * 64
PICTURE = AttachmentPart("a.png", "image/png", 1000, DIGEST)
FILE = AttachmentPart("a long name " * 9 + ".pdf", "application/pdf", 2_000_000, "1" * 64)
PROBLEMS: tuple[PictureProblem, ...] = (
    "unreachable",
    "timed out",
    "refused",
    "too large",
    "not a picture",
    "missing",
)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(LIGHT, QApplication.font())


@pytest.fixture
def pictures(qapp: QApplication) -> Pictures:
    return Pictures()


def painted(row: RowLayout, look: Look, ratio: float = 1.0, hover: object = None) -> QImage:
    image = QImage(QSize(800, 600) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        row.paint(painter, Paint(look, clip=QRectF(0, 0, 800, 600), hover=hover))  # type: ignore[arg-type]  # any action
    return image


def red(width: int = 1000, height: int = 500) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def give(pictures: Pictures, address: str = URL, image: QImage | None = None) -> None:
    shown = image or red()
    pictures.ask(address)
    pictures.take(address, png(shown), shown)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((1400, 700), (700, 350)),
        ((1000, 2000), (210, 420)),
        ((64, 32), (64, 32)),
        ((9000, 1), (700, 1)),
    ],
)
def test_a_picture_fits_into_the_column(
    size: tuple[float, float], shown: tuple[float, float]
) -> None:
    assert picture_size(size, WIDTH) == shown


def test_a_card_is_as_large_as_its_picture_will_be(pictures: Pictures, look: Look) -> None:
    image = Image(URL, 1000, 500)
    card = PictureRow(1, image, pictures, look, WIDTH)
    give(pictures)
    assert PictureRow(1, image, pictures, look, WIDTH).height == card.height == 12.0 + 350.0
    unknown = PictureRow(1, Image("https://e.org/b"), pictures, look, WIDTH)
    assert unknown.height == 12.0 + 300.0


def test_a_card_says_where_the_picture_comes_from(pictures: Pictures, look: Look) -> None:
    row = PictureRow(2, Image(URL), pictures, look, WIDTH)
    assert row.hots[0].action == PictureAction("show", URL)
    assert row.hots[0].label == "Show picture 2 from pictures.example.org"
    assert painted(row, look) != painted(row, look, hover=row.hots[0].action)
    pictures.ask(URL)
    row = PictureRow(2, Image(URL), pictures, look, WIDTH)
    assert row.hots[0].action == PictureAction("cancel", URL)
    painted(row, look)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_card_says_what_went_wrong(
    pictures: Pictures, look: Look, problem: PictureProblem
) -> None:
    before = painted(PictureRow(1, Image(URL), pictures, look, WIDTH), look)
    pictures.ask(URL)
    pictures.fail(URL, problem)
    row = PictureRow(1, Image(URL), pictures, look, WIDTH)
    assert row.hots[0].action == PictureAction("show", URL)
    assert row.hots[0].label == "Try again"
    assert painted(row, look) != before
    assert problem_text(problem, "e.org").endswith(".")


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_picture_is_painted_in_the_pixels_of_the_screen(
    pictures: Pictures, look: Look, ratio: float
) -> None:
    give(pictures)
    row = PictureRow(1, Image(URL), pictures, look, WIDTH)
    assert row.hots[0].action == OpenLink(URL)
    image = painted(row, look, ratio)
    assert image.pixelColor(round(350 * ratio), round(150 * ratio)) == QColor("red")
    assert image.pixelColor(round(0.5 * ratio), round(12.5 * ratio)) != QColor("red")
    assert row._rendered is not None
    assert row._rendered.width() == round(700 * ratio)
    rendered = row._rendered
    painted(row, look, ratio)
    assert row._rendered is rendered
    with QPainter(image) as painter:
        painter.scale(1.5, 1.5)
        row.paint(painter, Paint(look, clip=QRectF(0, 0, 800, 600)))
    assert row._rendered.width() == round(700 * 1.5 * ratio)


def test_attachments_are_thumbnails_or_chips(pictures: Pictures, look: Look) -> None:
    waiting = AttachmentsRow((FILE, PICTURE), pictures, look, WIDTH)
    assert pictures.state(attached(DIGEST)) == "loading"
    assert waiting.height == TILE + 8.0 + 44.0 + 8.0
    before = painted(waiting, look)
    pictures.take(attached(DIGEST), b"", red())
    shown = AttachmentsRow((FILE, PICTURE), pictures, look, WIDTH)
    assert shown.height == waiting.height
    image = painted(shown, look)
    assert image != before
    assert image.pixelColor(60, 60) == QColor("red")
    assert painted(shown, look) == image
    assert shown.natural_width <= WIDTH


def test_a_missing_picture_is_a_chip(pictures: Pictures, look: Look) -> None:
    AttachmentsRow((PICTURE,), pictures, look, WIDTH)
    pictures.fail(attached(DIGEST), "missing")
    row = AttachmentsRow((PICTURE,), pictures, look, 100.0)
    assert row.height == 44.0 + 8.0
    assert row.natural_width == 100.0
    painted(row, look)


def test_many_thumbnails_stand_in_lines(pictures: Pictures, look: Look) -> None:
    parts = [AttachmentPart("a", "image/png", 1, f"{number:064}") for number in range(7)]
    row = AttachmentsRow(parts, pictures, look, 400.0)
    assert row.height == 3 * TILE + 2 * 8.0 + 8.0


def test_a_bubble_is_as_wide_as_its_attachments(view: TranscriptView, make_message: Make) -> None:
    show_messages(view, [make_message("Hi", role=Role.USER)])
    narrow = view.parts.scene.bubble(0).width
    show_messages(view, [make_message("Hi", role=Role.USER, extra=(FILE, PICTURE))])
    assert view.parts.scene.bubble(0).width > narrow + 100
    for theme in (LIGHT, DARK):
        view.apply_theme(theme)
        view.viewport().grab()


def test_a_click_asks_for_the_picture(
    view: TranscriptView, aim: Aim, make_message: Make, qtbot: QtBot
) -> None:
    show_messages(view, [make_message("text", extra=(ImagesPart((Image(URL, 400, 300),)),))])
    view.viewport().grab()
    assert view.pictures.state(URL) == "hidden"
    with qtbot.waitSignal(view.pictures.wanted) as caught:
        aim.click(aim.hot(0))
    assert caught.args == [URL]
    with qtbot.waitSignal(view.pictures.unwanted):
        aim.click(aim.hot(0))


def test_a_picture_is_copied_as_it_came(pictures: Pictures, view: TranscriptView) -> None:
    give(view.pictures)
    row = Row(RowKind.PICTURE)
    view.parts.actions.perform(Hover(0, row, PictureAction("copy", URL)))
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert bytes(data.data("image/png").data()) == png(red())
    view.parts.picture_saver.copy("https://unknown.example.org/")


def test_a_picture_is_saved_as_it_came(view: TranscriptView, tmp_path: Path, qtbot: QtBot) -> None:
    give(view.pictures)
    view.parts.actions.perform(Hover(0, Row(RowKind.PICTURE), PictureAction("save", URL)))
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    with qtbot.waitSignal(view.told) as caught:
        dialog.fileSelected.emit(str(tmp_path / "a.png"))
    dialog.close()
    assert caught.args == ["Saved as a.png"]
    assert (tmp_path / "a.png").read_bytes() == png(red())
    view.parts.picture_saver.ask("https://unknown.example.org/")


def test_a_picture_that_cannot_be_written_says_so(
    view: TranscriptView, tmp_path: Path, qtbot: QtBot
) -> None:
    saver = PictureSaver(view.pictures, view)
    with qtbot.waitSignal(saver.told) as caught:
        saver.write(b"data", tmp_path)
    assert "could not be saved" in caught.args[0]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (URL, "a hill.png"),
        ("https://e.org/", "picture.png"),
        ("https://e.org/..%2f..%2fetc%2fpasswd", "passwd.png"),
        ("https://e.org/a%00b:c.exe", "abc.png"),
    ],
)
def test_a_file_is_named_after_its_address(qapp: QApplication, address: str, name: str) -> None:
    assert picture_name(address, png(red(4, 4))) == name
