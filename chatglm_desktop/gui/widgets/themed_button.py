# SPDX-License-Identifier: MIT
"""What all painted buttons have in common; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager


class ThemedButton(QAbstractButton):
    """Paints itself by :meth:`paint`, anew with the theme and as the pointer comes and goes."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        themes.changed.connect(self._repaint)

    def paint(self, painter: QPainter) -> None:
        """Draw the button as it is now; edges are smoothed."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter)

    def _repaint(self) -> None:
        self.update()
