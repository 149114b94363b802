# SPDX-License-Identifier: MIT
"""A view of lines stays as it is while the list behind it grows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.markdown.lines import Growing, Lines


def test_a_view_does_not_change_when_the_store_grows() -> None:
    store = ["a", "b"]
    view = Lines(store, 0, 2)
    store.append("c")
    assert list(view) == ["a", "b"]
    assert str(view) == "a\nb"


@given(
    st.lists(st.text(max_size=3), max_size=5),
    st.none() | st.text(max_size=3),
    st.integers(-7, 7),
    st.integers(-7, 7),
)
def test_a_view_is_a_sequence_like_a_list(
    store: list[str], last: str | None, start: int, stop: int
) -> None:
    view = Lines(["before", *store, "after"], 1, 1 + len(store), last)
    expected = [*store] if last is None else [*store, last]
    assert list(view) == expected
    assert len(view) == len(expected)
    assert view[start:stop] == tuple(expected[start:stop])
    assert view[start:stop:2] == tuple(expected[start:stop:2])
    assert str(view) == "\n".join(expected)
    assert view == "\n".join(expected)
    assert repr(view) == f"Lines({str(view)!r})"


def test_a_line_beyond_the_end_is_an_error() -> None:
    view = Lines(["a", "b"], 0, 1)
    assert view[-1] == "a"
    with pytest.raises(IndexError):
        view[1]


def test_a_view_differs_from_other_kinds_of_values() -> None:
    assert Lines(["a"], 0, 1) != 1
    assert Growing([1], 0, 1) != [1]


def test_a_view_of_anything_equals_a_tuple() -> None:
    view = Growing([(1, 2), (3, 4), (5, 6)], 0, 1, (7, 8))
    assert view == ((1, 2), (7, 8)) == view
    assert view == Growing([(0, 0), (1, 2), (7, 8)], 1, 3)
    assert hash(view) == hash(((1, 2), (7, 8)))
    assert repr(view) == "Growing(((1, 2), (7, 8)))"


def test_a_later_view_extends_an_earlier_one() -> None:
    store = ["a", "b"]
    early = Lines(store, 0, 1, "x")
    late = Lines(store, 0, 2)
    assert late.extends(early)
    assert not early.extends(late)
    assert not late.extends(Lines(["a"], 0, 1))
    assert not late.extends(Lines(store, 1, 2))
    assert (early.finished, late.finished) == (1, 2)
