# SPDX-License-Identifier: MIT
"""The card round the draft; knows nothing of what is on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card


class ComposerCard(QWidget):
    """At most ``widest`` pixels wide, with its shadow round it. Emits ``pressed()`` for a click
    that nothing on it took.
    """

    pressed = Signal()

    def __init__(self, themes: ThemeManager, widest: int) -> None:
        super().__init__()
        self._themes = themes
        self.setMaximumWidth(widest + 2 * SHADOW)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        themes.changed.connect(self._repaint)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 16)

    def _repaint(self) -> None:
        self.update()
