# SPDX-License-Identifier: MIT
"""Puts pieces on pages: which ones stay together, where a page ends; paints and lays out nothing.

Lengths are in pixels at zoom 1, whatever those are on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtGui import QPainter

Draw: TypeAlias = Callable[[QPainter, float], None]
"""Draws a piece whose top is at a height."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What several pieces stand on: a box as wide as from ``left`` to ``right``."""

    left: float
    right: float
    colour: str
    line: str = ""
    radius: float = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What is never cut: a line, a row, a picture.

    ``above`` is the space before it, unless it begins a page. It ``joins`` the next piece if a
    page must not end between them.
    """

    height: float
    draw: Draw | None = None
    above: float = 0.0
    joins: bool = False
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where its top is on the page; ``scale`` is below 1 if it is taller than that."""

    piece: Piece
    top: float
    scale: float = 1.0


Page: TypeAlias = list[Placed]


class Pages:
    """Fills pages of ``height`` with pieces as they come."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._page: Page = []
        self._bottom = 0.0
        self._waiting: list[Piece] = []

    def add(self, pieces: Iterable[Piece]) -> Iterator[Page]:
        """The pages that are full once these are added."""
        for piece in pieces:
            self._waiting.append(piece)
            if not piece.joins:
                yield from self._place()

    def end(self) -> Iterator[Page]:
        """The last pages."""
        yield from self._place()
        if self._page:
            yield self._page
            self._page = []

    def _place(self) -> Iterator[Page]:
        """Place all that waits, which belongs together, on one page if it fits on any."""
        together, self._waiting = self._waiting, []
        total = sum(piece.height + piece.above for piece in together)
        fits = self._bottom + total <= self._height
        whole = total - (together[0].above if together else 0.0) <= self._height
        if self._page and not fits and whole:
            yield self._turn()
        for piece in together:
            above = piece.above if self._page else 0.0
            if self._page and self._bottom + above + piece.height > self._height:
                yield self._turn()
                above = 0.0
            scale = min(1.0, self._height / max(piece.height, 1.0))
            self._page.append(Placed(piece, self._bottom + above, scale))
            self._bottom += above + piece.height * scale

    def _turn(self) -> Page:
        full, self._page, self._bottom = self._page, [], 0.0
        return full


def kept_together(pieces: Iterable[Piece], *, most: int = 0) -> Iterator[Piece]:
    """``pieces`` that are not parted if they are ``most`` or fewer; else not after the first or
    before the last, so that no line stands alone."""
    pieces = list(pieces)
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        inner = number < last and (len(pieces) <= most or number in (0, last - 1))
        yield replace(piece, joins=True) if inner else piece
