# SPDX-License-Identifier: MIT
"""Where every row of every item stands; heights are given to it, it knows no text.

Items are counted in pages. Of a page that nobody has looked at only the whole height is kept;
in a known page each item has a height, and an opened item has rows. A :class:`Place` names a
point by row, so that it stays put when heights elsewhere change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from chatglm_desktop.transcript.branch import moved_up
from chatglm_desktop.transcript.fenwick import Fenwick

PAGE = 128
"""Items of a page."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """``offset`` pixels below the top of a row of an item; above it, if negative."""

    item: int
    row: int
    offset: float = 0.0


class Geometry:
    """Heights of items and rows in pixels; a question or a correction costs O(log n)."""

    def __init__(self) -> None:
        self._count = 0
        self._pages = Fenwick()
        self._heights: dict[int, Fenwick] = {}
        self._rows: dict[int, Fenwick] = {}

    def __len__(self) -> int:
        return self._count

    def reset(self, count: int, estimate: float) -> None:
        """Forget everything; each of ``count`` items gets the height ``estimate``."""
        self._count = count
        whole, rest = divmod(count, PAGE)
        self._pages = Fenwick(repeat(estimate * PAGE, whole))
        if rest:
            self._pages.append(estimate * rest)
        self._heights = {}
        self._rows = {}

    def append(self, estimate: float) -> None:
        page = self._count // PAGE
        if page == len(self._pages):
            self._pages.append(0.0)
            self._heights[page] = Fenwick()
        heights = self._known(page)
        heights.append(estimate)
        self._count += 1
        self._pages[page] = heights.total

    def estimate(self, item: int, height: float) -> None:
        """A better guess at the height of an item without rows."""
        if item not in self._rows:
            self._set(item, height)

    def remove(self, item: int) -> None:
        """Take an item out; costs in proportion to the pages from its own on."""
        count = self._count - 1
        before = item // PAGE
        heights = {page: known for page, known in self._heights.items() if page < before}
        totals = []
        for page, start in enumerate(range(before * PAGE, count, PAGE), before):
            items = range(start, min(start + PAGE, count))
            if page in self._heights:
                moved = (self.item_height(i + 1 if i >= item else i) for i in items)
                heights[page] = Fenwick(moved)
                totals.append(heights[page].total)
            else:
                totals.append(self._average(page) * len(items))
        self._pages.replace_from(before, totals)
        self._rows.pop(item, None)
        self._rows = moved_up(self._rows, item)
        self._heights = heights
        self._count = count

    def forget(self, page: int) -> None:
        """Keep of a page its whole height only."""
        self._heights.pop(page, None)
        for item in range(page * PAGE, (page + 1) * PAGE):
            self._rows.pop(item, None)

    @property
    def known_pages(self) -> list[int]:
        return list(self._heights)

    def is_open(self, item: int) -> bool:
        return item in self._rows

    def open(self, item: int, heights: Iterable[float]) -> None:
        """Give an item its rows."""
        rows = self._rows[item] = Fenwick(heights)
        self._set(item, rows.total)

    def replace(self, item: int, first: int, removed: int, heights: Sequence[float]) -> None:
        """Put rows of ``heights`` in place of ``removed`` rows from ``first`` on."""
        rows = self._opened(item)
        if removed == len(heights):
            for index, height in enumerate(heights, first):
                rows[index] = height
        else:
            rows.replace_from(first, [*heights, *rows.heights_from(first + removed)])
        self._set(item, rows.total)

    def set(self, item: int, row: int, height: float) -> None:
        """Correct the height of a row."""
        rows = self._opened(item)
        if rows[row] != height:
            rows[row] = height
            self._set(item, rows.total)

    @property
    def total(self) -> float:
        return self._pages.total

    def item_top(self, item: int) -> float:
        page, number = divmod(item, PAGE)
        heights = self._heights.get(page)
        inside = self._average(page) * number if heights is None else heights.top(number)
        return self._pages.top(page) + inside

    def item_height(self, item: int) -> float:
        page, number = divmod(item, PAGE)
        heights = self._heights.get(page)
        return self._average(page) if heights is None else heights[number]

    def row_count(self, item: int) -> int:
        return len(self._opened(item))

    def row_top(self, item: int, row: int) -> float:
        """The top of a row, from the top of its item."""
        return self._opened(item).top(row)

    def row_height(self, item: int, row: int) -> float:
        return self._opened(item)[row]

    def y(self, place: Place) -> float:
        """Where ``place`` is; in an item without rows its offset counts from the item's top."""
        rows = self._rows.get(place.item)
        inside = rows.top(min(place.row, len(rows))) if rows is not None else 0.0
        return self.item_top(place.item) + inside + place.offset

    def find(self, y: float) -> Place:
        """The row at ``y``; clamped. Raises IndexError if there are no items."""
        page, inside = self._pages.find(y)
        heights = self._heights.get(page)
        if heights is None:
            average = self._average(page)
            number = min(int(max(inside, 0.0) / average), self._size(page) - 1)
            inside -= number * average
        else:
            number, inside = heights.find(inside)
        item = page * PAGE + number
        rows = self._rows.get(item)
        if rows is None:
            return Place(item, 0, inside)
        row, offset = rows.find(inside)
        return Place(item, row, offset)

    def _size(self, page: int) -> int:
        return min(PAGE, self._count - page * PAGE)

    def _average(self, page: int) -> float:
        return max(self._pages[page] / self._size(page), 1.0)

    def _known(self, page: int) -> Fenwick:
        heights = self._heights.get(page)
        if heights is None:
            heights = Fenwick(repeat(self._average(page), self._size(page)))
            self._heights[page] = heights
        return heights

    def _set(self, item: int, height: float) -> None:
        page, number = divmod(item, PAGE)
        heights = self._known(page)
        heights[number] = height
        self._pages[page] = heights.total

    def _opened(self, item: int) -> Fenwick:
        rows = self._rows.get(item)
        if rows is None:
            raise LookupError(f"item {item} is not open")
        return rows
