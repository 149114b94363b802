# SPDX-License-Identifier: MIT
"""A list of heights with prefix sums in logarithmic time; knows nothing of what they measure."""

from __future__ import annotations

from collections.abc import Iterable


class Fenwick:
    """Heights of which any one can change, and which can grow and shrink at the end."""

    def __init__(self, heights: Iterable[float] = ()) -> None:
        self._heights: list[float] = list(heights)
        self._tree = list(self._heights)
        size = len(self._tree)
        for index in range(size):
            parent = index | (index + 1)
            if parent < size:
                self._tree[parent] += self._tree[index]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> float:
        return self._heights[index]

    def __setitem__(self, index: int, height: float) -> None:
        delta = height - self._heights[index]
        if not delta:
            return
        self._heights[index] = height
        size = len(self._tree)
        while index < size:
            self._tree[index] += delta
            index |= index + 1

    @property
    def total(self) -> float:
        return self.top(len(self._heights))

    def top(self, index: int) -> float:
        """The sum of all heights before ``index``."""
        result = 0.0
        while index > 0:
            result += self._tree[index - 1]
            index &= index - 1
        return result

    def append(self, height: float) -> None:
        index = len(self._heights)
        low = index & (index + 1)
        self._heights.append(height)
        self._tree.append(self.top(index) - self.top(low) + height)

    def replace_from(self, first: int, heights: Iterable[float]) -> None:
        """Put ``heights`` in place of everything from ``first`` on."""
        del self._heights[first:]
        del self._tree[first:]
        for height in heights:
            self.append(height)

    def heights_from(self, first: int) -> list[float]:
        return self._heights[first:]

    def find(self, y: float) -> tuple[int, float]:
        """The entry that holds ``y``, and how far below its top ``y`` is.

        Clamped: the first entry for a negative ``y``, the last one beyond the end.
        Raises IndexError if there are no entries.
        """
        if not self._heights:
            raise IndexError("no heights")
        size = len(self._tree)
        index = 0
        rest = max(y, 0.0)
        step = 1 << (size.bit_length() - 1)
        while step:
            after = index + step
            if after <= size and self._tree[after - 1] <= rest:
                index = after
                rest -= self._tree[after - 1]
            step >>= 1
        if index >= size:
            last = size - 1
            return last, y - self.top(last)
        return index, rest
