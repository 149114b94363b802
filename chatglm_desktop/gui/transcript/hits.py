# SPDX-License-Identifier: MIT
"""What is at a point of the view: row, character, hot area; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from chatglm_desktop.gui.transcript.row import Action, EdgeRow, Hot, RowLayout
from chatglm_desktop.gui.transcript.scene import Scene
from chatglm_desktop.transcript.item import Row, RowKind
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
    """A row, and the point in its own coordinates."""

    item: int
    number: int
    row: Row
    layout: RowLayout
    point: QPointF

    @property
    def hot(self) -> Hot | None:
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
    item = scene.open(place.item)
    number = min(place.row, item.row_count - 1)
    row = item.row(number)
    layout = scene.layout(place.item, number)
    top = scene.geometry.item_top(place.item) + scene.geometry.row_top(place.item, number)
    left = scene.bubble(place.item).text_left + scene.indent(row)
    top -= scene.top
    if isinstance(layout, EdgeRow):
        layout.see(-top, scene.height - top)
    return Hit(place.item, number, row, layout, QPointF(x - left, y - top))
