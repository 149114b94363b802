# SPDX-License-Identifier: MIT
"""How wide text is in columns of a terminal-like grid, and where to cut long text; no fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

TAB = 4

# East Asian wide ranges and emoji; a rough figure is enough for estimates and code cells.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)

_MARKS = re.compile(r"[\[【]|[*`$]+")


def columns(text: str) -> int:
    """The number of columns that ``text`` takes; a wide character takes two."""
    extra = 0 if text.isascii() else sum(map(len, _WIDE.findall(text)))
    return len(text) + extra + text.count("\t") * (TAB - 1)


def most_columns(text: str) -> int:
    """As many as :func:`columns` or more, counted several times as fast."""
    if text.isascii():
        return len(text) + text.count("\t") * (TAB - 1)
    # What takes a second column has two bytes more than one at least.
    size = len(text.encode("utf-8", "surrogatepass"))
    return (len(text) + size) // 2 + text.count("\t") * (TAB - 1)


def column_cuts(line: str, limit: int) -> list[int]:
    """Where a line of code is cut so that no piece is wider than ``limit`` columns.

    Returns the starts of the pieces after the first one; empty if the line fits.
    """
    if len(line) * TAB <= limit or (len(line) <= limit and columns(line) <= limit):
        return []
    if line.isascii() and "\t" not in line:
        return list(range(limit, len(line), limit))
    cuts: list[int] = []
    widest = TAB if "\t" in line else 2
    place = _piece_end(line, 0, limit, widest)
    while place < len(line):
        cuts.append(place)
        place = _piece_end(line, place, limit, widest)
    return cuts


def _piece_end(line: str, start: int, limit: int, widest: int) -> int:
    """Where a piece of ``limit`` columns from ``start`` on ends; it has one character at least.

    No character takes more than ``widest`` columns, so that many can be counted at once.
    """
    place = start
    room = limit
    while (count := room // widest) and place < len(line):
        room -= columns(line[place : place + count])
        place += count
    while place < len(line) and ((width := columns(line[place])) <= room or place == start):
        room -= width
        place += 1
    return min(place, len(line))


def cut(text: str, size: int, marks: int) -> Iterator[str]:
    """Pieces of at most ``size`` characters, cut after a line break or space where one is near.

    Marks take time to be laid out: a piece has about ``marks`` of them at most; one that may
    begin a link, a note or a citation counts twice. A piece depends only on the text before its
    end, so that growing text keeps its pieces.
    """
    start = 0
    while (end := _full(text, start, size, marks)) < len(text):
        middle = (start + end) // 2
        for space in ("\n", " "):
            found = text.rfind(space, middle, end)
            if found >= 0:
                end = found + 1
                break
        yield text[start:end]
        start = end
    yield text[start:]


def _full(text: str, start: int, size: int, marks: int) -> int:
    """Where a piece from ``start`` on is full; the end of the text if it is not."""
    end = min(start + size, len(text))
    for mark in _MARKS.finditer(text, start + 1, end):
        marks -= 2 if mark[0] in "[【" else 1
        if marks < 0:
            return mark.start()
    return end
