# SPDX-License-Identifier: MIT
"""What every reader of exports is given, and what it yields; knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from chatglm_desktop.chat.importing.archive import Archive, base_name
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, ImportSource, Skipped
from chatglm_desktop.core.messages import AttachmentPart

Found: TypeAlias = Imported | Skipped | Folder
Reader: TypeAlias = Callable[[JsonStream, "Journey"], Iterator[Found]]
"""Reads one document to its end."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One pass over a file: where its files go, the archive around it, the present time.

    Files are kept only of conversations that are ``wanted``; None for all of them.
    """

    luggage: Luggage
    now: float
    archive: Archive | None = None
    wanted: frozenset[str] | None = None

    def begin(self, source: ImportSource, id: str) -> None:
        """Called before the files of a conversation are looked at."""
        self.luggage.keeping = self.wanted is None or made_id(source, id) in self.wanted

    def packed(self, name: str, *candidates: str) -> AttachmentPart | None:
        """A file of the archive that is called as one of ``candidates``, or begins so.

        It gets the ``name``, or keeps its own if that is empty.
        """
        archive = self.archive
        if archive is None:
            self.luggage.leave()
            return None
        found = (archive.find(candidate) for candidate in candidates if candidate)
        info = next((info for info in found if info is not None), None)
        if info is None:
            self.luggage.leave()
            return None
        return self.luggage.take(
            name or base_name(info), info.file_size, lambda: archive.read(info)
        )

    def written(self, name: str, text: str) -> AttachmentPart | None:
        """A file of text that stands in the document itself."""
        data = text.encode(errors="replace")
        return self.luggage.take(name, len(data), lambda: data)
