# SPDX-License-Identifier: MIT
"""Whether the view follows the end: a pure reducer of state and input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

NEAR_END = 24.0
"""Pixels from the end that count as the end: about a line of text."""


@dataclass(frozen=True, slots=True)
class Follow:
    """``unread`` tells that text arrived below while the end was not followed."""

    following: bool = True
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Scrolled:
    """The user moved the view by ``by`` pixels (down is positive), ``to_end`` of the end."""

    by: float
    to_end: float


@dataclass(frozen=True, slots=True)
class Grown:
    """Text arrived, or a height changed: never the user's doing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The user sent a message, or asked for the latest one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading position was restored."""


FollowInput: TypeAlias = Scrolled | Grown | Sent | Placed


def follow(state: Follow, event: FollowInput) -> Follow:
    """Only an upward scroll of the user releases; reaching the end or sending restores."""
    match event:
        case Scrolled(by, to_end):
            if to_end <= 0 or (by > 0 and to_end <= NEAR_END):
                return Follow()
            return replace(state, following=False) if by < 0 else state
        case Grown():
            return state if state.following else replace(state, unread=True)
        case Sent():
            return Follow()
        case Placed():
            return Follow(following=False)
        case _:
            assert_never(event)
