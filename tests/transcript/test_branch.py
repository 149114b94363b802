# SPDX-License-Identifier: MIT
"""A branch of which only some stretches are at hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatglm_desktop.core.messages import Message
from chatglm_desktop.transcript.branch import Branch

Make = Callable[..., Message]


@pytest.fixture
def branch(make_message: Make) -> Branch:
    """Ten messages, the last three of which are there."""
    result = Branch()
    result.reset([make_message(id=f"m{place}") for place in (7, 8, 9)], 7, 10)
    return result


def test_what_is_there_is_known_by_position_and_id(branch: Branch) -> None:
    assert len(branch) == 10
    assert branch[8].id == "m8"
    assert branch.position("m9") == 9
    assert 7 in branch
    assert 6 not in branch
    assert not branch.knows("m6")
    assert list(branch.at_hand) == [7, 8, 9]
    with pytest.raises(KeyError):
        branch[6]


def test_older_messages_are_taken_in_and_known_ones_kept(
    branch: Branch, make_message: Make
) -> None:
    newer = branch[7]
    assert branch.take(5, [make_message(id=f"m{place}") for place in (5, 6, 7)]) == [5, 6]
    assert branch[7] is newer
    assert branch.take(0, [make_message(id="m9")]) == []


def test_a_forgotten_message_keeps_its_position(branch: Branch) -> None:
    branch.forget(8)
    assert len(branch) == 10
    assert not branch.knows("m8")
    assert branch.missing(range(7, 10)) == 8
    assert branch.missing([7, 9]) is None


def test_those_behind_a_removed_message_move_up(branch: Branch) -> None:
    branch.remove(8)
    assert len(branch) == 9
    assert branch.position("m9") == 8
    assert branch.position("m7") == 7


def test_a_known_message_is_not_added_again(branch: Branch, make_message: Make) -> None:
    assert branch.append(make_message(id="new")) == 10
    with pytest.raises(ValueError, match="already"):
        branch.append(make_message(id="new"))
