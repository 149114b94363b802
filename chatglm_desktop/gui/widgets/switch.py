# SPDX-License-Identifier: MIT
"""A switch that is on or off; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_WIDTH = 40
_HEIGHT = 24
_GAP = 4


class Switch(ThemedButton):
    """The knob is at the right, on the accent colour, when it is on; Space and Enter change it."""

    def __init__(self, themes: ThemeManager, name: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        on = self.isChecked()
        ground = QColor(theme.accent if on else theme.surface)
        knob = QColor(theme.on_accent if on else theme.dim)
        if not self.isEnabled():
            ground, knob = QColor(theme.window), QColor(theme.line)
        track = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = theme.text if self.hasFocus() else theme.accent if on else theme.dim
        painter.setPen(QPen(QColor(edge if self.isEnabled() else theme.line), 1.5))
        painter.setBrush(ground)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        side = track.height() - 2 * _GAP
        left = track.right() - _GAP - side if on else track.left() + _GAP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(knob)
        painter.drawEllipse(QRectF(left, track.top() + _GAP, side, side))
