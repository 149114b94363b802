# SPDX-License-Identifier: MIT
"""Reads a file that is to go along, makes it fit and keeps it; for threads, knows no widget."""

from __future__ import annotations

import stat
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, assert_never

from chatglm_desktop.core.attachments import (
    MOST_FILE_BYTES,
    MOST_TEXT_BYTES,
    PDF_TYPE,
    TEXT_TYPE,
    Look,
    Refused,
    document_type,
)
from chatglm_desktop.core.file_text import decode_text
from chatglm_desktop.core.messages import AttachmentPart
from chatglm_desktop.gui.attaching.picture_intake import FitPicture, fit_file, fit_image
from chatglm_desktop.gui.attaching.sources import (
    DataSource,
    FileSource,
    ImageSource,
    Source,
    StoredSource,
    TextSource,
)
from chatglm_desktop.gui.picture_decoding import picture_format

if TYPE_CHECKING:
    from chatglm_desktop.chat.file_texts import Files, FileTexts
    from chatglm_desktop.chat.reading import Reading


class Intake:
    """``files`` keeps what is taken, ``texts`` finds what is written in it."""

    def __init__(self, files: Files, texts: FileTexts) -> None:
        self._files = files
        self._texts = texts

    def take(self, source: Source, reading: Reading) -> tuple[AttachmentPart, Look]:
        """The file as it is kept, and what was found in it. Raises Refused and GivenUp."""
        match source:
            case StoredSource(part):
                pass
            case ImageSource(name, image):
                part = self._picture(name, fit_image(image))
            case DataSource(name, data):
                part = self._picture(name, fit_file(data))
            case TextSource(name, text):
                part = self._text(name, text.encode(errors="replace"))
            case FileSource(path):
                part = self._file(source.name, _read(path))
            case _:
                assert_never(source)
        reading.go_on()
        return part, self._texts.look(part, reading)

    def text(self, part: AttachmentPart, reading: Reading) -> str:
        """What is written in a text that is kept. Raises Refused and GivenUp."""
        return self._texts.text(part, reading)

    def keep(self, name: str, data: bytes) -> AttachmentPart:
        """A file that was read already, as it is kept. Raises Refused."""
        return self._file(name, data)

    def _file(self, name: str, data: bytes) -> AttachmentPart:
        if picture_format(data):
            return self._picture(name, fit_file(data))
        if media_type := document_type(name, data):
            ends_well = media_type != PDF_TYPE or name.lower().endswith(".pdf")
            return self._kept(name if ends_well else f"{name}.pdf", media_type, data)
        if decode_text(data) is None:
            raise Refused("unknown kind")
        return self._text(name, data)

    def _text(self, name: str, data: bytes) -> AttachmentPart:
        if len(data) > MOST_TEXT_BYTES:
            raise Refused("text too large")
        return self._kept(name, TEXT_TYPE, data)

    def _picture(self, name: str, picture: FitPicture) -> AttachmentPart:
        stem = PurePath(name).stem or name
        return self._kept(f"{stem}{picture.suffix}", picture.media_type, picture.data)

    def _kept(self, name: str, media_type: str, data: bytes) -> AttachmentPart:
        try:
            digest = self._files.put(data)
        except OSError as error:
            raise Refused("not kept") from error
        return AttachmentPart(name, media_type, len(data), digest)


def _read(path: Path) -> bytes:
    """What is in a file of the user's. Raises Refused."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refused("folder")
        # Anything else could go on for ever.
        if not stat.S_ISREG(found.st_mode):
            raise Refused("unreadable")
        if found.st_size > MOST_FILE_BYTES:
            raise Refused("too large")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused("missing") from error
    except (OSError, ValueError) as error:
        # A name with a null in it is not even asked for.
        raise Refused("unreadable") from error
    if not data:
        raise Refused("empty")
    return data
