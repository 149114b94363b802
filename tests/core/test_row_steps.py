# SPDX-License-Identifier: MIT
"""The steps lead from any order of rows to any other, and are few where little changed."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.row_steps import Inserted, Moved, Removed, Reordered, Step, follow, steps

rows = st.lists(st.integers(-3, 60), unique=True).map(lambda numbers: array("q", numbers))


def taken(numbers: array[int], step: Step) -> array[int]:
    """``numbers`` after ``step``."""
    left = list(numbers)
    match step:
        case Removed(first, last):
            assert 0 <= first <= last < len(left)
            del left[first : last + 1]
        case Moved(source, target):
            left.insert(target, left.pop(source))
        case Reordered(first, order):
            assert sorted(left[first : first + len(order)]) == sorted(order)
            left[first : first + len(order)] = order
        case Inserted(first, come):
            assert 0 <= first <= len(left)
            left[first:first] = come
    return array("q", left)


@given(rows, rows)
def test_any_order_becomes_any_other(old: array[int], new: array[int]) -> None:
    numbers = old
    for step in steps(old, new):
        numbers = taken(numbers, step)
    assert numbers == new


@given(rows, rows)
def test_a_row_is_followed_to_where_it_is(old: array[int], new: array[int]) -> None:
    found = list(steps(old, new))
    for row, number in enumerate(old):
        place = follow(row, found)
        assert place is None or new[place] == number


def test_a_row_that_stays_is_not_lost() -> None:
    old, new = array("q", [1, 2, 3, 4, 5]), array("q", [5, 9, 1, 2, 4])
    found = list(steps(old, new))
    assert [follow(row, found) for row in range(5)] == [2, 3, None, 4, None]
    assert follow(2, [Reordered(0, array("q", [2, 1]))]) == 2
    assert follow(1, [Reordered(0, array("q", [2, 1]))]) is None


@given(st.permutations(range(60)))
def test_many_moves_are_one_step_more(order: list[int]) -> None:
    old, new = array("q", range(60)), array("q", order)
    numbers = old
    for step in (found := list(steps(old, new))):
        numbers = taken(numbers, step)
    assert numbers == new
    assert len(found) <= 25


def test_nothing_is_done_for_the_same_rows() -> None:
    assert list(steps(array("q", [1, 2]), array("q", [1, 2]))) == []
    assert list(steps(array("q"), array("q"))) == []


def test_one_that_goes_to_the_top_is_one_step() -> None:
    old = array("q", range(100_000))
    new = array("q", [70_000, *range(70_000), *range(70_001, 100_000)])
    assert list(steps(old, new)) == [Moved(70_000, 0)]
    assert list(steps(new, old)) == [Moved(0, 70_000)]


def test_neighbours_go_and_come_together() -> None:
    assert list(steps(array("q", [1, 2, 3, 4, 5]), array("q", [1, 5]))) == [Removed(1, 3)]
    assert list(steps(array("q", [1, 5]), array("q", [1, 2, 3, 5, 6]))) == [
        Inserted(1, array("q", [2, 3])),
        Inserted(4, array("q", [6])),
    ]


def test_few_moves_are_made_one_by_one() -> None:
    order = array("q", range(25))
    found = list(steps(order, order[::-1]))
    assert len(found) == 24
    assert all(isinstance(step, Moved) for step in found)


def test_a_row_beside_those_that_change_places_stays() -> None:
    changed = Reordered(1, array("q", [7, 8]))
    assert [follow(row, [changed]) for row in range(4)] == [0, None, None, 3]
