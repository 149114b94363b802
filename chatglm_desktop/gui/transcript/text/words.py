# SPDX-License-Identifier: MIT
"""Ends of characters and words in a text, as the system's rules for languages see them.

What looks like one character (a letter with its marks, a family of emoji) is one here.
"""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QTextBoundaryFinder

from chatglm_desktop.gui.transcript.text.units import Units
from chatglm_desktop.transcript.caret import Steps
from chatglm_desktop.transcript.han import HAN, han_words

_AROUND = 500
_Kind = QTextBoundaryFinder.BoundaryType


def word_at(text: str, character: int) -> tuple[int, int]:
    """Start and end of the word (or the space between words) at ``character``."""
    first, part = _around(text, character)
    if not part:
        return character, character
    ends = _ends(part, _Kind.Word)
    at = min(character - first, len(part) - 1)
    number = bisect_right(ends, at)
    return first + ends[number - 1], first + ends[number]


def next_character(text: str, character: int) -> int:
    """Where the character ends that begins at ``character``."""
    return _following(text, character, _Kind.Grapheme)


def previous_character(text: str, character: int) -> int:
    """Where the character begins that ends at ``character``."""
    return _preceding(text, character, _Kind.Grapheme)


def next_word(text: str, character: int) -> int:
    """Where the next word begins."""
    at = _following(text, character, _Kind.Word)
    while at < len(text) and text[at].isspace():
        at = _following(text, at, _Kind.Word)
    return at


def previous_word(text: str, character: int) -> int:
    """Where the word begins that is before ``character``."""
    at = _preceding(text, character, _Kind.Word)
    while at > 0 and text[at].isspace():
        at = _preceding(text, at, _Kind.Word)
    return at


def _following(text: str, character: int, kind: _Kind) -> int:
    first, part = _around(text, character)
    found = (first + end for end in _ends(part, kind) if first + end > character)
    return next(found, len(text))


def _preceding(text: str, character: int, kind: _Kind) -> int:
    first, part = _around(text, character)
    return max((first + end for end in _ends(part, kind) if first + end < character), default=0)


def _around(text: str, character: int) -> tuple[int, str]:
    """The text near a character and where it begins: all of it may be long."""
    first = max(character - _AROUND, 0)
    return first, text[first : character + _AROUND]


def _ends(part: str, kind: _Kind) -> list[int]:
    """All boundaries in ``part``, its start and its end among them."""
    units = Units((at, 2) for at, each in enumerate(part) if each > "\uffff")
    finder = QTextBoundaryFinder(kind, part)
    ends = [0]
    while (unit := finder.toNextBoundary()) >= 0:
        ends.append(units.character(unit))
    if kind is _Kind.Word:
        return _with_han_words(part, ends)
    return ends


def _with_han_words(part: str, ends: list[int]) -> list[int]:
    """Qt takes each Chinese character as a word; here they are joined to words."""
    found = set(ends)
    for run in HAN.finditer(part):
        found.difference_update(range(run.start() + 1, run.end()))
        at = run.start()
        for word in han_words(run[0]):
            found.add(at)
            at += len(word)
        found.add(run.end())
    return sorted(found)


STEPS = Steps(next_character, previous_character, next_word, previous_word)
"""How a caret goes through a text."""
