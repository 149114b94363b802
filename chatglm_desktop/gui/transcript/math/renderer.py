# SPDX-License-Identifier: MIT
"""Typesets LaTeX with ziamath, whose import takes its time; knows no cache, thread or colour.

Not for two threads at once: the library keeps its fonts and glyphs in one place.
"""

from __future__ import annotations

import struct
from xml.etree.ElementTree import Element, fromstring

from latex2mathml import exceptions
from PySide6.QtGui import QFont, QTransform
from ziamath.config import config
from ziamath.tex import tex2mml
from ziamath.zmath import Math, fontname, loadedfonts

from chatglm_desktop.gui.transcript.math.formula import Formula, Unreadable
from chatglm_desktop.gui.transcript.math.markup import corrected
from chatglm_desktop.gui.transcript.math.outline import outline
from chatglm_desktop.gui.transcript.math.preparing import prepare
from chatglm_desktop.gui.transcript.math.text_font import TextFont

_ERRORS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    *(kind for kind in vars(exceptions).values() if isinstance(kind, type)),
)
"""What the libraries raise for formulas that they do not understand, as they do not say which."""

_SIZE = 16.0
"""The font size that outlines are made at, about that of text, as lengths may be in cm or pt."""
_DIGITS = 5
"""How exactly the library tells coordinates at that size."""

_TALLEST = 60.0
"""Font sizes; what is larger is a mistake of the library rather than a formula."""


class Renderer:
    """Typesets formulas; characters that the mathematical font lacks come from ``text``."""

    def __init__(self, text: QFont) -> None:
        # Paths of their own instead of references to symbols.
        config.svg2 = False
        config.precision = _DIGITS
        self._font = f"text {text.family()}"
        loadedfonts[self._font] = TextFont(fontname, text)

    def render(self, tex: str, *, display: bool) -> Formula | Unreadable:
        """The formula; no error of the library escapes."""
        try:
            return self._render(tex, display)
        except _ERRORS as error:
            return Unreadable(f"{type(error).__name__}: {error}")

    def _render(self, tex: str, display: bool) -> Formula:
        markup = corrected(tex2mml(prepare(tex), inline=not display))
        formula = Math(fromstring(markup), size=_SIZE, font=self._font)
        drawing = Element("svg")
        formula.node.draw(0.0, 0.0, drawing)
        return _formula(drawing, formula)


def _formula(drawing: Element, formula: Math) -> Formula:
    path = outline(drawing.iter())
    ink, box = path.boundingRect(), formula.node.bbox
    left = min(ink.left(), box.xmin, 0.0)
    right = max(ink.right(), box.xmax)
    top, bottom = max(-ink.top(), box.ymax), max(ink.bottom(), -box.ymin)
    if path.isEmpty() or right - left <= 0 or top + bottom > _TALLEST * _SIZE:
        raise ValueError("nothing to be seen")
    scale = 1.0 / _SIZE
    path = QTransform.fromScale(scale, scale).map(path.translated(-left, 0.0))
    return Formula(path, (right - left) * scale, top * scale, bottom * scale)
