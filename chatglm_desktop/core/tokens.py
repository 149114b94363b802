# SPDX-License-Identifier: MIT
"""Guesses how many tokens a text takes; asks no tokenizer and knows no model.

The true number differs from model to model, and a tokenizer's tables are megabytes. What they
have in common: a short word is one token, a long one several; a space belongs to the word after
it, but more than one, as before an indented line, are a token; signs of code go by twos, Chinese
characters at five for three tokens, emoji one by one. Compared with a real tokenizer, prose
and code are within a third.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

UNIT = 20
"""Costs are in this part of a token: whole numbers, so that their sums are exact."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Characters of which a run costs ``cost`` for every ``step`` of them, begun ones included."""

    characters: str
    step: int
    cost: int


_KINDS = (
    _Kind("[A-Z]?[a-z\u00df-\u024f]+", 7, UNIT),
    _Kind("[A-Z\u00c0-\u00de]+", 4, UNIT),
    _Kind("[0-9]+", 2, UNIT),
    _Kind("[!-/:-@\\[-`{-~]+", 2, UNIT),
    _Kind("[\u3400-\u9fff\uf900-\ufaff]+", 1, 12),
    _Kind("[\u3040-\u30ff]+", 2, 14),
    _Kind("[\uac00-\ud7af]+", 1, 15),
    _Kind("[\u0370-\u058f]+", 4, UNIT),
    _Kind("[\u0590-\u1fff]+", 3, UNIT),
    _Kind("(?:(?!\\s)[^\u0000-\u007f\u00c0-\u1fff\u3040-\ufaff])+", 1, UNIT),
    _Kind("\\s{2,}", 1000, UNIT),
)
_RUNS = re.compile("|".join(f"({kind.characters})" for kind in _KINDS))


def cost(text: str) -> int:
    """The guess for a text, in units.

    It never falls as a text grows at either end, and two texts in one cost what they cost
    apart, but for one token where they meet.
    """
    total = 0
    for run in _RUNS.finditer(text):
        kind = _KINDS[(run.lastindex or 1) - 1]
        total += -(-(run.end() - run.start()) // kind.step) * kind.cost
    return total


def estimate(text: str) -> int:
    """The guess for a text, in tokens."""
    lines = LineCosts()
    lines.replace(0, 0, text.split("\n"))
    return lines.tokens


class LineCosts:
    """What the lines of a text cost, kept so that a change costs only the lines it touches."""

    def __init__(self) -> None:
        self._costs: list[int] = []
        self._total = 0

    def __len__(self) -> int:
        return len(self._costs)

    def replace(self, first: int, count: int, lines: Iterable[str]) -> None:
        """Put ``lines`` in the place of ``count`` lines from ``first`` on."""
        costs = [cost(line) for line in lines]
        self._total += sum(costs) - sum(self._costs[first : first + count])
        self._costs[first : first + count] = costs

    @property
    def tokens(self) -> int:
        """The guess for all lines and what parts them."""
        breaks = max(len(self._costs) - 1, 0) * UNIT
        return -(-(self._total + breaks) // UNIT)
