# SPDX-License-Identifier: MIT
"""A label in which what was searched for is marked; knows only the theme."""

from __future__ import annotations

from html import escape
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme

Tone: TypeAlias = Literal["text", "dim", "ok", "warn", "bad"]


class MarkedLabel(QLabel):
    """Plain text that wraps."""

    def __init__(
        self,
        themes: ThemeManager,
        text: str = "",
        *,
        pixels: int = 14,
        bold: bool = False,
        tone: Tone = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._plain = text
        self._words: tuple[str, ...] = ()
        self._tone = tone
        font = self.font()
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.setFont(font)
        self.setWordWrap(True)
        # Else a label keeps the width that it wants, and a narrow window cuts it off.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._dress(themes.theme)
        themes.changed.connect(self._dress)

    def plain(self) -> str:
        """The text without marks."""
        return self._plain

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Show another text, in another tone if one is given."""
        self._plain = text
        self._tone = tone or self._tone
        self._dress(self._themes.theme)

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark these words wherever they are, in any case."""
        if words != self._words:
            self._words = words
            self._dress(self._themes.theme)

    def _dress(self, theme: Theme) -> None:
        # Not in the palette: the style sheet of the window around it would undo that.
        self.setStyleSheet(f"color: {getattr(theme, self._tone)};")
        spans = found(self._plain, self._words)
        self.setTextFormat(Qt.TextFormat.RichText if spans else Qt.TextFormat.PlainText)
        self.setText(_marked(self._plain, spans, theme.mark) if spans else self._plain)
        self.setAccessibleName(self._plain)


def found(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where any of ``words``, which are folded, stand in ``text``; joined where they overlap."""
    letters = [fold(letter) for letter in text]
    starts = [0]
    for letter in letters:
        starts.append(starts[-1] + len(letter))
    folded = "".join(letters)
    marked = [False] * len(text)
    for word in words:
        place = folded.find(word)
        while place >= 0:
            end = place + len(word)
            for index in range(len(text)):
                if starts[index] < end and starts[index + 1] > place:
                    marked[index] = True
            place = folded.find(word, place + 1)
    return _runs(marked)


def _runs(marked: list[bool]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for index, on in enumerate(marked):
        if on and runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        elif on:
            runs.append((index, index + 1))
    return tuple(runs)


def _marked(text: str, spans: tuple[tuple[int, int], ...], colour: str) -> str:
    pieces, at = [], 0
    for begin, end in spans:
        pieces.append(escape(text[at:begin]))
        pieces.append(f'<span style="background:{colour}">{escape(text[begin:end])}</span>')
        at = end
    return "".join((*pieces, escape(text[at:])))
