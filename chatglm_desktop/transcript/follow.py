# SPDX-License-Identifier: MIT
"""Whether the view follows the end: a pure reducer of state and input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from chatglm_desktop.settings import options

NEAR_END = 24.0
"""Pixels from the end that count as the end: about a line of text."""

FollowMode: TypeAlias = options.FollowMode
"""Follow a reply to its end, until it fills the view, or not at all."""


@dataclass(frozen=True, slots=True)
class Follow:
    """``unread`` tells that text arrived below while the end was not followed.

    ``added`` is how many messages did, ``eager`` whether the user asked for the end: what
    arrives then is followed also beyond one screen.
    """

    mode: FollowMode = "follow"
    following: bool = True
    eager: bool = True
    unread: bool = False
    added: int = 0


@dataclass(frozen=True, slots=True)
class Scrolled:
    """The user moved the view by ``by`` pixels (down is positive), ``to_end`` of the end."""

    by: float
    to_end: float


@dataclass(frozen=True, slots=True)
class Grown:
    """Text arrived, or a height changed: never the user's doing."""


@dataclass(frozen=True, slots=True)
class Added:
    """A message arrived that the user did not write."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The newest reply fills the view: its first line has reached the top."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The user sent a message."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The user asked for the latest message."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading position was restored, or something was looked up."""


FollowInput: TypeAlias = Scrolled | Grown | Added | Filled | Sent | Asked | Placed


def follow(state: Follow, event: FollowInput) -> Follow:
    """What becomes of ``state``.

    Only an upward scroll of the user, or what the mode says of a reply, releases the end;
    reaching it, asking for it or sending restores it.
    """
    match event:
        case Scrolled():
            after = _scrolled(state, event)
        case Grown():
            after = _arrived(state, 0)
        case Added():
            after = _arrived(state, 1)
        case Filled():
            stays = state.mode == "screen" and not state.eager
            after = replace(state, following=False, unread=True) if stays else state
        case Sent():
            after = Follow(state.mode, eager=False)
        case Asked():
            after = Follow(state.mode)
        case Placed():
            after = Follow(state.mode, following=False)
        case _:
            assert_never(event)
    return after


def _scrolled(state: Follow, event: Scrolled) -> Follow:
    if event.to_end <= 0 or (event.by > 0 and event.to_end <= NEAR_END):
        return Follow(state.mode)
    return replace(state, following=False) if event.by < 0 else state


def _arrived(state: Follow, messages: int) -> Follow:
    """Something has arrived at the end."""
    if state.following and state.mode != "never":
        return state
    return replace(state, following=False, unread=True, added=state.added + messages)
