# SPDX-License-Identifier: MIT
"""The round button that leads to the latest text; knows scene and scroller only."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.scene import Scene
from chatglm_desktop.gui.transcript.scroller import Scroller

_SIZE = 36.0


class Jump(QObject):
    """Stands above the composer while the latest text is out of sight.

    Emits ``changed()`` when it is to be painted anew.
    """

    changed = Signal()

    def __init__(self, scene: Scene, scroller: Scroller, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._scroller = scroller
        self._hovered = False

    @property
    def rect(self) -> QRectF:
        """Where it is, in pixels of the view."""
        left, width = self._scene.column()
        x = left + (width - _SIZE) / 2
        return QRectF(round(x), self._scene.height - _SIZE - 14.0, _SIZE, _SIZE)

    def press(self, point: QPointF) -> bool:
        """Go to the latest text if the press was on the button."""
        on_it = self._at(point)
        if on_it:
            self._scroller.to_end()
        return on_it

    def hover(self, point: QPointF) -> bool:
        """Whether the pointer is on the button."""
        on_it = self._at(point)
        if on_it != self._hovered:
            self._hovered = on_it
            self.changed.emit()
        return on_it

    def _at(self, point: QPointF) -> bool:
        return self._scroller.jump_shown and self.rect.contains(point)

    def paint(self, painter: QPainter) -> None:
        """Draw it if it is shown; with a dot if text arrived meanwhile."""
        if not self._scroller.jump_shown:
            return
        look, rect = self._scene.layouts.look, self.rect
        theme = look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, alpha in ((3.0, 10), (2.0, 14), (1.0, 18)):
            painter.setBrush(QColor(0, 0, 0, alpha))
            painter.drawEllipse(rect.adjusted(-spread, 1 - spread, spread, 1 + spread))
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.accent_weak if self._hovered else theme.raised))
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        _paint_arrow(painter, rect.center(), look)
        if self._scroller.state.unread:
            painter.setPen(QPen(look.colour(theme.surface), 2.0))
            painter.setBrush(look.colour(theme.accent))
            painter.drawEllipse(QPointF(rect.right() - 5.0, rect.top() + 5.0), 5.5, 5.5)


def _paint_arrow(painter: QPainter, centre: QPointF, look: Look) -> None:
    painter.setPen(
        QPen(
            look.colour(look.theme.text),
            1.8,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    down = [QPointF(-5.0, -2.0), QPointF(0.0, 3.0), QPointF(5.0, -2.0)]
    painter.drawPolyline([centre + point for point in down])
