# SPDX-License-Identifier: MIT
"""Conversations as files, written message by message; one thread calls everything here."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TextIO

from chatglm_desktop.chat.exporting.format import TextFormat
from chatglm_desktop.chat.exporting.names import stem_and_suffix
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.messages import AttachmentPart, Message

_FILE = "file"
_LONGEST_STEM = 40


class ConversationFile(Protocol):
    """One conversation in the making. Raises OSErrors."""

    def begin(self, conversation: SavedConversation) -> None: ...

    def add(self, messages: Sequence[Message]) -> None: ...

    def end(self) -> None:
        """Complete the file."""

    def discard(self) -> None:
        """Close the file, complete or not; it may be called after :meth:`end`."""


class TextFile:
    """A file of one of the formats that are text, in UTF-8."""

    def __init__(self, path: Path, format: TextFormat) -> None:
        self._format = format
        self._file = open_text(path)

    def begin(self, conversation: SavedConversation) -> None:
        self._file.write(self._format.head(conversation))

    def add(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._file.write(self._format.message(message))

    def end(self) -> None:
        self._file.write(self._format.foot())
        self._file.close()

    def discard(self) -> None:
        close_quietly(self._file)


class Files:
    """Attached files by their digest; ``missing`` counts those that were asked for in vain."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read
        self.missing = 0

    def data(self, part: AttachmentPart) -> bytes | None:
        return self.of(part.digest)

    def of(self, digest: str) -> bytes | None:
        try:
            return self._read(digest)
        except (OSError, ValueError):
            self.missing += 1
            return None


class FilesBeside:
    """Writes attached files into ``folder``, which need not exist, when they are first linked.

    A name tells the content, so that the same file is never there twice.
    """

    def __init__(self, files: Files, folder: Path, address: str) -> None:
        self._files = files
        self._folder = folder
        self._address = address
        self._names: set[str] = set()

    def link(self, part: AttachmentPart) -> str | None:
        """The relative address of the file; None if it is no longer there. Raises OSError."""
        stem, suffix = stem_and_suffix(part.name, _FILE, _LONGEST_STEM)
        name = f"{stem}-{part.digest[:8]}{suffix}"
        if name not in self._names:
            data = self._files.data(part)
            if data is None:
                return None
            self._folder.mkdir(exist_ok=True)
            (self._folder / name).write_bytes(data)
            self._names.add(name)
        return f"{self._address}/{name}"


def open_text(path: Path) -> TextIO:
    """A new file of UTF-8 with the same line ends on every system; halves of letters are "?"."""
    return path.open("w", encoding="utf-8", errors="replace", newline="\n")


def close_quietly(file: TextIO) -> None:
    """Close a file that nobody wants any more: what could not be written is not missed."""
    with contextlib.suppress(OSError):
        file.close()
