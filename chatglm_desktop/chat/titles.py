# SPDX-License-Identifier: MIT
"""A conversation's title from its first question, without asking a model; pure."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"^[\s#>*+\-–—•`~=|]+|[`*_~]{2,}")
_NOISE = re.compile(r"\s+")
_WIDTH = 48


def title_from(text: str) -> str:
    """The first line that says something, shortened to about 24 Chinese or 48 Latin characters."""
    for line in text.splitlines():
        title = _NOISE.sub(" ", _MARKS.sub("", line)).strip("`*_~ ")
        if any(character.isalnum() for character in title):
            return _shorten(title)
    return _shorten(_NOISE.sub(" ", text).strip())


def _shorten(title: str) -> str:
    width = 0
    for index, character in enumerate(title):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _WIDTH:
            return f"{_to_word(title[:index])}…"
    return title


def _to_word(head: str) -> str:
    """``head`` without a torn word at its end, unless that would take too much away."""
    cut = head.rfind(" ")
    return head[:cut] if cut > len(head) * 0.6 else head.rstrip()
