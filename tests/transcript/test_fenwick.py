# SPDX-License-Identifier: MIT
"""The tree of heights against a plain list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.fenwick import Fenwick

_HEIGHTS = st.lists(st.integers(0, 50).map(float), max_size=40)


@settings(max_examples=100, deadline=None)
@given(_HEIGHTS, st.data())
def test_it_agrees_with_a_list_after_any_changes(heights: list[float], data: st.DataObject) -> None:
    tree = Fenwick(heights)
    model = list(heights)
    for _ in range(data.draw(st.integers(0, 12))):
        match data.draw(st.sampled_from(("set", "append", "replace"))):
            case "set" if model:
                index = data.draw(st.integers(0, len(model) - 1))
                model[index] = tree[index] = data.draw(st.integers(0, 50)) / 1.0
            case "append":
                model.append(7.0)
                tree.append(7.0)
            case _:
                first = data.draw(st.integers(0, len(model)))
                new = data.draw(_HEIGHTS)
                model[first:] = new
                tree.replace_from(first, new)
    assert len(tree) == len(model)
    assert tree.total == sum(model)
    assert tree.heights_from(0) == model
    assert [tree.top(index) for index in range(len(model))] == [
        sum(model[:index]) for index in range(len(model))
    ]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 50).map(float), min_size=1, max_size=40), st.data())
def test_find_gives_the_entry_that_holds_a_height(
    heights: list[float], data: st.DataObject
) -> None:
    tree = Fenwick(heights)
    y = float(data.draw(st.integers(0, int(sum(heights)) - 1)))
    index, offset = tree.find(y)
    assert 0 <= offset < heights[index]
    assert sum(heights[:index]) + offset == y


def test_find_is_clamped_to_the_first_and_the_last_entry() -> None:
    tree = Fenwick([10.0, 20.0])
    assert tree.find(-5.0) == (0, 0.0)
    assert tree.find(100.0) == (1, 90.0)


def test_find_without_entries_is_an_error() -> None:
    with pytest.raises(IndexError):
        Fenwick().find(0.0)


def test_setting_the_same_height_changes_nothing() -> None:
    tree = Fenwick([10.0, 20.0])
    tree[0] = 10.0
    assert tree.total == 30.0
