# SPDX-License-Identifier: MIT
"""Which way text is read; knows no layout."""

from __future__ import annotations

import re
from unicodedata import bidirectional

_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def mixes(text: str) -> bool:
    """Whether any of it is read from right to left."""
    return not text.isascii() and _LEFTWARDS.search(text) is not None


def goes_left(text: str) -> bool:
    """Whether its first letter is one of a script that is read from right to left."""
    if not mixes(text):
        return False
    strong = (kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"
