# SPDX-License-Identifier: MIT
"""Copies a picture, or asks for a file and writes it there; loads none."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from chatglm_desktop.gui.picture_decoding import picture_format
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.row import PictureAction

_SUFFIXES = {"jpeg": "jpg"}
_UNFIT = '<>:"/\\|?*'
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""What means a device in Windows, whatever follows the dot."""


class PictureSaver(QObject):
    """For the pictures that ``pictures`` holds. Emits ``told(text)`` in the user's words."""

    told = Signal(str)

    def __init__(self, pictures: Pictures, window: QWidget) -> None:
        super().__init__(window)
        self._pictures = pictures
        self._window = window

    def keep(self, action: PictureAction) -> None:
        """Copy or save a picture."""
        if action.name == "copy":
            self.copy(action.url)
        else:
            self.ask(action.url)

    def copy(self, address: str) -> None:
        """Put a picture on the clipboard: the file as it came, and as it is shown here."""
        picture = self._pictures.get(address)
        if picture is None:
            return
        data = QMimeData()
        data.setImageData(picture.image)
        data.setData(f"image/{picture_format(picture.data)}", picture.data)
        QGuiApplication.clipboard().setMimeData(data)

    def ask(self, address: str) -> None:
        """Let the user choose a file for a picture and write it there, as it came."""
        picture = self._pictures.get(address)
        if picture is None:
            return
        data = picture.data
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._window, tr("Save picture"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(picture_name(address, data))
        dialog.fileSelected.connect(lambda path: self.write(data, Path(path)))
        dialog.open()

    def write(self, data: bytes, path: Path) -> None:
        """Write ``data`` to ``path``, and tell how it went."""
        try:
            path.write_bytes(data)
        except OSError as error:
            reason = error.strerror or str(error)
            self.told.emit(
                tr("The file {name} could not be saved: {reason}", name=path.name, reason=reason)
            )
        else:
            self.told.emit(tr("Saved as {name}", name=path.name))


def picture_name(address: str, data: bytes) -> str:
    """A file name for a picture: the last part of its address, with what its format asks for."""
    format = picture_format(data)
    stem = PurePosixPath(unquote(urlsplit(address).path)).stem
    kept = "".join(c for c in stem if c.isprintable() and c not in _UNFIT).strip(" .")
    if not kept or _DEVICE.match(kept):
        kept = "picture"
    return f"{kept[:80]}.{_SUFFIXES.get(format, format)}"
