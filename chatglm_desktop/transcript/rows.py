# SPDX-License-Identifier: MIT
"""The rows that a message is shown in, as values; knows no message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from chatglm_desktop.transcript.selection import PartKind


class RowKind(Enum):
    HEAD = "head"
    ATTACHMENTS = "attachments"
    THINKING = "thinking"
    LEAF = "leaf"
    THOUGHT_END = "thought end"
    PICTURE = "picture"
    SOURCES = "sources"
    SOURCE = "source"
    MORE_SOURCES = "more sources"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an item; ``part`` is that of a leaf, ``leaf`` the number also of other things."""

    kind: RowKind
    part: PartKind = PartKind.ANSWER
    leaf: int = 0


@dataclass(frozen=True, slots=True)
class RowChange:
    """``removed`` rows from ``first`` on were replaced by ``added`` rows."""

    first: int
    removed: int
    added: int
