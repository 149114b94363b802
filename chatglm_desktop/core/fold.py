# SPDX-License-Identifier: MIT
"""Text as it is compared when finding: without case, diacritics and width; knows no storage.

Every character is folded by itself, so that the fold of a text is the joined folds of its
pieces, and a place in it leads back to a character of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

# Where combining characters live, with others: text without any of these needs no second look.
_PERHAPS_COMBINING = re.compile(
    "[\u0300-\u1fff\u20d0-\u20ff\u2c80-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U000101fd-\U0001e94a]"
)


def fold(text: str) -> str:
    """``text`` in lower case, compatibly decomposed, without combining marks.

    Chinese stays as it is; full-width letters and signs become half-width.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    if _PERHAPS_COMBINING.search(decomposed):
        decomposed = "".join(c for c in decomposed if not unicodedata.combining(c))
    return decomposed.casefold()


def find_all(text: str, folded_query: str) -> list[tuple[int, int]]:
    """Where ``text`` holds ``folded_query``: (start, end) in characters of ``text``, in order.

    As many as ``fold(text).count(folded_query)``. A character whose fold is longer, as that of
    "…" is, lies in a place as a whole, so that two places can be the same.
    """
    places = list(_places(fold(text), folded_query))
    if not places or text.isascii():
        return places
    widths = [_width(character) for character in text]
    if all(width == 1 for width in widths):
        return places
    ends = list(accumulate(widths))
    return [
        (
            bisect_right(ends, start),
            # With the marks that follow it, whose width is nothing.
            max(bisect_right(ends, end), bisect_right(ends, end - 1) + 1),
        )
        for start, end in places
    ]


def _places(folded: str, query: str) -> Iterator[tuple[int, int]]:
    start = folded.find(query) if query else -1
    while start >= 0:
        yield start, start + len(query)
        start = folded.find(query, start + len(query))


@cache
def _width(character: str) -> int:
    """How many characters ``character`` folds to."""
    return len(fold(character))
