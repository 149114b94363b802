# SPDX-License-Identifier: MIT
"""The form of a scripted answer; knows no text and no wire format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A web page that a scripted answer names as its source."""

    title: str
    url: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Script:
    """One answer; it is given to questions that hold one of ``words`` (in lower case)."""

    words: tuple[str, ...]
    think: str
    text: str
    hits: tuple[SearchHit, ...] = ()
