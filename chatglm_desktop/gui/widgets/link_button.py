# SPDX-License-Identifier: MIT
"""A button that looks like a link: text in the accent colour; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_PADDING = 4
_HEIGHT = 26


class LinkButton(ThemedButton):
    """Underlined under the pointer; framed where the keyboard is."""

    def __init__(self, themes: ThemeManager, text: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setText(text)
        self.setAccessibleName(text)
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * _PADDING
        return QSize(width, max(metrics.height() + _PADDING, _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        colour = QColor(theme.accent if self.isEnabled() else theme.dim)
        painter.setPen(QPen(colour))
        if self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        font = self.font()
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
