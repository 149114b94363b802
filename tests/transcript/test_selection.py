# SPDX-License-Identifier: MIT
"""Ranges of a selection in leaves and items."""

from __future__ import annotations

import pytest

from chatglm_desktop.transcript.selection import (
    PartKind,
    Position,
    Selection,
    item_end,
    item_start,
)

ANSWER = PartKind.ANSWER


def at(item: int, leaf: int, character: int) -> Position:
    return Position(item, ANSWER, leaf, character)


def test_a_selection_can_be_led_backwards() -> None:
    selection = Selection(at(2, 0, 5), at(1, 3, 2))
    assert selection.start == at(1, 3, 2)
    assert selection.end == at(2, 0, 5)


def test_leaves_in_between_are_selected_whole() -> None:
    selection = Selection(at(0, 1, 3), at(0, 3, 2))
    assert selection.in_leaf(0, ANSWER, 0, 9) is None
    assert selection.in_leaf(0, ANSWER, 1, 9) == (3, 9)
    assert selection.in_leaf(0, ANSWER, 2, 9) == (0, 9)
    assert selection.in_leaf(0, ANSWER, 3, 9) == (0, 2)
    assert selection.in_leaf(0, ANSWER, 4, 9) is None
    assert selection.in_leaf(1, ANSWER, 2, 9) is None


def test_an_empty_selection_touches_nothing() -> None:
    selection = Selection(at(0, 1, 3), at(0, 1, 3))
    assert selection.empty
    assert not selection.touches(0)
    assert selection.in_leaf(0, ANSWER, 1, 9) is None


def test_thinking_comes_before_the_answer() -> None:
    selection = Selection(Position(0, PartKind.REASONING, 4, 1), at(0, 0, 2))
    assert selection.in_leaf(0, PartKind.REASONING, 4, 6) == (1, 6)
    assert selection.in_leaf(0, ANSWER, 0, 6) == (0, 2)


def test_an_item_is_covered_from_its_start_to_its_end() -> None:
    selection = Selection(item_start(1), item_end(2))
    assert [selection.covers(item) for item in range(4)] == [False, True, True, False]
    assert [selection.touches(item) for item in range(4)] == [False, True, True, False]
    assert not Selection(at(1, 0, 1), item_end(2)).covers(1)


def test_it_is_known_whether_the_selection_goes_on_after_a_leaf() -> None:
    selection = Selection(at(0, 0, 0), at(0, 1, 4))
    assert selection.continues_after(0, ANSWER, 0, 5)
    assert not selection.continues_after(0, ANSWER, 1, 4)


def test_a_selection_ends_with_the_last_item_that_is_there() -> None:
    selection = Selection(at(1, 0, 2), item_end(5))
    assert selection.within(3) == Selection(at(1, 0, 2), item_end(2))
    assert selection.within(1).empty


def test_a_selection_moves_up_with_its_messages() -> None:
    selection = Selection(at(1, 0, 2), at(3, 1, 4))
    assert selection.without(0) == Selection(at(0, 0, 2), at(2, 1, 4))
    assert selection.without(1) == Selection(item_start(1), at(2, 1, 4))
    assert selection.without(3) == Selection(at(1, 0, 2), item_start(3))
    assert selection.without(4) == selection


def test_a_selection_can_be_kept_as_text() -> None:
    selection = Selection(Position(3, PartKind.ANSWER, 2, 7), item_end(0))
    assert Selection.from_text(selection.to_text()) == selection


@pytest.mark.parametrize("text", ["", "1:1:0:0", "1:1:0:0 1:5:0:0", "1:1:0 1:1:0:0", "0:0:0:-1 x"])
def test_nonsense_is_no_selection(text: str) -> None:
    assert Selection.from_text(text) is None
