# SPDX-License-Identifier: MIT
"""What a laid-out row offers to the view, and what it is told when it paints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, Protocol, TypeAlias

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways
from chatglm_desktop.transcript.tools import ToolName


@dataclass(frozen=True, slots=True)
class FailureText:
    """A failure in the user's language; ``actions`` are pairs of action and label."""

    summary: str
    hint: str
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FailureAction:
    """A button of the failure card."""

    action: str


@dataclass(frozen=True, slots=True)
class OpenLink:
    """``text`` is what the reader sees of the link."""

    url: str
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PictureAction:
    """Load the picture at an address, do without it, or keep it elsewhere."""

    name: Literal["show", "cancel", "copy", "save"]
    url: str


@dataclass(frozen=True, slots=True)
class OpenSource:
    """The source that a citation ``mark`` in the text refers to."""

    mark: str


@dataclass(frozen=True, slots=True)
class OpenNote:
    """The footnote with this ``label``."""

    label: str


ActName = Literal[
    "copy_code",
    "wrap_code",
    "save_code",
    "fold_code",
    "copy_table",
    "fold_thinking",
    "show_sources",
]


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something that concerns the row itself."""

    name: ActName


@dataclass(frozen=True, slots=True)
class UseTool:
    """A button at the foot of a message."""

    tool: ToolName


Action: TypeAlias = (
    FailureAction
    | OpenLink
    | OpenSource
    | OpenNote
    | RowAction
    | PictureAction
    | DragSideways
    | UseTool
)


@dataclass(frozen=True, slots=True)
class Hot:
    """A place in a row that can be clicked; ``rect`` is in the row's coordinates.

    ``label`` says what it does, for those who do not see it.
    """

    rect: QRectF
    action: Action
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A ground of ``colour`` from ``start`` to ``end``, in characters of a row."""

    start: int
    end: int
    colour: str


def marks_within(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The parts of ``marks`` from ``start`` to ``end``, counted from there."""
    return [
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.colour)
        for mark in marks
        if mark.start < end and start < mark.end
    ]


@dataclass(frozen=True, slots=True)
class Paint:
    """How to paint a row now.

    ``clip`` is the exposed part in the row's coordinates, ``selection`` a range of
    characters, ``marks`` those that were looked for, ``beyond`` whether the selection goes on
    after the row, ``hover`` the action under the pointer, ``copied`` whether this row was copied
    a moment ago, ``caret`` whether text arrives at its end, ``phase`` 0…1 the state of the working
    animation, ``under`` the row under the pointer, ``focus`` the action at the keyboard's place.
    """

    look: Look
    clip: QRectF
    selection: tuple[int, int] | None = None
    beyond: bool = False
    marks: Sequence[Mark] = ()
    hover: Action | None = None
    copied: bool = False
    caret: bool = False
    phase: float = 0.0
    under: RowLayout | None = None
    focus: Action | None = None


class RowLayout(Protocol):
    """A row ready to be painted. Lengths are in pixels, the origin is its top left corner."""

    @property
    def height(self) -> float: ...

    @property
    def natural_width(self) -> float:
        """The width it would like to have."""
        ...

    @property
    def unfinished(self) -> bool:
        """Whether it is to be painted again soon, as colours are still missing."""
        ...

    @property
    def hots(self) -> Sequence[Hot]: ...

    def paint(self, painter: QPainter, paint: Paint) -> None: ...

    def character_at(self, point: QPointF) -> int:
        """The character nearest to a point."""
        ...

    def caret_rect(self, character: int) -> QRectF:
        """Where a caret before a character stands: as high as its line, without width."""
        ...

    def line_at(self, character: int) -> tuple[int, int]:
        """The first and the last place for a caret in the line that a character is in."""
        ...

    @property
    def length(self) -> int:
        """How many characters can be selected in it."""
        ...

    def scroll(self, by: float) -> bool:
        """Scroll sideways; False if there is nowhere to go."""
        ...

    def reveal(self, character: int) -> None:
        """Scroll sideways so that a character is seen."""
        ...


class EdgeRow:
    """A row of which something stays at an edge of the view: its header, its scroll bar."""

    top_seen: float = 0.0
    bottom_seen: float = inf

    def see(self, top: float, bottom: float) -> None:
        """The view shows what lies between two heights of the row."""
        self.top_seen = top
        self.bottom_seen = bottom

    @property
    def edges(self) -> Sequence[QRectF]:
        """Where what stays in view is now; always as many."""
        return ()


class PlainRow:
    """A row without text that can be selected; the base of all that have none."""

    height: float = 0.0
    natural_width: float = 0.0
    length: int = 0
    unfinished: bool = False

    @property
    def hots(self) -> Sequence[Hot]:
        return ()

    def character_at(self, point: QPointF) -> int:
        return 0

    def caret_rect(self, character: int) -> QRectF:
        return QRectF(0.0, 0.0, 0.0, self.height)

    def line_at(self, character: int) -> tuple[int, int]:
        return 0, 0

    def scroll(self, by: float) -> bool:
        return False

    def reveal(self, character: int) -> None:
        return
