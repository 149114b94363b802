# SPDX-License-Identifier: MIT
"""Makes a picture fit to be sent: small enough, upright, without anything but its pixels.

For any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageWriter, QPainter

from chatglm_desktop.core.attachments import (
    MOST_PICTURE_BYTES,
    MOST_PICTURE_SIDE,
    Refused,
)
from chatglm_desktop.core.pictures import MOST_PIXELS, PictureError
from chatglm_desktop.gui.picture_decoding import decode

PictureFormat: TypeAlias = Literal["png", "jpeg"]

_QUALITIES = (90, 80, 70)
_SMALLER = 0.75
_SAMPLE = 128
"""Pixels of the side of the small copy in which colours are counted."""

_FEW = 4
"""A drawing or a screen has at most one colour for so many pixels of the sample."""


@dataclass(frozen=True, slots=True)
class FitPicture:
    """A picture as a file that can be sent."""

    data: bytes
    format: PictureFormat

    @property
    def media_type(self) -> str:
        return f"image/{self.format}"

    @property
    def suffix(self) -> str:
        return ".png" if self.format == "png" else ".jpg"


def fit_file(data: bytes) -> FitPicture:
    """The picture in a file. Raises Refused for one that is damaged or too large to decode."""
    try:
        image = decode(data, QSize(MOST_PICTURE_SIDE, MOST_PICTURE_SIDE))
    except PictureError as error:
        large = error.problem == "too large"
        raise Refused("too many pixels" if large else "broken picture") from error
    return _fit(image)


def fit_image(image: QImage) -> FitPicture:
    """A picture that is decoded already. Raises Refused as :func:`fit_file`."""
    if image.isNull():
        raise Refused("broken picture")
    if image.width() * image.height() > MOST_PIXELS:
        raise Refused("too many pixels")
    if max(image.width(), image.height()) > MOST_PICTURE_SIDE:
        image = _scaled(image, MOST_PICTURE_SIDE)
    return _fit(image)


def _fit(image: QImage) -> FitPicture:
    plain = _pixels_only(image)
    if _is_drawing(plain):
        data = _written(plain, "png")
        if len(data) <= MOST_PICTURE_BYTES:
            return FitPicture(data, "png")
    opaque = _on_white(plain)
    while True:
        for quality in _QUALITIES:
            data = _written(opaque, "jpeg", quality)
            if len(data) <= MOST_PICTURE_BYTES:
                return FitPicture(data, "jpeg")
        opaque = _scaled(opaque, int(max(opaque.width(), opaque.height()) * _SMALLER))


def _pixels_only(image: QImage) -> QImage:
    """A copy without comments, places, devices and colour profiles."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    plain = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    plain.fill(Qt.GlobalColor.transparent)
    with QPainter(plain) as painter:
        painter.drawImage(0, 0, image)
    return plain


def _is_drawing(image: QImage) -> bool:
    """Whether a picture is seen through, or has few colours, as a screen has."""
    room = QSize(min(image.width(), _SAMPLE), min(image.height(), _SAMPLE))
    sample = image.scaled(room).convertToFormat(QImage.Format.Format_ARGB32)
    pixels = memoryview(sample.constBits()).cast("I")
    if any(pixel >> 24 < 0xFF for pixel in pixels):
        return True
    return len(set(pixels)) * _FEW <= len(pixels)


def _on_white(image: QImage) -> QImage:
    opaque = QImage(image.size(), QImage.Format.Format_RGB32)
    opaque.fill(Qt.GlobalColor.white)
    with QPainter(opaque) as painter:
        painter.drawImage(0, 0, image)
    return opaque


def _scaled(image: QImage, side: int) -> QImage:
    return image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _written(image: QImage, format: PictureFormat, quality: int = -1) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(format.encode()))
    writer.setQuality(quality)
    if not writer.write(image):
        raise Refused("broken picture")
    return bytes(data.data())
