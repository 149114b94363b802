# SPDX-License-Identifier: MIT
"""A label of one line that ends in an ellipsis where there is no room; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.tool_tip import plain_tip


class ElidedLabel(QWidget):
    """Dim text, or a ``strong`` one; the whole of it is in the tool tip when it does not fit."""

    def __init__(
        self,
        themes: ThemeManager,
        pixels: int,
        parent: QWidget | None = None,
        *,
        strong: bool = False,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._strong = strong
        self._text = ""
        font = self.font()
        font.setPixelSize(pixels)
        font.setBold(strong)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._repaint)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self._text else plain_tip(self._text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            theme = self._themes.theme
            painter.setPen(QColor(theme.text if self._strong else theme.dim))
            painter.drawText(self.rect(), left, shown)

    def _repaint(self) -> None:
        self.update()
