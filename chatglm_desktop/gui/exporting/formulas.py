# SPDX-License-Identifier: MIT
"""Formulas typeset at once, for threads that may wait, and as SVG; knows no file."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QFont, QPainterPath

from chatglm_desktop.gui.transcript.math.formula import Formula, Unreadable
from chatglm_desktop.gui.transcript.math.formulas import Formulas

_KEPT = 2048
_UNITS = 1000
"""Units of a drawing for each font size, so that whole numbers are exact enough."""
_SIZE = 1.1
"""The font size of formulas, in that of the text around."""


class ReadyFormulas(Formulas):
    """:meth:`get` waits until the formula is typeset."""

    def __init__(self, text: QFont) -> None:
        super().__init__(text, _KEPT)

    def get(self, tex: str, *, display: bool) -> Formula | Unreadable:
        return self.typeset(tex, display=display)


def svg_of(formulas: ReadyFormulas, tex: str, display: bool) -> str | None:
    """A formula as an SVG element in the colour of its text; None if it cannot be read."""
    found = formulas.get(tex, display=display)
    if isinstance(found, Unreadable):
        return None
    height = found.ascent + found.descent
    box = f"0 {-_number(found.ascent)} {_number(found.width)} {_number(height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img"'
        f' aria-label="{escape(tex)}" width="{found.width * _SIZE:.3f}em"'
        f' height="{height * _SIZE:.3f}em" style="vertical-align:{-found.descent * _SIZE:.3f}em">'
        f'<path d="{_path(found.path)}"/></svg>'
    )


def _path(path: QPainterPath) -> str:
    written = []
    controls = 0
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        place = f"{_number(element.x)} {_number(element.y)}"
        if controls:
            controls -= 1
            written.append(place)
        elif element.isMoveTo():
            written.append(f"M{place}")
        elif element.isLineTo():
            written.append(f"L{place}")
        else:
            # The two elements after the start of a curve belong to it.
            controls = 2
            written.append(f"C{place}")
    return " ".join(written)


def _number(length: float) -> int:
    return round(length * _UNITS)
