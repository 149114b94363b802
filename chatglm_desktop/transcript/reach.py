# SPDX-License-Identifier: MIT
"""The order in which the keyboard reaches what can be clicked; knows no pixels and no keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from chatglm_desktop.transcript.leaves import Leaf, RuleLeaf, TextLeaf

_MARKS = ("[", "<", "://", "@", "www.", "\u3010")
"""Without one of these, text has no link and no mark that leads to a source."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """The hot area number ``hot`` of row number ``row`` of item ``item``.

    Also a place before the first (-1) or after the last of a row, from where to look on.
    """

    item: int
    row: int
    hot: int


class Reachable(Protocol):
    """How many items there are, rows in an item, and hot areas in a row."""

    def item_count(self) -> int: ...

    def row_count(self, item: int) -> int: ...

    def hot_count(self, item: int, row: int) -> int: ...


def following(spot: Spot, areas: Reachable) -> Iterator[Spot]:
    """All hot areas after ``spot``, in the order of reading."""
    row, hot = spot.row, spot.hot + 1
    for item in range(spot.item, areas.item_count()):
        while row < areas.row_count(item):
            for number in range(hot, areas.hot_count(item, row)):
                yield Spot(item, row, number)
            row, hot = row + 1, 0
        row = 0


def preceding(spot: Spot, areas: Reachable) -> Iterator[Spot]:
    """All hot areas before ``spot``, against the order of reading."""
    for number in range(spot.hot - 1, -1, -1):
        yield Spot(spot.item, spot.row, number)
    row = spot.row
    for item in range(spot.item, -1, -1):
        for above in range(row - 1, -1, -1):
            for number in range(areas.hot_count(item, above) - 1, -1, -1):
                yield Spot(item, above, number)
        row = areas.row_count(item - 1) if item else 0


def may_hold_areas(leaf: Leaf) -> bool:
    """Whether ``leaf`` may have something to click; quick, so that long text is passed over."""
    match leaf:
        case TextLeaf():
            return not leaf.verbatim and any(mark in leaf.source for mark in _MARKS)
        case RuleLeaf():
            return False
        case _:
            return True
