# SPDX-License-Identifier: MIT
"""What is asked for and what is let go while one reads."""

from __future__ import annotations

from collections.abc import Callable

from chatglm_desktop.core.messages import Message
from chatglm_desktop.transcript.branch import Branch
from chatglm_desktop.transcript.geometry import PAGE
from chatglm_desktop.transcript.paging import AHEAD, MOST_PAGES, Stretch, surplus, wanted

Make = Callable[..., Message]
LENGTH = 10 * PAGE


def branch(make_message: Make, first: int, stop: int) -> Branch:
    """A branch of ten pages, of which those from ``first`` on are there."""
    result = Branch()
    there = [make_message(id=f"m{place}") for place in range(first, stop)]
    result.reset(there, first, LENGTH)
    return result


def test_nothing_is_wanted_where_all_is_at_hand(make_message: Make) -> None:
    there = branch(make_message, 5 * PAGE, LENGTH)
    assert wanted(there, range(LENGTH - 5, LENGTH)) is None
    assert wanted(branch(make_message, 0, LENGTH), range(3)) is None


def test_what_is_in_view_comes_first_and_by_the_page(make_message: Make) -> None:
    there = branch(make_message, LENGTH - 20, LENGTH)
    assert wanted(there, range(5 * PAGE + 7, 5 * PAGE + 9)) == Stretch(5 * PAGE, PAGE)


def test_a_page_that_is_there_in_part_is_completed(make_message: Make) -> None:
    there = branch(make_message, LENGTH - 20, LENGTH)
    seen = range(LENGTH - 10, LENGTH)
    assert wanted(there, seen) == Stretch(LENGTH - PAGE, PAGE - 20)
    there = branch(make_message, 0, 5 * PAGE + 20)
    assert wanted(there, range(5 * PAGE + 15, 5 * PAGE + 20)) == Stretch(5 * PAGE + 20, PAGE - 20)


def test_the_next_page_is_asked_for_before_it_is_needed(make_message: Make) -> None:
    there = branch(make_message, 5 * PAGE, LENGTH)
    near = 5 * PAGE + AHEAD
    assert wanted(there, range(near, near + 3)) is None
    assert wanted(there, range(near - 1, near + 3)) == Stretch(4 * PAGE, PAGE)


def test_the_farthest_pages_are_let_go_but_never_the_last() -> None:
    pages = range(MOST_PAGES + 4)
    last = MOST_PAGES + 3
    seen = range(5)
    assert surplus(pages, seen, last) == [MOST_PAGES, MOST_PAGES + 1, MOST_PAGES + 2]
    assert surplus(range(3), seen, 2) == []
