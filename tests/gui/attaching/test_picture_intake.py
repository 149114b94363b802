# SPDX-License-Identifier: MIT
"""Pictures become small, upright and nameless; hostile ones are refused before they are decoded."""

from __future__ import annotations

import struct
import zlib

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QColorSpace, QImage, QPainter

from chatglm_desktop.core.attachments import MOST_PICTURE_BYTES, MOST_PICTURE_SIDE, Refused
from chatglm_desktop.gui.attaching import picture_intake
from chatglm_desktop.gui.attaching.picture_intake import fit_file, fit_image
from tests.helpers.image_files import SECRET, encoded, photo, photo_with_exif, screen


def shown(data: bytes) -> QImage:
    image = QImage.fromData(data)
    assert not image.isNull()
    return image


def test_a_photograph_becomes_a_jpeg_and_a_screen_a_png() -> None:
    taken = fit_image(photo(300, 200))
    assert (taken.media_type, taken.suffix) == ("image/jpeg", ".jpg")
    assert taken.data.startswith(b"\xff\xd8")
    kept = fit_image(screen(300, 200))
    assert (kept.media_type, kept.suffix) == ("image/png", ".png")
    assert shown(kept.data).pixelColor(20, 20) == QColor("#245fea")


def test_what_is_seen_through_stays_so() -> None:
    image = photo(300, 200).convertToFormat(QImage.Format.Format_ARGB32)
    for x in range(100):
        for y in range(100):
            image.setPixelColor(x, y, QColor(0, 0, 0, 0))
    taken = fit_file(encoded(image))
    assert taken.format == "png"
    assert shown(taken.data).pixelColor(50, 50).alpha() == 0


def test_nothing_of_exif_is_left() -> None:
    data = photo_with_exif(photo(64, 32))
    assert SECRET in data
    assert b"Exif" in data
    taken = fit_file(data)
    assert SECRET not in taken.data
    assert b"Exif" not in taken.data
    assert b"ICC_PROFILE" not in taken.data


def test_comments_and_profiles_go_too() -> None:
    image = screen(40, 30)
    image.setText("Author", SECRET.decode())
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    data = encoded(image)
    assert SECRET in data
    assert b"iCCP" in data
    for taken in (fit_file(data), fit_image(image)):
        assert SECRET not in taken.data
        assert b"iCCP" not in taken.data
        assert shown(taken.data).textKeys() == []


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    image = QImage(60, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(30):
        for y in range(30):
            image.setPixelColor(x, y, QColor("red"))
    taken = shown(fit_file(photo_with_exif(image, orientation=6)).data)
    assert taken.size() == QSize(30, 60)
    # Turned to the right, what was left is above.
    assert taken.pixelColor(15, 10).blue() < 60
    assert taken.pixelColor(15, 50).blue() > 200


def test_large_pictures_become_smaller() -> None:
    wide = screen(6000, 300)
    for taken in (fit_image(wide), fit_file(encoded(wide))):
        size = shown(taken.data).size()
        assert size.width() == MOST_PICTURE_SIDE
        assert abs(size.height() - MOST_PICTURE_SIDE / 20) <= 1


def test_heavy_pictures_become_lighter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_intake, "MOST_PICTURE_BYTES", 20_000)
    taken = fit_image(photo(300, 300))
    assert len(taken.data) <= 20_000
    assert shown(taken.data).width() < 300


def test_a_screen_that_is_too_heavy_becomes_a_jpeg_on_white(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = screen(300, 200).convertToFormat(QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    monkeypatch.setattr(picture_intake, "MOST_PICTURE_BYTES", 1_800)
    monkeypatch.setattr(picture_intake, "_is_drawing", lambda image: True)
    noisy = photo(300, 20)
    with QPainter(image) as painter:
        painter.drawImage(0, 0, noisy)
    taken = fit_image(image)
    assert taken.format == "jpeg"
    below = shown(taken.data)
    assert below.pixelColor(5, below.height() - 5).lightness() > 240


@pytest.mark.parametrize("format", ["png", "jpeg", "webp"])
def test_pictures_of_the_usual_formats_are_taken(format: str) -> None:
    try:
        data = encoded(screen(40, 30), format)
    except OSError:
        pytest.skip(f"this Qt writes no {format}")
    assert shown(fit_file(data).data).size() == QSize(40, 30)


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0" * 64)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (png_claiming(50_000, 50_000), "too many pixels"),
        (b"not a picture", "broken picture"),
        (encoded(screen(40, 30))[:60], "broken picture"),
        (b"", "broken picture"),
    ],
)
def test_hostile_files_are_refused(data: bytes, refusal: str) -> None:
    with pytest.raises(Refused) as caught:
        fit_file(data)
    assert caught.value.refusal == refusal


def test_hostile_images_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="broken picture"):
        fit_image(QImage())
    monkeypatch.setattr(picture_intake, "MOST_PIXELS", 100)
    with pytest.raises(Refused, match="too many pixels"):
        fit_image(screen(40, 30))


def test_the_limit_is_below_that_of_the_service() -> None:
    assert MOST_PICTURE_BYTES < 5_000_000
    assert MOST_PICTURE_SIDE <= 6000
