# SPDX-License-Identifier: MIT
"""Who may release the end, and what brings it back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.follow import (
    NEAR_END,
    Added,
    Asked,
    Filled,
    Follow,
    FollowInput,
    FollowMode,
    Grown,
    Placed,
    Scrolled,
    Sent,
    follow,
)

FOLLOWING = Follow()
READING = Follow(following=False)
SCREEN = Follow("screen", eager=False)
NEVER = Follow("never")
BEHIND = Follow(following=False, unread=True)


@pytest.mark.parametrize(
    ("state", "event", "expected"),
    [
        (FOLLOWING, Scrolled(-1.0, 300.0), READING),
        (FOLLOWING, Scrolled(-1.0, 10.0), READING),
        (FOLLOWING, Scrolled(5.0, 300.0), FOLLOWING),
        (FOLLOWING, Scrolled(-5.0, 0.0), FOLLOWING),
        (READING, Scrolled(5.0, 300.0), READING),
        (READING, Scrolled(5.0, NEAR_END), FOLLOWING),
        (BEHIND, Scrolled(5.0, 0.0), FOLLOWING),
        (FOLLOWING, Grown(), FOLLOWING),
        (READING, Grown(), BEHIND),
        (BEHIND, Asked(), FOLLOWING),
        (BEHIND, Sent(), Follow(eager=False)),
        (FOLLOWING, Placed(), READING),
        (FOLLOWING, Added(), FOLLOWING),
        (BEHIND, Added(), Follow(following=False, unread=True, added=1)),
        (FOLLOWING, Filled(), FOLLOWING),
        (SCREEN, Grown(), SCREEN),
        (SCREEN, Filled(), Follow("screen", following=False, eager=False, unread=True)),
        (Follow("screen"), Filled(), Follow("screen")),
        (NEVER, Grown(), Follow("never", following=False, unread=True)),
        (NEVER, Sent(), Follow("never", eager=False)),
        (NEVER, Added(), Follow("never", following=False, unread=True, added=1)),
        (Follow("never", following=False), Scrolled(9.0, 0.0), NEVER),
    ],
)
def test_each_input_has_its_effect(state: Follow, event: FollowInput, expected: Follow) -> None:
    assert follow(state, event) == expected


_EVENTS: list[FollowInput] = [
    Grown(),
    Added(),
    Filled(),
    Scrolled(4.0, 200.0),
    Scrolled(-4.0, 200.0),
    Scrolled(4.0, 0.0),
    Sent(),
    Asked(),
    Placed(),
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([Grown(), Added(), Filled(), Scrolled(4.0, 200.0), Sent()])))
def test_only_an_upward_scroll_or_a_restored_position_releases(events: list[FollowInput]) -> None:
    state = FOLLOWING
    for event in events:
        state = follow(state, event)
    assert state.following


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["follow", "screen", "never"]), st.lists(st.sampled_from(_EVENTS)))
def test_what_arrives_never_pulls_a_reader_down(
    mode: FollowMode, events: list[FollowInput]
) -> None:
    state = Follow(mode)
    for event in events:
        after = follow(state, event)
        if isinstance(event, Grown | Added | Filled):
            assert state.following or not after.following
        assert after.mode == mode
        assert not (after.following and (after.unread or after.added))
        state = after
