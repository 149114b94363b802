# SPDX-License-Identifier: MIT
"""Bytes to a picture of a bounded size, for any thread; knows no address and no widget."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from chatglm_desktop.core.pictures import MOST_PIXELS, PictureError

_FORMATS = {b"png": "png", b"jpeg": "jpeg", b"jpg": "jpeg", b"webp": "webp", b"gif": "gif"}


def picture_format(data: bytes) -> str:
    """The format by the bytes themselves; "" if it is none that is shown."""
    return _FORMATS.get(bytes(QImageReader.imageFormat(_buffer(data)).data()), "")


def decode(data: bytes, most: QSize) -> QImage:
    """The (first) picture in ``data``, scaled down to fit into ``most`` pixels.

    Raises PictureError for what is no PNG, JPEG, WebP or GIF and for too many pixels.
    """
    format = picture_format(data)
    if not format:
        raise PictureError("not a picture")
    # The buffer must live as long as the reader.
    buffer = _buffer(data)
    reader = QImageReader(buffer, QByteArray(format.encode()))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        raise PictureError("not a picture")
    if size.width() * size.height() > MOST_PIXELS:
        raise PictureError("too large")
    # A picture that lies on its side is turned after it is read.
    room = max(most.width(), most.height())
    if size.width() > room or size.height() > room:
        reader.setScaledSize(size.scaled(QSize(room, room), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise PictureError("not a picture")
    if image.width() > most.width() or image.height() > most.height():
        image = image.scaled(
            most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _buffer(data: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
