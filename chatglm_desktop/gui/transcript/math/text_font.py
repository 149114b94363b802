# SPDX-License-Identifier: MIT
"""The mathematical font with what it lacks taken from the fonts of text: Chinese, above all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath
from ziafont.fonttypes import BBox
from ziafont.glyph import SimpleGlyph
from ziafont.svgpath import Cubic, Lineto, Moveto, Point, SVGOpType
from ziamath.mathfont import MathFont
from ziamath.styles import MathVariant, styledchr

_SHARE = 0.88
"""The size of text in a formula, in font sizes: it is as large as the text around, whereas
formulas are larger than their text (see Face)."""
_MISSING = 0
"""The number of the glyph that stands for all that a font lacks."""


class TextFont(MathFont):
    """The font in ``file``; glyphs that are missing there have the shapes of ``text``."""

    def __init__(self, file: Path, text: QFont) -> None:
        super().__init__(file)
        self._text = QFont(text)
        self._text.setPixelSize(round(self.info.layout.unitsperem * _SHARE))
        self._borrowed: dict[str, BorrowedGlyph] = {}

    def findglyph(self, char: str, variant: MathVariant) -> SimpleGlyph:
        """The glyph of a character. Raises ValueError if no font has an outline for it."""
        if char.isspace() or self.glyphindex(styledchr(char, variant)) != _MISSING:
            return super().findglyph(char, variant)
        if char not in self._borrowed:
            self._borrowed[char] = BorrowedGlyph(char, self, self._text)
        return self._borrowed[char]


class BorrowedGlyph(SimpleGlyph):
    """A character in the outline that Qt has for it, in units of ``font``."""

    def __init__(self, char: str, font: TextFont, text: QFont) -> None:
        path = QPainterPath()
        path.addText(QPointF(0.0, 0.0), text, char)
        if path.isEmpty():
            raise ValueError(f"no outline for {char!r}")
        box = path.boundingRect()
        # Qt counts downwards, fonts count upwards.
        bounds = BBox(box.left(), box.right(), -box.bottom(), -box.top())
        super().__init__(_MISSING, _operators(path), bounds, font)
        self._width = round(QFontMetricsF(text).horizontalAdvance(char))

    def advance(self, nextchr: SimpleGlyph | None = None) -> int:
        return self._width


def _operators(path: QPainterPath) -> list[SVGOpType]:
    operators: list[SVGOpType] = []
    elements = iter([path.elementAt(number) for number in range(path.elementCount())])
    for element in elements:
        point = _point(element)
        if element.isMoveTo():
            operators.append(Moveto(point))
        elif element.isLineTo():
            operators.append(Lineto(point))
        else:
            # The two elements after the start of a curve belong to it.
            operators.append(Cubic(point, _point(next(elements)), _point(next(elements))))
    return operators


def _point(element: QPainterPath.Element) -> Point:
    return Point(element.x, -element.y)  # type: ignore[no-untyped-call] # the library has no types
