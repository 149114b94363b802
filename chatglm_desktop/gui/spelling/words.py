# SPDX-License-Identifier: MIT
"""Which parts of a line are words that a dictionary can judge; knows no dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOT_PROSE = re.compile(r"`[^`]*`|\S*(?:://|[@/\\_])\S*|\S*\w\.\w\S*|[#/]\w+")
"""Code, addresses, paths and names."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OTHER = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u2e80-\uffff\U00020000-\U0003ffff]|\\d")
"""Scripts without spaces between words, and digits."""


def words(line: str) -> Iterator[tuple[int, str]]:
    """Where each word begins, and the word."""
    prose = _NOT_PROSE.sub(lambda found: " " * len(found[0]), line)
    for found in _WORD.finditer(prose):
        word = found[0]
        beside = prose[max(found.start() - 1, 0) : found.end() + 1]
        # Abbreviations and names of things in programs are in no dictionary.
        if len(word) > 1 and word[1:].islower() and not _OTHER.search(beside):
            yield found.start(), word
