# SPDX-License-Identifier: MIT
"""Who may release the end, and what brings it back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.follow import (
    NEAR_END,
    Follow,
    FollowInput,
    Grown,
    Placed,
    Scrolled,
    Sent,
    follow,
)

FOLLOWING = Follow()
READING = Follow(following=False)
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
        (BEHIND, Sent(), FOLLOWING),
        (FOLLOWING, Placed(), READING),
    ],
)
def test_each_input_has_its_effect(state: Follow, event: FollowInput, expected: Follow) -> None:
    assert follow(state, event) == expected


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([Grown(), Scrolled(4.0, 200.0), Sent()])))
def test_only_an_upward_scroll_or_a_restored_position_releases(events: list[FollowInput]) -> None:
    state = FOLLOWING
    for event in events:
        state = follow(state, event)
    assert state.following
