# SPDX-License-Identifier: MIT
"""What an import would do, where it is to go, and what it has done; values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import ImportSource, Sketch, Skipped


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do: ``new`` conversations, ``grown`` ones that get messages.

    ``known`` are those that are here with all their messages. ``messages`` would be added,
    ``files`` come along, ``left_out`` are files that the export lacks or that cannot be kept.
    """

    file: ImportFile
    source: ImportSource
    new: int = 0
    grown: int = 0
    known: int = 0
    messages: int = 0
    files: int = 0
    file_bytes: int = 0
    left_out: int = 0
    skipped: tuple[Skipped, ...] = ()
    folders: tuple[Folder, ...] = ()
    wanted: Mapping[str, Sketch] = field(default_factory=dict)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to import."""
        return bool(self.wanted)


@dataclass(frozen=True, slots=True)
class Target:
    """Where new conversations get: into a folder, into one that is made for them, or into none."""

    folder_id: str | None = None
    new_folder: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import has added: the ids of conversations, how many messages, the folder it made.

    ``error`` is why it ended early, ``stopped`` that the user wanted so; what had been added by
    then is whole and stays.
    """

    new: tuple[str, ...] = ()
    grown: tuple[str, ...] = ()
    messages: int = 0
    left_out: int = 0
    new_folder_id: str | None = None
    stopped: bool = False
    error: ChatError | StoreError | None = None
