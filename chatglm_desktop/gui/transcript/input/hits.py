# SPDX-License-Identifier: MIT
"""What is at a point of the view: row, character, hot area; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from chatglm_desktop.gui.transcript.rows.row import Action, EdgeRow, Hot, RowLayout
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import (
    PartKind,
    Position,
    item_end,
    item_start,
)


@dataclass(frozen=True, slots=True)
class Hover:
    """An action of a row under the pointer."""

    item: int
    row: Row
    action: Action


@dataclass(frozen=True, slots=True)
class Hit:
    """A row, and the point in its own coordinates.

    A point that is ``covered`` by a message's toolbar counts as one of its foot; ``tool`` is
    the button there.
    """

    item: int
    number: int
    row: Row
    layout: RowLayout
    point: QPointF
    covered: bool = False
    tool: Hot | None = None

    @property
    def hot(self) -> Hot | None:
        if self.covered:
            return self.tool
        return next((hot for hot in self.layout.hots if hot.rect.contains(self.point)), None)

    @property
    def hover(self) -> Hover | None:
        hot = self.hot
        return Hover(self.item, self.row, hot.action) if hot is not None else None

    @property
    def in_text(self) -> bool:
        """Whether there is text beside the point that can be selected."""
        return self.row.kind is RowKind.LEAF

    @property
    def position(self) -> Position:
        match self.row.kind:
            case RowKind.HEAD | RowKind.ATTACHMENTS:
                return item_start(self.item)
            case RowKind.THINKING:
                return Position(self.item, PartKind.REASONING, 0, 0)
            case RowKind.THOUGHT_END:
                return Position(self.item, PartKind.ANSWER, 0, 0)
            case RowKind.LEAF:
                character = self.layout.character_at(self.point)
                return Position(self.item, self.row.part, self.row.leaf, character)
            case _:
                return item_end(self.item)


def hit(scene: Scene, x: float, y: float) -> Hit | None:
    """The row at a point of the view, or the nearest one above or below; None if none is there."""
    if not len(scene.transcript):
        return None
    place = scene.geometry.find(scene.top + y)
    if not scene.transcript.has(place.item):
        return None
    over = scene.toolbar.at(place.item, QPointF(x, y)) if scene.toolbar is not None else None
    index, tool = over if over is not None else (place.item, None)
    item = scene.open(index)
    number = item.row_count - 1
    if over is None:
        number = min(place.row, number)
    row = item.row(number)
    layout = scene.layout(index, number)
    top = scene.geometry.item_top(index) + scene.geometry.row_top(index, number)
    left = scene.bubble(index).text_left + scene.indent(row)
    top -= scene.top
    if isinstance(layout, EdgeRow):
        layout.see(-top, scene.height - top)
    point = QPointF(x - left, y - top)
    return Hit(index, number, row, layout, point, over is not None, tool)
