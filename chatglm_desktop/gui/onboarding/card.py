# SPDX-License-Identifier: MIT
"""A raised ground with a frame, for what belongs together; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager

_PADDING = 16


class Card(QWidget):
    """Its :attr:`column` is what stands on it."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self.column.setSpacing(8)
        themes.changed.connect(self._repaint)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line)))
            painter.setBrush(QColor(theme.raised))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, 12, 12)

    def _repaint(self) -> None:
        self.update()
