# SPDX-License-Identifier: MIT
"""Widgets beside each other that go on in the next line where there is no room; knows only Qt."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_SPACING = 8
_LINE_SPACING = 2
_ROUNDING = 6
"""Pixels more than its text that a label needs so as not to wrap."""


class FlowRow(QWidget):
    """As high as its lines; a label stands in the first one, as wide as its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._widgets.append(widget)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        widths = [_size(widget, 10_000).width() + _SPACING for widget in self._widgets]
        return QSize(sum(widths), self.heightForWidth(sum(widths)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        for widget, place in zip(self._widgets, self._places(self.width()), strict=True):
            widget.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        sizes = [_size(widget, width) for widget in self._widgets]
        line = max((size.height() for size in sizes), default=0)
        places: list[QRect] = []
        x = y = 0
        for size in sizes:
            if x and x + size.width() > width:
                x, y = 0, places[-1].bottom() + 1 + _LINE_SPACING
            places.append(QRect(QPoint(x, y), QSize(size.width(), line)))
            x += size.width() + _SPACING
        return places


def _size(widget: QWidget, most: int) -> QSize:
    """How large a widget is where there are ``most`` pixels; only labels can be narrower."""
    if not isinstance(widget, QLabel):
        return widget.sizeHint()
    metrics = widget.fontMetrics()
    needed = metrics.horizontalAdvance(widget.text()) + _ROUNDING
    if needed <= most:
        return QSize(needed, metrics.height())
    return QSize(most, widget.heightForWidth(most))
