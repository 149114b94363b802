# SPDX-License-Identifier: MIT
"""Where positions in the text are in the view, and which ones are at its points; paints nothing.

Points and rectangles are in pixels of the scene: those of the view at zoom 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

from chatglm_desktop.gui.transcript.input.hits import hit
from chatglm_desktop.gui.transcript.rows.row import RowLayout
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.transcript.anchors import Target
from chatglm_desktop.transcript.caret import CaretPath
from chatglm_desktop.transcript.selection import Position

_ROOM = 12.0
"""Pixels between a revealed line and the edge of the view."""
_FAR = 3.0
_SHARE = 0.33
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A laid-out leaf and where it stands."""

    layout: RowLayout
    corner: QPointF


class Places:
    """Looks positions up in ``scene`` and brings them into view."""

    def __init__(self, scene: Scene, scroller: Scroller, path: CaretPath) -> None:
        self._scene = scene
        self._scroller = scroller
        self._path = path

    def line(self, position: Position) -> Line | None:
        """The leaf that a position is in; None if it is not shown."""
        scene = self._scene
        placed = self._path.placed(position)
        if placed is None or placed != replace(position, character=placed.character):
            return None
        item = scene.open(position.item)
        number = item.leaf_row(position.part, position.leaf)
        layout = scene.layout(position.item, number)
        row = item.row(number)
        left = scene.bubble(position.item).text_left + scene.indent(row)
        top = scene.geometry.item_top(position.item)
        top += scene.geometry.row_top(position.item, number) - scene.top
        return Line(layout, QPointF(left, top))

    def caret_rect(self, position: Position) -> QRectF | None:
        """Where a caret stands, without width; None if its leaf is not shown."""
        line = self.line(position)
        if line is None:
            return None
        return line.layout.caret_rect(position.character).translated(line.corner)

    def character_rect(self, position: Position) -> QRectF | None:
        """The character after a position, as wide as the way to the next caret in its line."""
        rect = self.caret_rect(position)
        following = self.caret_rect(replace(position, character=position.character + 1))
        if rect is None or following is None or following.top() != rect.top():
            return rect
        return rect.united(following)

    def position_at(self, point: QPointF) -> Position | None:
        """The nearest place in the text; None if there is none."""
        found = hit(self._scene, point.x(), point.y())
        return self._path.placed(found.position) if found is not None else None

    def reveal(self, position: Position) -> None:
        """Scroll as little as shows a position; far away, to a third from the top."""
        scene = self._scene
        if not scene.transcript.has(position.item):
            self._scroller.show(Target(position.item, share=_SHARE))
            return
        # What comes into view on the way is measured only then, and moves the rest.
        for _ in range(_ATTEMPTS):
            line = self.line(position)
            if line is None:
                return
            line.layout.reveal(position.character)
            inside = line.layout.caret_rect(position.character)
            rect = inside.translated(line.corner)
            if abs(rect.top()) > _FAR * scene.height:
                leaf = (position.part, position.leaf)
                target = Target(position.item, inside.top(), leaf, share=_SHARE)
                self._scroller.show(target)
            elif rect.top() < 0:
                self._scroller.scroll_by(rect.top() - _ROOM)
            elif rect.bottom() > scene.height:
                self._scroller.scroll_by(rect.bottom() + _ROOM - scene.height)
            else:
                return
