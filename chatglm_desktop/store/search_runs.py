# SPDX-License-Identifier: MIT
"""SQL that walks through messages from the newest to the oldest, however they are numbered.

Numbers ascend with time within a run. Of each run the walk has at most one message at hand, and
it begins with a run only where its newest message comes next.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Candidate(NamedTuple):
    """A message that is perhaps a hit; ``text`` is its folded text."""

    created_at: float
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Times: from ``after`` on, earlier than ``before``, or at ``before`` below the ``number``."""

    after: float | None = None
    before: float | None = None
    number: int = 0


Read = Callable[[int, int], Iterator[Candidate]]
"""The candidates among the numbers from the first to the second, in descending order."""


def walk(connection: sqlite3.Connection, span: Span, read: Read) -> Iterator[Candidate]:
    """All candidates in the span, the newest first; at the same time that of the higher number."""
    waiting: list[tuple[float, int, int, Candidate | None, Iterator[Candidate]]] = []
    for first, last in _runs(connection):
        low, high = _within(connection, span, first, last)
        newest = _newest(connection, low, high)
        if newest is not None:
            # Before any candidate of the same time: its numbers are not known yet.
            waiting.append((-newest, 0, -high, None, read(low, high)))
    heapq.heapify(waiting)
    while waiting:
        _, _, _, candidate, rest = waiting[0]
        if candidate is not None:
            yield candidate
        following = next(rest, None)
        if following is None:
            heapq.heappop(waiting)
        else:
            entry = (-following.created_at, 1, -following.number, following, rest)
            heapq.heapreplace(waiting, entry)


def _runs(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """The first and the last number of each run that may have messages."""
    (last,) = connection.execute("SELECT max(number) FROM message").fetchone()
    firsts = [first for (first,) in connection.execute("SELECT first FROM run ORDER BY first")]
    begins = [1, *(first for first in firsts if first > 1)]
    ends = [*(first - 1 for first in begins[1:]), last or 0]
    return [(begin, end) for begin, end in zip(begins, ends, strict=True) if begin <= end]


def _within(connection: sqlite3.Connection, span: Span, first: int, last: int) -> tuple[int, int]:
    """The part of a run that lies in the span."""
    if span.after is not None:
        first = _first_from(connection, span.after, first, last)
    if span.before is not None:
        end = _first_from(connection, span.before, first, last)
        if span.number > end:
            # Those of the same time, of which it is told how far they count.
            same = _first_from(connection, span.before, end, last, later=True)
            end = min(same, span.number)
        last = end - 1
    return first, last


def _first_from(
    connection: sqlite3.Connection, time: float, first: int, last: int, *, later: bool = False
) -> int:
    """The first number of a message that is not older, or ``later``; behind the last if none."""
    low, high = first, last + 1
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(
            "SELECT number, created_at FROM message WHERE number >= ? AND number < ?"
            " ORDER BY number LIMIT 1",
            (middle, high),
        ).fetchone()
        if row is None or row[1] > time or (row[1] == time and not later):
            high = middle
        else:
            low = row[0] + 1
    return low


def _newest(connection: sqlite3.Connection, first: int, last: int) -> float | None:
    row = connection.execute(
        "SELECT created_at FROM message WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1",
        (first, last),
    ).fetchone()
    return None if row is None else float(row[0])
