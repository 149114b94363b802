# SPDX-License-Identifier: MIT
"""The tab under the pointer that drags it; takes no event."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager

_BESIDE = QPoint(10, 8)
"""Where it stands from the pointer, which must not be on it."""

_WIDEST = 220
_HEIGHT = 34
_PADDING = 12


class TabGhost(QWidget):
    """The title in a window without a frame, as it goes beyond the main one."""

    def __init__(self, themes: ThemeManager, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput)
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)
        room = _WIDEST - 2 * _PADDING
        metrics = self.fontMetrics()
        self._title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        self.resize(metrics.horizontalAdvance(self._title) + 2 * _PADDING, _HEIGHT)

    def follow(self, position: QPoint) -> None:
        """Stand beside the pointer, which is at ``position`` of the screen."""
        self.move(position + _BESIDE)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        frame = QRect(0, 0, self.width() - 1, self.height() - 1)
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(theme.accent)))
            painter.setBrush(QColor(theme.raised))
            painter.drawRect(frame)
            painter.setPen(QColor(theme.text))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._title)
