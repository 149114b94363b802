# SPDX-License-Identifier: MIT
"""Matches are numbered through all messages, and stepping goes round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.history import Found
from chatglm_desktop.transcript.finding import Findings, Match


def findings(**counts: int) -> Findings:
    """``p3=2``: two matches in the message at position 3."""
    positions = tuple(int(name[1:]) for name in counts)
    return Findings(Found(positions, tuple(counts.values())))


def test_matches_are_numbered_from_the_oldest_message_on() -> None:
    found = findings(p2=2, p7=1)
    assert [found[number] for number in range(found.total)] == [
        Match(2, 0),
        Match(2, 1),
        Match(7, 0),
    ]


def test_there_is_nothing_beyond_the_ends() -> None:
    for number in (-1, 1):
        with pytest.raises(IndexError):
            findings(p0=1)[number]


def test_steps_go_round_at_both_ends() -> None:
    found = findings(p2=2, p7=1)
    assert found.step(Match(7, 0), 1) == Match(2, 0)
    assert found.step(Match(2, 0), -1) == Match(7, 0)


def test_the_first_step_goes_to_what_is_near() -> None:
    found = findings(p2=2, p7=1)
    assert found.step(None, 1, near=3) == Match(7, 0)
    assert found.step(None, -1, near=3) == Match(2, 1)
    assert found.step(None, 1, near=8) == Match(2, 0)


def test_without_matches_there_is_no_step() -> None:
    assert findings().step(None, 1) is None
    assert findings().step(Match(3, 0), 1) is None


def test_a_message_may_show_other_matches_than_its_source_holds() -> None:
    found = findings(p2=2, p7=1)
    assert found.counted(2, 1).total == 2
    assert found.counted(2, 1)[1] == Match(7, 0)
    assert found.counted(2, 0)[0] == Match(7, 0)
    assert found.counted(7, 1) is found
    assert found.counted(5, 3) is found


def test_a_match_that_has_gone_leads_to_the_next_one() -> None:
    found = findings(p2=2, p7=1)
    assert found.number(Match(4, 0)) == 2
    assert found.number(Match(2, 9)) == 2
    assert found.number(Match(9, 0)) == 3


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 4)), st.integers(0, 50))
def test_stepping_on_visits_every_match_once(counts: dict[int, int], near: int) -> None:
    positions = tuple(sorted(counts))
    found = Findings(Found(positions, tuple(counts[position] for position in positions)))
    seen = []
    match = None
    for _ in range(found.total):
        match = found.step(match, 1, near=near)
        assert match is not None
        seen.append(match)
        assert found[found.number(match)] == match
    assert len(set(seen)) == found.total == sum(counts.values())
