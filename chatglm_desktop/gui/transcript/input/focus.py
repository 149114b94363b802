# SPDX-License-Identifier: MIT
"""The keyboard's place among links and buttons, and the ring around it; does nothing with them.

Tab goes from one to the next, the toolbar of a message counting as one; the arrows go on
within a message. What cannot be reached by reading order has no place here.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from chatglm_desktop.gui.transcript.input.areas import Area, Areas
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.look import BUBBLE_RADIUS, GAP, TOP
from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar
from chatglm_desktop.gui.transcript.rows.row import Action, OpenLink, UseTool
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller
from chatglm_desktop.transcript.reach import Spot, following, preceding

_ROOM = 28.0
"""What is left free around the place when it is scrolled into view."""

_STEP = 48.0
_RADIUS = 7.0


class Focus(QObject):
    """One place or none. Emits ``changed()`` when the ring is to be painted elsewhere."""

    changed = Signal()

    def __init__(self, scene: Scene, toolbar: Toolbar, scroller: Scroller, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._toolbar = toolbar
        self._scroller = scroller
        self._areas = Areas(scene, toolbar)
        self._spot: Spot | None = None
        self._action: Action | None = None

    def tab(self, *, forward: bool) -> bool:
        """Go to the next or previous place; False if there is none, and the focus may leave."""
        try:
            return self._tab(forward=forward)
        except KeyError:
            # Messages further on are not at hand yet: go there, so that they are asked for.
            way = self._scene.height / 2
            self._scroller.scroll_by(way if forward else -way)
            return True

    def _tab(self, *, forward: bool) -> bool:
        here = self._here()
        spots = self._from(here, forward=forward)
        tools = here.item if here is not None and isinstance(self._action, UseTool) else -1
        for spot in spots:
            if self._is_tool(spot):
                if spot.item != tools:
                    self._go(self._first_tool(spot))
                    return True
            else:
                self._go(spot)
                return True
        self.clear()
        return False

    def arrow(self, *, forward: bool) -> bool:
        """Go on within the message, or scroll what is wider than its row; False without a place."""
        here = self._here()
        if here is None:
            return False
        if isinstance(self._action, DragSideways):
            self._action.sideways.scroll(_STEP if forward else -_STEP)
            self.changed.emit()
            return True
        spot = next(self._from(here, forward=forward), None)
        if spot is not None and spot.item == here.item:
            self._go(spot)
        return True

    def clear(self) -> None:
        self._spot = self._action = None
        self._toolbar.focused = None
        self.changed.emit()

    def hover(self) -> Hover | None:
        """What a click at the place would mean."""
        here = self._here()
        if here is None or self._action is None:
            return None
        return Hover(here.item, self._areas.row(here.item, here.row), self._action)

    def area(self) -> Area | None:
        """What has the place; None as well if it is gone meanwhile."""
        here = self._here()
        return self._areas.of(here.item, here.row)[here.hot] if here is not None else None

    def _here(self) -> Spot | None:
        """The place, found again by what it does if the row has changed."""
        spot = self._spot
        if spot is None or spot.item >= self._areas.item_count():
            return None
        if spot.row >= self._areas.row_count(spot.item):
            return None
        actions = [area.action for area in self._areas.of(spot.item, spot.row)]
        if spot.hot < len(actions) and actions[spot.hot] == self._action:
            return spot
        if self._action in actions:
            return Spot(spot.item, spot.row, actions.index(self._action))
        return None

    def _from(self, here: Spot | None, *, forward: bool) -> Iterator[Spot]:
        if here is None:
            here = self._edge(forward=forward)
        if here is None:
            return iter(())
        way = following if forward else preceding
        return way(here, self._areas)

    def _edge(self, *, forward: bool) -> Spot | None:
        """Before the first row in view or, backwards, after the last."""
        rows = list(self._scene.visible_rows(0.0, self._scene.height - 1.0))
        if not rows:
            return None
        if forward:
            item, row, _ = rows[0]
            return Spot(item, row, -1)
        item, row, _ = rows[-1]
        return Spot(item, row, self._areas.hot_count(item, row))

    def _is_tool(self, spot: Spot) -> bool:
        return isinstance(self._areas.of(spot.item, spot.row)[spot.hot].action, UseTool)

    def _first_tool(self, spot: Spot) -> Spot:
        areas = self._areas.of(spot.item, spot.row)
        first = next(i for i, area in enumerate(areas) if isinstance(area.action, UseTool))
        return Spot(spot.item, spot.row, first)

    def _go(self, spot: Spot) -> None:
        self._spot = spot
        self._action = self._areas.of(spot.item, spot.row)[spot.hot].action
        self._toolbar.focused = spot.item
        # Heights on the way were guesses, so the first attempt may miss.
        for _ in range(3):
            if not self._reveal():
                break
        self.changed.emit()

    def _reveal(self) -> bool:
        """Scroll the place into view; False if it is there."""
        area = self.area()
        if area is None:
            return False
        bounds, height = area.bounds, self._scene.height
        if bounds.top() < 0.0:
            self._scroller.scroll_by(bounds.top() - _ROOM)
            return True
        below = min(bounds.bottom() + _ROOM - height, bounds.top() - _ROOM)
        if bounds.bottom() > height and below >= 1.0:
            self._scroller.scroll_by(below)
            return True
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw the ring, and a thinner one around the message."""
        area, here = self.area(), self._here()
        if area is None or here is None:
            return
        look = self._scene.layouts.look
        accent = look.colour(look.theme.accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1.0))
        painter.drawRoundedRect(self._bubble(here.item), BUBBLE_RADIUS, BUBBLE_RADIUS)
        painter.setPen(QPen(accent, 2.0))
        for rect in area.rects:
            # Beside a button that has the ring's colour itself, there must be a gap.
            out = 1.0 if isinstance(area.action, OpenLink) else 2.5
            around = rect.adjusted(-out, -out, out, out)
            painter.drawRoundedRect(around, _RADIUS + out, _RADIUS + out)

    def _bubble(self, item: int) -> QRectF:
        scene = self._scene
        bubble = scene.bubble(item)
        top = scene.geometry.item_top(item) - scene.top
        bottom = top + scene.geometry.item_height(item)
        # Shapes that reach far outside are slow and lose precision.
        top = max(top + (GAP if item else TOP), -2 * BUBBLE_RADIUS)
        bottom = min(bottom, scene.height + 2 * BUBBLE_RADIUS)
        corner = QPointF(bubble.left + 0.5, top + 0.5)
        return QRectF(corner, QPointF(bubble.left + bubble.width - 0.5, bottom - 0.5))
