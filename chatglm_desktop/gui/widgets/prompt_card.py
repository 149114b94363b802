# SPDX-License-Identifier: MIT
"""A card with a suggestion that can be clicked; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_PADDING = 14
_GAP = 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class PromptCard(ThemedButton):
    """Emits ``chosen`` with its prompt."""

    chosen = Signal(str)

    def __init__(
        self, themes: ThemeManager, title: str, prompt: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self._prompt = prompt
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(prompt)
        self._title_font = QFont(self.font())
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._prompt_font = QFont(self.font())
        self._prompt_font.setPixelSize(13)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.chosen.emit(self._prompt))

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(self._title_font).height() + _GAP + self._two_lines()
        return QSize(320, lines + 2 * _PADDING)

    def _two_lines(self) -> int:
        """The height of two lines of either script; Chinese ones are higher."""
        metrics = QFontMetrics(self._prompt_font)
        return metrics.boundingRect(QRect(0, 0, 400, 400), _WRAP, "国\n国").height()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line)))
        painter.setBrush(QColor(theme.raised))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 12, 12)
        if self.underMouse():
            painter.setBrush(hover_colour(theme.text))
            painter.drawRoundedRect(frame, 12, 12)
        inner = self.rect().adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text))
        title_height = painter.fontMetrics().height()
        title = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(self._prompt_font)
        painter.setPen(QColor(theme.dim))
        self._paint_prompt(painter, inner.adjusted(0, title_height + _GAP, 0, 0))

    def _paint_prompt(self, painter: QPainter, room: QRect) -> None:
        """Up to two lines; the last one that fits ends in an ellipsis if there is more."""
        metrics = painter.fontMetrics()
        text = self._prompt
        # In a small window not even the ellipsis fits.
        while len(text) > 1 and metrics.boundingRect(room, _WRAP, text).height() > room.height():
            text = text[:-2].rstrip() + "…"
        painter.drawText(room, _WRAP, text)
