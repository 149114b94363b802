# SPDX-License-Identifier: MIT
"""What the mouse does: selecting, hovering, clicking hot areas; paints nothing."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from time import monotonic
from typing import assert_never

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from chatglm_desktop.gui.transcript.input.hits import Hit, Hover, hit
from chatglm_desktop.gui.transcript.rows.row import OpenLink
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways, Sideways
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.text.words import word_at
from chatglm_desktop.transcript.selection import Position, Selection
from chatglm_desktop.transcript.texts import leaf_text

_SCROLL_MS = 30


class Grain(Enum):
    """What a drag selects at least."""

    CHARACTER = 1
    WORD = 2
    PARAGRAPH = 3


class Pointer(QObject):
    """Turns presses, moves and releases into selections and actions.

    Emits ``activated(Hover)`` for a click on a hot area, ``selected()`` when a drag has
    ended with a selection, ``changed()`` when something is to be painted anew, and
    ``scroll_wanted(pixels)`` while a drag is beyond an edge.
    """

    activated = Signal(object)
    selected = Signal()
    changed = Signal()
    scroll_wanted = Signal(float)

    def __init__(self, scene: Scene, display: Display, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._display = display
        self._pressed: Hover | None = None
        self._caught: Sideways | None = None
        self._origin: Selection | None = None
        self._grain = Grain.CHARACTER
        self._last = QPointF()
        # Where and when the last double click was.
        self._doubled = (QPointF(), 0.0)
        self._edge = QTimer(self, interval=_SCROLL_MS)
        self._edge.timeout.connect(self._scroll_on)

    def reset(self) -> None:
        """Forget everything that refers to messages."""
        self._pressed = None
        self._caught = None
        self._origin = None
        self._display.under = None
        self._edge.stop()

    def press(self, point: QPointF, *, extend: bool = False, double: bool = False) -> None:
        """The left button went down, for the second time in short order if ``double``."""
        found = hit(self._scene, point.x(), point.y())
        if found is None or (found.covered and found.tool is None):
            return
        count = self._clicks(point, double=double)
        self._pressed = found.hover
        self._last = point
        if self._pressed is not None and isinstance(self._pressed.action, DragSideways):
            self._caught = self._pressed.action.sideways
            self._caught.catch(point.x())
            return
        if self._pressed is not None and not isinstance(self._pressed.action, OpenLink):
            return
        if count > 1 or extend:
            # A link that is clicked again is text to select.
            self._pressed = None
        current = self._display.selection
        if extend and current is not None:
            self._grain = Grain.CHARACTER
            self._origin = Selection(current.anchor, current.anchor)
            self._select(Selection(current.anchor, found.position))
            return
        self._grain = Grain(count)
        self._origin = self._around(found)
        self._select(self._origin)

    def _clicks(self, point: QPointF, *, double: bool) -> int:
        """Whether this is the first, second or third press at one place."""
        hints = QGuiApplication.styleHints()
        where, when = self._doubled
        self._doubled = (point, monotonic() if double else 0.0)
        if double:
            return 2
        near = (point - where).manhattanLength() <= hints.mouseDoubleClickDistance()
        soon = (monotonic() - when) * 1000 <= hints.mouseDoubleClickInterval()
        return 3 if near and soon else 1

    def move(self, point: QPointF, *, pressed: bool) -> Hover | None:
        """The pointer moved; returns what is under it, None also during a drag."""
        if pressed and self._caught is not None:
            self._caught.drag(point.x())
            self.changed.emit()
            return None
        if pressed and self._origin is not None:
            far = QGuiApplication.styleHints().startDragDistance()
            if self._pressed is not None and (point - self._last).manhattanLength() < far:
                return None
            # A link that is dragged is text to select.
            self._pressed = None
            self._last = point
            self._extend(point)
            outside = point.y() < 0 or point.y() > self._scene.height
            if outside and not self._edge.isActive():
                self._edge.start()
            elif not outside:
                self._edge.stop()
            return None
        found = hit(self._scene, point.x(), point.y())
        hover = found.hover if found is not None else None
        under = found.layout if found is not None else None
        moved = under is not self._display.under
        self._display.under = under
        if moved or hover != self._display.hover:
            self._display.hover = hover
            self.changed.emit()
        return hover

    def leave(self) -> None:
        if self._display.hover is not None or self._display.under is not None:
            self._display.hover = self._display.under = None
            self.changed.emit()

    def release(self, point: QPointF) -> None:
        """The left button went up."""
        self._edge.stop()
        pressed, self._pressed = self._pressed, None
        self._origin = None
        if self._caught is not None:
            self._caught = None
            return
        if pressed is not None:
            found = hit(self._scene, point.x(), point.y())
            if found is not None and found.hover == pressed:
                self.activated.emit(pressed)
            return
        selection = self._display.selection
        if selection is not None and not selection.empty:
            self.selected.emit()

    def _scroll_on(self) -> None:
        y = self._last.y()
        over = y if y < 0 else y - self._scene.height
        self.scroll_wanted.emit(max(min(over, 60.0), -60.0))
        self._extend(self._last)

    def _extend(self, point: QPointF) -> None:
        y = min(max(point.y(), 0.0), self._scene.height - 1.0)
        found = hit(self._scene, point.x(), y)
        if found is None or self._origin is None:
            return
        here = self._around(found)
        if here.start < self._origin.start:
            self._select(Selection(self._origin.end, here.start))
        else:
            self._select(Selection(self._origin.start, max(here.end, self._origin.end)))

    def _around(self, found: Hit) -> Selection:
        """The smallest selection at a point, by the grain of the drag."""
        position = found.position
        if not found.in_text:
            return Selection(position, position)
        match self._grain:
            case Grain.CHARACTER:
                return Selection(position, position)
            case Grain.WORD:
                text = self._text(position)
                return self._range(position, word_at(text, position.character))
            case Grain.PARAGRAPH:
                return self._range(position, self._paragraph(position))
            case _:
                assert_never(self._grain)

    def _text(self, position: Position) -> str:
        item = self._scene.transcript[position.item]
        leaf = item.leaves(position.part)[position.leaf]
        return leaf_text(leaf, item.references(position.part))

    def _paragraph(self, position: Position) -> tuple[int, int]:
        """The line of text, as written, that the position is in."""
        text = self._text(position)
        start = text.rfind("\n", 0, position.character) + 1
        end = text.find("\n", position.character)
        return start, end if end >= 0 else len(text)

    def _range(self, position: Position, ends: tuple[int, int]) -> Selection:
        start, end = ends
        return Selection(replace(position, character=start), replace(position, character=end))

    def _select(self, selection: Selection) -> None:
        self._display.selection = selection
        self.changed.emit()
