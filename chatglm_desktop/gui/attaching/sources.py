# SPDX-License-Identifier: MIT
"""Where files come from: a clipboard, a drop, a dialog, an earlier message; reads none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.strings import tr

_PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")
_TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file of the user's."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name or str(self.path)


@dataclass(frozen=True, slots=True)
class DataSource:
    """A picture as another program wrote it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A picture that another program had in its memory."""

    name: str
    image: QImage


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text that is too long to be read in the middle of others."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A file that is already kept, of a draft or an earlier message."""

    part: AttachmentPart

    @property
    def name(self) -> str:
        return self.part.name


Source: TypeAlias = FileSource | DataSource | ImageSource | TextSource | StoredSource


def offers_files(data: QMimeData) -> bool:
    """Whether what is dropped or pasted is files or a picture, rather than text."""
    return bool(_local_files(data)) or _is_picture(data)


def sources_in(data: QMimeData) -> tuple[Source, ...]:
    """The files in what is dropped or pasted."""
    if files := _local_files(data):
        return tuple(map(FileSource, files))
    if not _is_picture(data):
        return ()
    name = tr("Pasted picture")
    for media_type in _PICTURES:
        if data.hasFormat(media_type):
            return (DataSource(name, bytes(data.data(media_type).data())),)
    image = data.imageData()
    return (ImageSource(name, image),) if isinstance(image, QImage) else ()


def _local_files(data: QMimeData) -> list[Path]:
    """Nothing is ever loaded from elsewhere: links stay text."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _is_picture(data: QMimeData) -> bool:
    # Office programs offer a picture of copied text besides the text itself.
    if data.hasFormat(_TEXT):
        return False
    return data.hasImage() or any(map(data.hasFormat, _PICTURES))
