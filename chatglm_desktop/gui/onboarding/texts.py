# SPDX-License-Identifier: MIT
"""Labels of the question's pages, wrapped and in the theme's colours; knows no service."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

Tone: TypeAlias = Literal["text", "dim", "bad"]


class Paragraph(QLabel):
    """Plain text that wraps, in a tone that changes with the theme; "" takes no room."""

    def __init__(
        self,
        themes: ThemeManager,
        text: str = "",
        *,
        pixels: int = 14,
        tone: Tone = "text",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._tone: Tone = tone
        font = self.font()
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.setFont(font)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.tell(text, tone)
        themes.changed.connect(self._dress)

    def tell(self, text: str, tone: Tone | None = None) -> None:
        """Show another text."""
        self._tone = tone or self._tone
        self.setText(text)
        # Shown before it has a parent, it would be a window.
        if self.parentWidget() is not None or not text:
            self.setVisible(bool(text))
        self._dress(self._themes.theme)

    def _dress(self, theme: Theme) -> None:
        colours = {"text": theme.text, "dim": theme.dim, "bad": theme.bad}
        set_text_colour(self, colours[self._tone])
