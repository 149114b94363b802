# SPDX-License-Identifier: MIT
"""How wide the columns of a table are, of what they want and the room; no fonts, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PAD = 12.0
"""Pixels on both sides of a cell's text."""
_COLUMN = 8.4
"""Pixels of one column of text, bold and wide letters among them."""
_READABLE = 12
"""Columns of text below which reading is hard."""
_COMFORTABLE = 26
"""Columns of text that a wide cell gets when the table is scrolled anyway."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Pixels of each column, the room on both sides of its text included."""

    widths: tuple[float, ...]

    @property
    def total(self) -> float:
        return sum(self.widths)


def fit_columns(wanted: Sequence[int], words: Sequence[int], room: float) -> Columns:
    """The columns of a table in ``room`` pixels; ``wanted`` and ``words`` as in a table leaf.

    Columns get what they want and a share of what is left. If that is too much, they get
    what they need for being read and a share of what is left. If even that is too much, the
    table is wider than its room.
    """
    most = [want * _COLUMN + 2 * PAD for want in wanted]
    if (total := sum(most)) <= room:
        return Columns(tuple(each * room / max(total, 1.0) for each in most))
    least = [
        max(min(want, _READABLE), word) * _COLUMN + 2 * PAD
        for want, word in zip(wanted, words, strict=True)
    ]
    left = room - sum(least)
    if left < 0:
        comfortable = _COMFORTABLE * _COLUMN + 2 * PAD
        wide = (max(few, min(many, comfortable)) for few, many in zip(least, most, strict=True))
        return Columns(tuple(wide))
    wishes = [max(many - few, 0.0) for many, few in zip(most, least, strict=True)]
    total = max(sum(wishes), 1.0)
    widths = (few + left * wish / total for few, wish in zip(least, wishes, strict=True))
    return Columns(tuple(widths))
