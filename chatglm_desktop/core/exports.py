# SPDX-License-Identifier: MIT
"""What can be exported, in which form, and why it cannot be; writes nothing."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.export_choice import ExportContents, ExportFormat

SUFFIXES: Mapping[ExportFormat, str] = {
    "markdown": ".md",
    "html": ".html",
    "pdf": ".pdf",
    "json": ".json",
    "text": ".txt",
}
"""How the files are called, in the order in which the formats are offered."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All conversations but those in the trash."""


@dataclass(frozen=True, slots=True)
class InFolder:
    """The conversations of a folder and of those in it."""

    folder_id: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Conversations one by one, in this order."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Messages:
    """``count`` messages of one conversation's active branch, from the position ``first`` on."""

    conversation_id: str
    first: int
    count: int


ExportScope: TypeAlias = Everything | InFolder | Chosen | Messages


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to export and where.

    ``target`` is a file, or for several conversations in a file each a folder that is made, or
    with ``zipped`` a zip file.
    """

    scope: ExportScope
    format: ExportFormat
    contents: ExportContents
    target: Path
    zipped: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """Where it is and how much. ``missing`` are attached files that were no longer there."""

    target: Path
    conversations: int
    messages: int
    missing: int = 0


@dataclass(frozen=True, slots=True)
class SavedConversation:
    """A conversation as it is saved, without its messages.

    ``length`` counts the messages of the active branch, which ends with ``leaf_id``, ``count``
    all that it has.
    """

    summary: ConversationSummary
    setup: Setup
    leaf_id: str | None
    length: int
    count: int


ExportProblem: TypeAlias = Literal[
    "disk full",
    "not permitted",
    "read only",
    "no folder",
    "name too long",
    "too large",
    "nothing",
    "other",
]

EXPORT_PROBLEMS: Mapping[ExportProblem, str] = {
    "disk full": "There is not enough space left on the disk. Nothing was written.",
    "not permitted": "You may not write there. Choose another folder.",
    "read only": "Nothing can be written to this disk. Choose another folder.",
    "no folder": "The folder is no longer there. Choose another one.",
    "name too long": "The name is too long for this disk. Choose a shorter one.",
    "too large": "The file becomes too large for this disk. Export less at a time, or elsewhere.",
    "nothing": "There is nothing to export.",
    "other": "The export could not be written.",
}
"""What is said of each problem: a catalogue key."""

_ERRNO: Mapping[int, ExportProblem] = {
    errno.ENOSPC: "disk full",
    errno.EDQUOT: "disk full",
    errno.EACCES: "not permitted",
    errno.EPERM: "not permitted",
    errno.EROFS: "read only",
    errno.ENOENT: "no folder",
    errno.ENOTDIR: "no folder",
    errno.ENAMETOOLONG: "name too long",
    errno.EFBIG: "too large",
}


class ExportFailed(Exception):
    """Nothing was exported, and nothing is left of the attempt."""

    def __init__(self, problem: ExportProblem, details: str = "") -> None:
        super().__init__(details or problem)
        self.problem: ExportProblem = problem
        self.details = details


def export_problem(error: OSError) -> ExportFailed:
    """What to say of an error of the file system."""
    problem = _ERRNO.get(error.errno or 0, "other")
    return ExportFailed(problem, error.strerror or str(error))
