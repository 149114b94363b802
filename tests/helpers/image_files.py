# SPDX-License-Identifier: MIT
"""Picture files for tests: photographs, screens, with all that cameras write into them."""

from __future__ import annotations

import random
import struct

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

SECRET = b"Secret camera 4711"
"""What stands in the EXIF block of :func:`photo_with_exif`."""


def photo(width: int, height: int) -> QImage:
    """A picture with about as many colours as pixels."""
    pixels = bytearray(random.Random(7).randbytes(width * height * 4))
    pixels[3::4] = b"\xff" * (width * height)
    image = QImage(bytes(pixels), width, height, QImage.Format.Format_RGB32)
    # Its own bytes: those given are gone with the call.
    return image.copy()


def screen(width: int, height: int) -> QImage:
    """A picture of few colours."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#f6f7f9"))
    with QPainter(image) as painter:
        painter.fillRect(10, 10, width // 2, height // 3, QColor("#245fea"))
    return image


def encoded(image: QImage, format: str = "png", quality: int = -1) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(format.encode()))
    writer.setQuality(quality)
    if not writer.write(image):
        raise OSError(writer.errorString())
    return bytes(data.data())


def photo_with_exif(image: QImage, orientation: int = 1) -> bytes:
    """A JPEG with an EXIF block that names a camera and says how it was held."""
    jpeg = encoded(image, "jpeg", 95)
    model = SECRET + b"\0"
    entries = [
        struct.pack("<HHII", 0x0110, 2, len(model), 38),
        struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0),
    ]
    tiff = b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries)
    body = b"Exif\0\0" + tiff + struct.pack("<I", 0) + model
    block = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return jpeg[:2] + block + jpeg[2:]
