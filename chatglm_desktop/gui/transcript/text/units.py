# SPDX-License-Identifier: MIT
"""Characters of a text against units of its layout; knows no text and no layout.

Most characters are one unit. One beyond U+FFFF is two, as layouts count UTF-16, and a formula
that is shown as its source is as many as that has.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator


class Units:
    """Converts both ways. ``wide`` are the characters of more than one unit, with their units."""

    def __init__(self, wide: Iterable[tuple[int, int]] = ()) -> None:
        self._characters: list[int] = []
        self._starts: list[int] = []
        # How many units more than characters there are before each of them, and after all.
        self._extra = [0]
        for character, count in wide:
            self._characters.append(character)
            self._starts.append(character + self._extra[-1])
            self._extra.append(self._extra[-1] + count - 1)

    @classmethod
    def of(cls, text: str) -> Units:
        """Those of a text that is shown as it is."""
        return cls((index, 2) for index in pairs(text))

    def units(self, character: int) -> int:
        """How many units stand before a character."""
        return character + self._extra[bisect_left(self._characters, character)]

    def character(self, unit: int) -> int:
        """The boundary of characters that is nearest to one of units."""
        number = bisect_right(self._starts, unit) - 1
        if number < 0:
            return unit
        count = self._extra[number + 1] - self._extra[number] + 1
        into = unit - self._starts[number]
        if into < count:
            return self._characters[number] + (2 * into > count)
        return unit - self._extra[number + 1]


def pairs(text: str) -> Iterator[int]:
    """The characters that UTF-16 needs two units for."""
    if text.isascii() or max(text) <= "\uffff":
        return iter(())
    return (index for index, character in enumerate(text) if character > "\uffff")
