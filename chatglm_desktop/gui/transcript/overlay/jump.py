# SPDX-License-Identifier: MIT
"""The round button that leads to the latest text; knows scene and scroller only."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller

_SIZE = 36.0
_ROOM = 12.0
"""Around the button, for its shadow and its mark."""
_MANY = 100


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
        self._key: tuple[object, ...] = ()
        self._pixmap = QPixmap()

    @property
    def rect(self) -> QRectF:
        """Where it is, in pixels of the scene; it is not enlarged with the text."""
        zoom = self._scene.zoom
        left, width = self._scene.column()
        x = round((left + width / 2) * zoom - _SIZE / 2)
        y = self._scene.height * zoom - _SIZE - 14.0
        return QRectF(x / zoom, y / zoom, _SIZE / zoom, _SIZE / zoom)

    def piece(self) -> tuple[QRectF, tuple[object, ...]] | None:
        """What it covers and how it looks; None while it is not shown."""
        if not self._scroller.jump_shown:
            return None
        state = self._scroller.state
        area = self.rect.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)
        return area, (self._hovered, state.unread, state.added)

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
        """Draw it if it is shown; with a mark if something arrived meanwhile."""
        if not self._scroller.jump_shown:
            return
        zoom = self._scene.zoom
        ratio = painter.device().devicePixelRatio()
        state = self._scroller.state
        key = (self._scene.layouts.look, self._hovered, state.unread, state.added, ratio)
        if key != self._key:
            # Discs take a while to draw, and this one is drawn in each frame.
            self._key, self._pixmap = key, self._drawn(ratio)
        painter.save()
        painter.scale(1 / zoom, 1 / zoom)
        painter.drawPixmap(self.rect.topLeft() * zoom - QPointF(_ROOM, _ROOM), self._pixmap)
        painter.restore()

    def _drawn(self, ratio: float) -> QPixmap:
        look, state = self._scene.layouts.look, self._scroller.state
        theme = look.theme
        side = _SIZE + 2 * _ROOM
        pixmap = QPixmap(QSizeF(side * ratio, side * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        rect = QRectF(_ROOM, _ROOM, _SIZE, _SIZE)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for spread, alpha in ((3.0, 10), (2.0, 14), (1.0, 18)):
                painter.setBrush(QColor(0, 0, 0, alpha))
                painter.drawEllipse(rect.adjusted(-spread, 1 - spread, spread, 1 + spread))
            painter.setPen(QPen(look.colour(theme.line), 1.0))
            painter.setBrush(look.colour(theme.accent_weak if self._hovered else theme.raised))
            painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
            _paint_arrow(painter, rect.center(), look)
            if state.unread:
                painter.setPen(QPen(look.colour(theme.surface), 2.0))
                painter.setBrush(look.colour(theme.accent))
                mark = QPointF(rect.right() - 5.0, rect.top() + 5.0)
                _paint_mark(painter, mark, look, state.added)
        return pixmap


def _paint_mark(painter: QPainter, centre: QPointF, look: Look, added: int) -> None:
    """A dot; around the number of new messages if there are any."""
    if not added:
        painter.drawEllipse(centre, 5.5, 5.5)
        return
    text = str(added) if added < _MANY else f"{_MANY - 1}+"
    font = QFont(look.small_bold.font)
    font.setPixelSize(11)
    width = max(QFontMetricsF(font).horizontalAdvance(text) + 9.0, 18.0)
    mark = QRectF(centre.x() - width / 2, centre.y() - 9.0, width, 18.0)
    painter.drawRoundedRect(mark, 9.0, 9.0)
    painter.setFont(font)
    painter.setPen(look.colour(look.theme.on_accent))
    painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, text)


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
