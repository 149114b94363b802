# SPDX-License-Identifier: MIT
"""The way from one order of rows to another in few steps; knows no widget and no list of Qt's."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from chatglm_desktop.core.listing import Numbers

_MOVES = 24
"""Rows that are moved one by one; where more have moved, all are put into a new order at once."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The rows from ``first`` to ``last`` go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Moved:
    """The row ``source`` is taken out and put in again so that it stands at ``target``."""

    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Reordered:
    """The rows from ``first`` on are now ``numbers``: the same ones in another order."""

    first: int
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Inserted:
    """``numbers`` come before the row ``first``."""

    first: int
    numbers: Numbers


Step: TypeAlias = Removed | Moved | Reordered | Inserted


def steps(old: Numbers, new: Numbers) -> Iterator[Step]:
    """What to do with ``old``, one after the other, so that it is ``new``; neither has doubles.

    What is the same at both ends is compared, not looked at: a conversation that goes to the top
    of a hundred thousand others is one step, found within a millisecond or two.
    """
    start = _same_start(old, new)
    end = _same_end(old, new, start)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    gone, come = set(before), set(after)
    gone, come = gone - come, come - gone
    yield from _removals(before, gone, start)
    before = array("q", (n for n in before if n not in gone)) if gone else before
    kept = array("q", (n for n in after if n not in come)) if come else after
    yield from _moves(before, kept, start)
    yield from _insertions(after, come, start)


def follow(row: int, taken: Iterable[Step]) -> int | None:
    """Where a row stands after these steps; None for one that went or was itself moved."""
    for step in taken:
        match step:
            case Removed(first, last):
                if first <= row <= last:
                    return None
                row -= last - first + 1 if row > last else 0
            case Moved(source, target):
                if row == source:
                    return None
                row += (target <= row < source) - (source < row <= target)
            case Reordered(first, numbers):
                if first <= row < first + len(numbers):
                    return None
            case Inserted(first, numbers):
                row += len(numbers) if row >= first else 0
            case _:
                assert_never(step)
    return row


def _removals(numbers: Numbers, gone: set[int], offset: int) -> Iterator[Step]:
    """From the end, so that the rows before stay where they are."""
    last = len(numbers)
    while gone and last > 0:
        last -= 1
        if numbers[last] in gone:
            first = last
            while first > 0 and numbers[first - 1] in gone:
                first -= 1
            yield Removed(offset + first, offset + last)
            last = first


def _insertions(numbers: Numbers, come: set[int], offset: int) -> Iterator[Step]:
    first = 0
    while come and first < len(numbers):
        end = first
        while end < len(numbers) and numbers[end] in come:
            end += 1
        if end > first:
            yield Inserted(offset + first, numbers[first:end])
        first = end + 1


def _moves(old: Numbers, new: Numbers, offset: int) -> Iterator[Step]:
    for _ in range(_MOVES):
        start = _same_start(old, new)
        end = _same_end(old, new, start)
        old, new, offset = old[start : len(old) - end], new[start : len(new) - end], offset + start
        if not old:
            return
        # The first differs: either it went down, or another came up to its place.
        up, down = old.index(new[0]), new.index(old[0])
        if up >= down:
            yield Moved(offset + up, offset)
            old = array("q", [old[up]]) + old[:up] + old[up + 1 :]
        else:
            yield Moved(offset, offset + down)
            old = old[1 : down + 1] + array("q", [old[0]]) + old[down + 1 :]
    if old != new:
        yield Reordered(offset, new)


def _same_start(old: Numbers, new: Numbers) -> int:
    """How many rows are the same from the first on."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_end(old: Numbers, new: Numbers, start: int) -> int:
    """How many rows are the same from the last one back, but for the first ``start``."""
    low, high = 0, min(len(old), len(new)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle - 1
    return low
