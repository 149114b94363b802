# SPDX-License-Identifier: MIT
"""The place of a text that shows best why it was found, as one line with marks; knows no index."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from chatglm_desktop.core.search_terms import Term, pattern
from chatglm_desktop.core.search_tokens import searchable

BEFORE = 40
"""Characters of the text before the first mark, at most."""

LENGTH = 200
"""Characters of the text that are shown, at most."""

_LOOKED_AT = 32
"""Places of a term from which the best is chosen."""

_BLOCK = 128
"""Characters whose widths are added up at once; blocks before are passed as a whole."""

_JAMO = re.compile("[\u1100-\u11ff]")
_SPACE = re.compile(r"\s+")
_CUT = "\u2026"


class Snippet(NamedTuple):
    """``marks`` are (start, end) in characters of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(text: str, terms: Sequence[Term]) -> Snippet | None:
    """The part of ``text`` with the most of ``terms``; its beginning if there are none.

    None if it holds no term at all.
    """
    if _JAMO.search(text):
        text = unicodedata.normalize("NFC", text)
    folded = searchable(text)
    places = [list(_places(folded, term)) for term in terms]
    if terms and not any(places):
        return None
    best = _best(places)
    chosen = sorted({place for some in places for place in some if best <= place[0]})
    wanted = [place for place in chosen if place[1] <= best + LENGTH - BEFORE] or chosen[:1]
    return _cut(text, _joined(_original(text, folded, wanted)))


def holds(folded: str, terms: Sequence[Term]) -> bool:
    """Whether a searchable text holds all of ``terms``."""
    return all(pattern(term).search(folded) for term in terms)


def _places(folded: str, term: Term) -> Iterator[tuple[int, int]]:
    for count, match in enumerate(pattern(term).finditer(folded)):
        if count == _LOOKED_AT:
            return
        yield match.span()


def _best(places: Sequence[Sequence[tuple[int, int]]]) -> int:
    """Where the part begins that has the most different terms: the first such place."""
    best, most = 0, 0
    for start in sorted({place[0] for some in places for place in some}):
        end = start + LENGTH - BEFORE
        held = sum(any(start <= place[0] and place[1] <= end for place in some) for some in places)
        if held > most:
            best, most = start, held
        if held == len(places):
            break
    return best


def _original(text: str, folded: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in ``folded`` as places in ``text``, in order."""
    if text.isascii():
        return list(places)
    ends = _Ends(text)
    return [(ends.at(start), max(ends.at(end - 1) + 1, ends.at(end))) for start, end in places]


class _Ends:
    """Which character of a text a place in its fold belongs to.

    Places are best asked for in ascending order.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: list[int] = []
        self._go_to(0, 0)

    def at(self, place: int) -> int:
        if place < self._folded_begin:
            self._go_to(0, 0)
        while place >= self._folded_end and self._begin + _BLOCK < len(self._text):
            self._go_to(self._begin + _BLOCK, self._folded_end)
        if not self._ends:
            self._ends = list(accumulate(map(_width, self._block)))
        return self._begin + bisect_right(self._ends, place - self._folded_begin)

    def _go_to(self, begin: int, folded_begin: int) -> None:
        self._begin, self._folded_begin = begin, folded_begin
        self._block = self._text[begin : begin + _BLOCK]
        self._folded_end = folded_begin + len(searchable(self._block))
        self._ends = []


@lru_cache(8_192)
def _width(character: str) -> int:
    """How many characters ``character`` folds to."""
    return len(searchable(character))


def _joined(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same without marks in or over another."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, marks: Sequence[tuple[int, int]]) -> Snippet:
    start = max(0, marks[0][0] - BEFORE) if marks else 0
    if start:
        # From a whole word on, where one begins soon.
        space = _SPACE.search(text, start, start + BEFORE // 2)
        start = space.end() if space else start
    end = min(len(text), start + LENGTH)
    shown, moved = (_CUT, []) if start else ("", [])
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    for mark_start, stop in [(first, min(last, end)) for first, last in marks if first < end]:
        shown += _SPACE.sub(" ", text[at:mark_start])
        marked = _SPACE.sub(" ", text[mark_start:stop])
        moved.append((len(shown), len(shown) + len(marked)))
        shown += marked
        at = stop
    shown += _SPACE.sub(" ", text[at:end]).rstrip()
    return Snippet(shown + (_CUT if end < len(text) else ""), tuple(moved))
