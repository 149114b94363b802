# SPDX-License-Identifier: MIT
"""Ends of words in a text, as the system's rules for languages see them."""

from __future__ import annotations

from PySide6.QtCore import QTextBoundaryFinder

from chatglm_desktop.gui.transcript.units import Units

_AROUND = 500


def word_at(text: str, character: int) -> tuple[int, int]:
    """Start and end of the word (or the space between words) at ``character``."""
    first = max(character - _AROUND, 0)
    part = text[first : character + _AROUND]
    if not part:
        return character, character
    units = Units.of(part)
    at = min(character - first, len(part) - 1)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, part)
    finder.setPosition(units.units(at))
    start = units.units(at) if finder.isAtBoundary() else max(finder.toPreviousBoundary(), 0)
    finder.setPosition(units.units(at))
    end = finder.toNextBoundary()
    last = units.character(end) if end >= 0 else len(part)
    return first + units.character(start), first + last
