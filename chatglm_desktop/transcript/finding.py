# SPDX-License-Identifier: MIT
"""The matches of a search in order, and stepping through them; knows neither text nor pixels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate

from chatglm_desktop.core.history import Found


@dataclass(frozen=True, slots=True)
class Match:
    """The match ``ordinal`` (0 is the first) of the message at ``position``."""

    position: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a search leads: to the message at ``position`` and there to ``text``, "" for nothing.

    ``before`` and ``after`` are what was shown round it, to tell it from others like it.
    ``thinking``: it stands in what the model thought.
    """

    position: int
    text: str = ""
    before: str = ""
    after: str = ""
    thinking: bool = False


class Findings:
    """Matches numbered through all messages."""

    def __init__(self, found: Found | None = None) -> None:
        self._found = found or Found()
        self._positions = self._found.positions
        self._ends = list(accumulate(self._found.counts))

    @property
    def total(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, number: int) -> Match:
        """The match ``number``, 0 to ``total - 1``. Raises IndexError beyond."""
        if not 0 <= number < self.total:
            raise IndexError(number)
        entry = bisect_right(self._ends, number)
        before = self._ends[entry - 1] if entry else 0
        return Match(self._positions[entry], number - before)

    def number(self, match: Match) -> int:
        """The number of a match, or of the next one where it is not there; may be ``total``."""
        entry = bisect_left(self._positions, match.position)
        before = self._ends[entry - 1] if entry else 0
        if entry == len(self._positions) or self._positions[entry] != match.position:
            return before
        return min(before + match.ordinal, self._ends[entry])

    def step(self, match: Match | None, by: int, *, near: int = 0) -> Match | None:
        """The match ``by`` after ``match``, going round at the ends; None if there is none.

        Without a ``match`` it is the first one from position ``near`` on, or the last before it.
        """
        if not self.total:
            return None
        if match is None:
            start = self.number(Match(near, 0))
            return self[(start if by > 0 else start - 1) % self.total]
        return self[(self.number(match) + by) % self.total]

    def counted(self, position: int, count: int) -> Findings:
        """The same, where the message at ``position`` turned out to show ``count`` matches."""
        entry = bisect_left(self._positions, position)
        known = entry < len(self._positions) and self._positions[entry] == position
        counts = self._found.counts
        if not known or counts[entry] == count:
            return self
        rest = entry + 1
        if count:
            corrected = (*counts[:entry], count, *counts[rest:])
            return Findings(Found(self._positions, corrected))
        positions = self._positions[:entry] + self._positions[rest:]
        return Findings(Found(positions, counts[:entry] + counts[rest:]))
