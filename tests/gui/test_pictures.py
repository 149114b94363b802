# SPDX-License-Identifier: MIT
"""Pictures in memory: their states, how many are kept, and what can be decoded."""

from __future__ import annotations

import asyncio
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.pictures import PictureError, attached, attachment_digest
from chatglm_desktop.gui.picture_decoding import decode, picture_format
from chatglm_desktop.gui.picture_tasks import PictureTasks
from chatglm_desktop.gui.pictures import Pictures

# One pixel, as a GIF of two frames.
GIF = bytes.fromhex(
    "47494638396101000100800100ff000000ff0021f90400000000002c00000000010001000002024401002"
    "1f90400000000002c000000000100010000020244510 03b".replace(" ", "")
)


def encoded(format: bytes, width: int = 40, height: int = 30, colour: str = "red") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(format)).write(image)
    return bytes(data.data())


def bomb(width: int, height: int) -> bytes:
    """The head of a PNG file that says that it has as many pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 1000) + b"IDAT"


@pytest.mark.parametrize("format", ["png", "jpeg", "webp"])
def test_pictures_are_known_by_their_bytes(qapp: QApplication, format: str) -> None:
    data = encoded(format.encode())
    assert picture_format(data) == format
    image = decode(data, QSize(100, 100))
    assert (image.width(), image.height()) == (40, 30)
    assert image.pixelColor(20, 15).red() > 240


def test_of_a_gif_the_first_picture_is_shown(qapp: QApplication) -> None:
    assert decode(GIF, QSize(100, 100)).size() == QSize(1, 1)


@pytest.mark.parametrize(
    ("size", "shown"),
    [((400, 100), (100, 25)), ((100, 400), (20, 80)), ((150, 20), (100, 13)), ((20, 90), (17, 80))],
)
def test_large_pictures_are_scaled_down(
    qapp: QApplication, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    image = decode(encoded(b"png", *size), QSize(100, 80))
    assert (image.width(), image.height()) == shown


@pytest.mark.parametrize(
    "data",
    [b"", b"text", encoded(b"bmp"), encoded(b"png")[:60], b"<svg xmlns='http://www.w3.org'/>"],
)
def test_what_is_no_picture_is_refused(qapp: QApplication, data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        decode(data, QSize(100, 100))
    assert caught.value.problem == "not a picture"


def test_a_picture_of_too_many_pixels_is_not_decoded(qapp: QApplication) -> None:
    with pytest.raises(PictureError) as caught:
        decode(bomb(20_000, 20_000), QSize(100, 100))
    assert caught.value.problem == "too large"


def test_a_picture_is_asked_for_once(qtbot: QtBot) -> None:
    pictures = Pictures()
    with qtbot.waitSignal(pictures.wanted) as caught:
        pictures.ask("a")
    assert caught.args == ["a"]
    with qtbot.assertNotEmitted(pictures.wanted):
        pictures.ask("a")
    assert pictures.state("a") == "loading"
    pictures.take("a", b"data", QImage(2, 2, QImage.Format.Format_RGB32))
    assert pictures.state("a") == "shown"
    with qtbot.assertNotEmitted(pictures.wanted):
        pictures.ask("a")


def test_what_comes_too_late_is_dropped(qtbot: QtBot) -> None:
    pictures = Pictures()
    pictures.ask("a")
    with qtbot.waitSignal(pictures.unwanted):
        pictures.cancel_all()
    with qtbot.assertNotEmitted(pictures.changed):
        pictures.take("a", b"data", QImage(2, 2, QImage.Format.Format_RGB32))
        pictures.fail("a", "timed out")
        pictures.cancel("a")
    assert pictures.state("a") == "hidden"
    assert pictures.get("a") is None


def test_a_picture_that_failed_can_be_asked_for_again(qtbot: QtBot) -> None:
    pictures = Pictures()
    pictures.ask("a")
    pictures.fail("a", "unreachable")
    assert pictures.state("a") == "unreachable"
    with qtbot.waitSignal(pictures.wanted):
        pictures.ask("a")


def test_only_the_pictures_used_last_are_kept(qapp: QApplication) -> None:
    pictures = Pictures(kept_bytes=250)
    image = QImage(5, 5, QImage.Format.Format_RGB32)
    assert image.sizeInBytes() == 100
    for address in "abc":
        pictures.ask(address)
        pictures.take(address, b"", image)
        pictures.get("a")
    assert [pictures.state(address) for address in "abc"] == ["shown", "hidden", "shown"]
    pictures.ask("d")
    pictures.take("d", bytes(1000), image)
    assert pictures.get("d") is not None


def test_an_attachment_has_an_address_of_its_own() -> None:
    assert attachment_digest(attached("abc")) == "abc"
    assert attachment_digest("https://e.org/attachment:abc") == ""


@pytest.mark.asyncio
async def test_stopping_ends_all_that_is_on_its_way(qapp: QApplication) -> None:
    async def never(address: str) -> bytes:
        await asyncio.Event().wait()
        return b""

    page = QObject()
    tasks = Tasks(lambda error: pytest.fail(str(error)))
    loads = PictureTasks(tasks, never)
    pictures = Pictures()
    loads.serve(pictures, page)
    pictures.ask("a")
    await asyncio.sleep(0)
    pictures.cancel("a")
    pictures.ask("a")
    pictures.ask("b")
    await asyncio.sleep(0)
    loads.stop()
    await tasks.finish()
    assert not loads._running
    pictures.cancel("a")


@pytest.mark.asyncio
async def test_what_cannot_be_fetched_says_why(qapp: QApplication) -> None:
    async def refuse(address: str) -> bytes:
        raise PictureError("refused")

    tasks = Tasks(lambda error: pytest.fail(str(error)))
    pictures = Pictures()
    PictureTasks(tasks, refuse).serve(pictures, page := QObject())
    pictures.ask("a")
    await tasks.finish()
    assert pictures.state("a") == "refused"
    page.deleteLater()


@pytest.mark.asyncio
async def test_a_thumbnail_is_decoded_small(qapp: QApplication) -> None:
    async def fetch(address: str) -> bytes:
        return encoded(b"png", 2000, 1000)

    tasks = Tasks(lambda error: pytest.fail(str(error)))
    pictures = Pictures()
    PictureTasks(tasks, fetch).serve(pictures, page := QObject())
    for address in (attached("0" * 64), "https://e.org/a.png"):
        pictures.ask(address)
    await tasks.finish()
    widths = [
        picture.image.width()
        for address in (attached("0" * 64), "https://e.org/a.png")
        if (picture := pictures.get(address))
    ]
    assert widths == [480, 1520]
    page.deleteLater()
