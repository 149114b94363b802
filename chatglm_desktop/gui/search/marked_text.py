# SPDX-License-Identifier: MIT
"""Paints a text with marks in a few lines of which the last is elided; knows only the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from chatglm_desktop.core.utf16 import units
from chatglm_desktop.gui.theme.tokens import Theme

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """``marks`` are (start, end) in characters."""

    text: str
    marks: Sequence[Span] = ()

    def beginning(self, kept: int, end: str) -> MarkedText:
        """The first ``kept`` characters, followed by ``end``."""
        inside = [(start, min(stop, kept)) for start, stop in self.marks if start < kept]
        return MarkedText(self.text[:kept] + end, inside)


class MarkedPainter:
    """Paints in one ``font`` and at most so many ``lines``."""

    def __init__(self, font: QFont, lines: int = 1) -> None:
        self._font = font
        self._lines = lines
        self._metrics = QFontMetricsF(font)

    def paint(self, painter: QPainter, place: QRectF, said: MarkedText, theme: Theme) -> None:
        """Paint a text into ``place``, which the lines divide among them."""
        layout, fits = self._laid_out(said, place, theme)
        if not fits:
            layout, _ = self._laid_out(self._elided(layout, said, place.width()), place, theme)
        painter.setPen(QColor(theme.text))
        layout.draw(painter, place.topLeft())

    def _laid_out(self, said: MarkedText, place: QRectF, theme: Theme) -> tuple[QTextLayout, bool]:
        """The first lines of a text, and whether that is all of it."""
        layout = QTextLayout(said.text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([_mark(said.text, mark, theme) for mark in said.marks])
        height = place.height() / self._lines
        layout.beginLayout()
        for number in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(place.width())
            line.setPosition(QPointF(0, number * height + (height - line.height()) / 2))
        layout.endLayout()
        last = layout.lineAt(layout.lineCount() - 1)
        return layout, last.textStart() + last.textLength() >= units(said.text)

    def _elided(self, layout: QTextLayout, said: MarkedText, width: float) -> MarkedText:
        """As much of a text as is shown, and an ellipsis."""
        in_units = layout.lineAt(self._lines - 1).textStart()
        start = min(in_units, len(said.text))
        while units(said.text[:start]) > in_units:
            start -= 1
        right = Qt.TextElideMode.ElideRight
        shown = self._metrics.elidedText(said.text[start:], right, width)
        return said.beginning(start + len(shown) - 1, shown[-1:])


def _mark(text: str, mark: Span, theme: Theme) -> QTextLayout.FormatRange:
    start, end = mark
    span = QTextLayout.FormatRange()
    span.start = units(text[:start])
    span.length = units(text[start:end])
    look = QTextCharFormat()
    look.setBackground(QBrush(QColor(theme.mark)))
    span.format = look
    return span
