# SPDX-License-Identifier: MIT
"""A scene on the screen as assistive technology needs it; keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.input.actions import Actions
from chatglm_desktop.gui.transcript.input.areas import Areas
from chatglm_desktop.gui.transcript.input.hits import Hover
from chatglm_desktop.gui.transcript.input.selecting import Selecting
from chatglm_desktop.gui.transcript.overlay.overlay import Overlay
from chatglm_desktop.gui.transcript.rows.sideways import DragSideways
from chatglm_desktop.gui.transcript.scene.places import Places
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import Position, Selection

_NOBODY = Message("", Role.ASSISTANT, (), 0.0)


class SceneSurface:
    """Shown in ``viewport``."""

    def __init__(
        self,
        viewport: QWidget,
        scene: Scene,
        *,
        places: Places,
        selecting: Selecting,
        overlay: Overlay,
        actions: Actions,
    ) -> None:
        self._viewport = viewport
        self._scene = scene
        self._places = places
        self._selecting = selecting
        self._overlay = overlay
        self._actions = actions
        self._areas = Areas(scene, overlay.toolbar)

    @property
    def count(self) -> int:
        return len(self._scene.transcript)

    @property
    def current(self) -> int:
        if not self.count:
            return -1
        focused = self._overlay.toolbar.focused
        if focused is not None:
            return min(focused, self.count - 1)
        caret = self.caret
        return min(caret.item, self.count - 1) if caret is not None else self.count - 1

    @property
    def caret(self) -> Position | None:
        selection = self._selecting.selection
        return selection.head if selection is not None else None

    def item(self, index: int) -> Item:
        if self._scene.transcript.has(index):
            return self._scene.open(index)
        blank = self._scene.transcript.apart(_NOBODY)
        blank.open()
        return blank

    def begins_memory(self, index: int) -> bool:
        return self._scene.transcript.has(index) and self._scene.begins_memory(index)

    def item_rect(self, index: int) -> QRect:
        geometry = self._scene.geometry
        top = geometry.item_top(index) - self._scene.top
        left, width = self._scene.column()
        if self._scene.transcript.has(index):
            bubble = self._scene.bubble(index)
            left, width = bubble.left, bubble.width
        return self._on_screen(QRectF(left, top, width, geometry.item_height(index)))

    def index_at(self, point: QPoint) -> int:
        inside = self._in_scene(point)
        if not self.count or not QRectF(0.0, 0.0, self._scene.width, self._scene.height).contains(
            inside
        ):
            return -1
        return self._scene.geometry.find(self._scene.top + inside.y()).item

    def character_rect(self, position: Position) -> QRect:
        rect = self._places.character_rect(position) if self._has(position) else None
        return self._on_screen(rect) if rect is not None else QRect()

    def position_at(self, point: QPoint) -> Position | None:
        return self._places.position_at(self._in_scene(point))

    def select(self, selection: Selection | None) -> None:
        self._selecting.select(selection)

    def reveal(self, position: Position) -> None:
        self._places.reveal(position)

    def action_names(self, index: int) -> list[str]:
        return [name for name, _ in self._named(index)]

    def perform(self, index: int, name: str) -> None:
        hover = dict(self._named(index)).get(name)
        if hover is not None:
            self._actions.perform(hover)

    def _named(self, index: int) -> Iterator[tuple[str, Hover]]:
        """What can be clicked in a message; a name that comes again is numbered."""
        if not self._scene.transcript.has(index):
            return
        seen: dict[str, int] = {}
        for number in range(self._areas.row_count(index)):
            for area in self._areas.of(index, number):
                if isinstance(area.action, DragSideways):
                    continue
                times = seen[area.label] = seen.get(area.label, 0) + 1
                name = area.label if times == 1 else f"{area.label} ({times})"
                yield name, Hover(index, self._areas.row(index, number), area.action)

    def _has(self, position: Position) -> bool:
        return self._scene.transcript.has(position.item)

    def _on_screen(self, rect: QRectF) -> QRect:
        zoom = self._scene.zoom
        scaled = QRectF(rect.topLeft() * zoom, rect.size() * zoom).toRect()
        return QRect(self._viewport.mapToGlobal(scaled.topLeft()), scaled.size())

    def _in_scene(self, point: QPoint) -> QPointF:
        return QPointF(self._viewport.mapFromGlobal(point)) / self._scene.zoom
