# SPDX-License-Identifier: MIT
"""What the row below the draft has room for; plain numbers of pixels, knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Toggles: TypeAlias = Literal["none", "icons", "words"]

GAP = 2
SIDE = 28
"""The side of a button with an icon alone."""

HINT_GAP = 8
_LEAST_MODEL = 96
_TELLING_HINT = 200
"""So much of a hint says enough; the end of one that is shorter is missed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How wide everything would like to be; 0 for what is not there.

    ``toggles`` are the widths of those with words.
    """

    model: int = 0
    toggles: tuple[int, ...] = ()
    options: bool = False
    tokens: int = 0
    hint: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """What is shown, and how wide the model's name may be."""

    model: int
    toggles: Toggles
    tokens: bool
    hint: bool


def fit(room: int, wanted: Wanted) -> Fit:
    """Share out ``room``: the model first, then switches, the count, their words, the hint."""
    least = min(wanted.model, _LEAST_MODEL)
    taken = (SIDE + GAP if wanted.options else 0) + HINT_GAP + GAP
    icons = len(wanted.toggles) * (SIDE + GAP)
    words = sum(width + GAP for width in wanted.toggles)
    toggles: Toggles = "icons" if wanted.toggles and least + taken + icons <= room else "none"
    taken += icons if toggles == "icons" else 0
    tokens = wanted.tokens > 0 and least + taken + wanted.tokens + GAP <= room
    taken += wanted.tokens + GAP if tokens else 0
    if toggles == "icons" and wanted.model + taken - icons + words <= room:
        toggles = "words"
        taken += words - icons
    model = max(min(wanted.model, room - taken), least)
    hint = wanted.hint > 0 and model + taken + min(wanted.hint, _TELLING_HINT) <= room
    return Fit(model, toggles, tokens, hint)
