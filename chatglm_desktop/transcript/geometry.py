# SPDX-License-Identifier: MIT
"""Where every row of every item stands; heights are given to it, it knows no text.

An item that nobody has looked at has one estimated height; an opened one has rows.
A :class:`Place` names a point by row, so that it stays put when heights elsewhere change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatglm_desktop.transcript.fenwick import Fenwick


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """``offset`` pixels below the top of a row of an item."""

    item: int
    row: int
    offset: float = 0.0


class Geometry:
    """Heights of items and rows in pixels; each question and change costs O(log n)."""

    def __init__(self) -> None:
        self._items = Fenwick()
        self._rows: list[Fenwick | None] = []

    def __len__(self) -> int:
        return len(self._items)

    def reset(self, estimates: Iterable[float]) -> None:
        """Forget everything; each item gets its estimated height."""
        self._items = Fenwick(estimates)
        self._rows = [None] * len(self._items)

    def append(self, estimate: float) -> None:
        self._items.append(estimate)
        self._rows.append(None)

    def is_open(self, item: int) -> bool:
        return self._rows[item] is not None

    def open(self, item: int, heights: Iterable[float]) -> None:
        """Give an item its rows."""
        rows = Fenwick(heights)
        self._rows[item] = rows
        self._items[item] = rows.total

    def replace(self, item: int, first: int, removed: int, heights: Sequence[float]) -> None:
        """Put rows of ``heights`` in place of ``removed`` rows from ``first`` on."""
        rows = self._opened(item)
        if removed == len(heights):
            for index, height in enumerate(heights, first):
                rows[index] = height
        else:
            rows.replace_from(first, [*heights, *rows.heights_from(first + removed)])
        self._items[item] = rows.total

    def set(self, item: int, row: int, height: float) -> float:
        """Correct the height of a row; returns by how much it grew."""
        rows = self._opened(item)
        grown = height - rows[row]
        if grown:
            rows[row] = height
            self._items[item] = rows.total
        return grown

    @property
    def total(self) -> float:
        return self._items.total

    def item_top(self, item: int) -> float:
        return self._items.top(item)

    def item_height(self, item: int) -> float:
        return self._items[item]

    def row_count(self, item: int) -> int:
        return len(self._opened(item))

    def row_top(self, item: int, row: int) -> float:
        """The top of a row, from the top of its item."""
        return self._opened(item).top(row)

    def row_height(self, item: int, row: int) -> float:
        return self._opened(item)[row]

    def y(self, place: Place) -> float:
        """Where ``place`` is; in an item without rows its offset counts from the item's top."""
        rows = self._rows[place.item]
        inside = rows.top(min(place.row, len(rows))) if rows is not None else 0.0
        return self._items.top(place.item) + inside + place.offset

    def find(self, y: float) -> Place:
        """The row at ``y``; clamped. Raises IndexError if there are no items."""
        item, inside = self._items.find(y)
        rows = self._rows[item]
        if rows is None:
            return Place(item, 0, inside)
        row, offset = rows.find(inside)
        return Place(item, row, offset)

    def _opened(self, item: int) -> Fenwick:
        rows = self._rows[item]
        if rows is None:
            raise LookupError(f"item {item} is not open")
        return rows
