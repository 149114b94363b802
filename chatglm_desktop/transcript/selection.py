# SPDX-License-Identifier: MIT
"""What is selected, as two positions in items, parts, leaves and characters; knows no pixels.

Settled leaves keep their numbers while text streams in, so a selection survives it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

LAST = 1 << 40
"""Beyond every leaf and character: 'to the end'."""


class PartKind(IntEnum):
    """The selectable parts of an item, in the order in which they are shown."""

    REASONING = 0
    ANSWER = 1


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Before the character ``character`` of leaf ``leaf``; a position may lie beyond the text."""

    item: int
    part: PartKind
    leaf: int
    character: int


def item_start(item: int) -> Position:
    return Position(item, PartKind.REASONING, 0, 0)


def item_end(item: int) -> Position:
    return Position(item, PartKind.ANSWER, LAST, LAST)


@dataclass(frozen=True, slots=True)
class Selection:
    """``anchor`` is where it began, ``head`` where it was led."""

    anchor: Position
    head: Position

    def to_text(self) -> str:
        """What :meth:`from_text` understands."""
        ends = (self.anchor, self.head)
        return " ".join(f"{p.item}:{int(p.part)}:{p.leaf}:{p.character}" for p in ends)

    @classmethod
    def from_text(cls, text: str) -> Selection | None:
        """A selection that was kept; None if ``text`` makes no sense."""
        try:
            anchor, head = (_position(words) for words in text.split())
        except ValueError:
            return None
        return cls(anchor, head)

    @property
    def start(self) -> Position:
        return min(self.anchor, self.head)

    @property
    def end(self) -> Position:
        return max(self.anchor, self.head)

    @property
    def empty(self) -> bool:
        return self.anchor == self.head

    def touches(self, item: int) -> bool:
        return not self.empty and self.start.item <= item <= self.end.item

    def covers(self, item: int) -> bool:
        """Whether all of an item is selected."""
        return self.start <= item_start(item) and item_end(item) <= self.end

    def within(self, count: int) -> Selection:
        """What is left of it if there are only ``count`` items."""
        last = item_end(count - 1)
        return Selection(min(self.anchor, last), min(self.head, last))

    def without(self, item: int) -> Selection:
        """What is left of it when an item has been taken out and later ones have moved up."""

        def moved(position: Position) -> Position:
            if position.item < item:
                return position
            if position.item > item:
                return replace(position, item=position.item - 1)
            return item_start(item)

        return Selection(moved(self.anchor), moved(self.head))

    def in_leaf(self, item: int, part: PartKind, leaf: int, length: int) -> tuple[int, int] | None:
        """The selected range of a leaf of ``length`` characters; None if it is not touched."""
        first = Position(item, part, leaf, 0)
        last = Position(item, part, leaf, length)
        start = max(self.start, first)
        end = min(self.end, last)
        if self.empty or start > end:
            return None
        return start.character, end.character

    def continues_after(self, item: int, part: PartKind, leaf: int, length: int) -> bool:
        """Whether the selection goes on beyond the end of a leaf."""
        return self.end > Position(item, part, leaf, length)


def _position(text: str) -> Position:
    item, part, leaf, character = map(int, text.split(":"))
    if min(item, leaf, character) < 0:
        raise ValueError(text)
    return Position(item, PartKind(part), leaf, character)
