# SPDX-License-Identifier: MIT
"""All places of a scene that can be clicked, by row; lays out no more than is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar
from chatglm_desktop.gui.transcript.rows.row import Action
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.reach import may_hold_areas
from chatglm_desktop.transcript.rows import Row, RowKind


@dataclass(frozen=True, slots=True)
class Area:
    """A hot area in pixels of the view; a link may stand on several lines."""

    action: Action
    label: str
    rects: tuple[QRectF, ...]

    @property
    def bounds(self) -> QRectF:
        whole = QRectF(self.rects[0])
        for rect in self.rects[1:]:
            whole |= rect
        return whole


class Areas:
    """Numbered by item and row. Raises KeyError for messages that are not at hand."""

    def __init__(self, scene: Scene, toolbar: Toolbar) -> None:
        self._scene = scene
        self._toolbar = toolbar

    def item_count(self) -> int:
        return len(self._scene.transcript)

    def row_count(self, item: int) -> int:
        return self._scene.open(item).row_count

    def hot_count(self, item: int, row: int) -> int:
        return len(self.of(item, row))

    def row(self, item: int, number: int) -> Row:
        return self._scene.open(item).row(number)

    def of(self, item: int, number: int) -> list[Area]:
        """The areas of a row; those of the toolbar come after those of the foot."""
        row = self.row(item, number)
        if row.kind is RowKind.LEAF:
            leaf = self._scene.transcript[item].leaves(row.part)[row.leaf]
            if not may_hold_areas(leaf):
                return []
        scene = self._scene
        layout = scene.layout(item, number)
        y = scene.geometry.item_top(item) + scene.geometry.row_top(item, number) - scene.top
        x = scene.bubble(item).text_left + scene.indent(row)
        areas: list[Area] = []
        for hot in layout.hots:
            rect = hot.rect.translated(x, y)
            if areas and areas[-1].action == hot.action:
                areas[-1] = Area(hot.action, hot.label, _joined(areas[-1].rects, rect))
            else:
                areas.append(Area(hot.action, hot.label, (rect,)))
        if row.kind is RowKind.FOOT:
            tools = self._toolbar.hots(item)
            areas += [Area(hot.action, hot.label, (hot.rect,)) for hot in tools]
        return areas


def _joined(rects: tuple[QRectF, ...], more: QRectF) -> tuple[QRectF, ...]:
    """``rects`` and one ``more``, which may go on where the last one ends in the same line."""
    last = rects[-1]
    if (last.top(), last.bottom()) == (more.top(), more.bottom()):
        return (*rects[:-1], last | more)
    return (*rects, more)
