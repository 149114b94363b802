# SPDX-License-Identifier: MIT
"""The tab that the pointer holds: when it leaves the bar, and how far it may go in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent

TEARS_AFTER = 20
"""Pixels above or below the bar after which a tab that is dragged has left it."""


class Grip:
    """:attr:`held` is the id of the tab, if there is one; :attr:`torn`: it has left the bar."""

    def __init__(self) -> None:
        self.held: str | None = None
        self.torn = False
        self._start = QPointF()
        self._rect = QRect()

    def take(self, conversation_id: str | None, position: QPointF, rect: QRect) -> None:
        """The pointer was pressed at ``position`` on a tab that stands in ``rect``."""
        self.held, self.torn = conversation_id, False
        self._start, self._rect = position, rect

    def let_go(self) -> None:
        self.held, self.torn = None, False

    def tears(self, position: QPointF, bar: QRect) -> bool:
        """Whether the tab leaves the bar at ``position``; from then on it is torn."""
        self.torn = not bar.top() - TEARS_AFTER < position.y() < bar.bottom() + TEARS_AFTER
        return self.torn

    def kept_within(self, event: QMouseEvent, group: QRect) -> QMouseEvent:
        """``event`` as if the pointer had stopped where the tab comes to the end of ``group``."""
        left = group.left() + self._start.x() - self._rect.left()
        right = group.right() - (self._rect.right() - self._start.x())
        x = min(max(event.position().x(), left), max(left, right))
        return _moved(event, event.type(), QPointF(x, event.position().y()))

    def release_of(self, event: QMouseEvent) -> QMouseEvent:
        """The event that ends Qt's own drag."""
        return _moved(event, QEvent.Type.MouseButtonRelease, event.position())


def _moved(event: QMouseEvent, kind: QEvent.Type, position: QPointF) -> QMouseEvent:
    released = kind == QEvent.Type.MouseButtonRelease
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    return QMouseEvent(
        kind,
        position,
        event.globalPosition() + position - event.position(),
        left if released else none,
        none if released else event.buttons(),
        event.modifiers(),
    )
