# SPDX-License-Identifier: MIT
"""The row of tabs keeps its order, whatever is opened, closed, pinned, moved and reopened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.tab_row import MOST_CLOSED, TabRow
from chatglm_desktop.core.tabs import Anchor, TabState


def row(ids: str) -> TabRow:
    return TabRow(map(TabState, ids))


def test_a_new_tab_stands_at_the_end_or_beside_another() -> None:
    tabs = row("abc")
    tabs.add("d")
    tabs.add("e", after="a")
    tabs.add("f", after="unknown")
    tabs.add("a")
    assert tabs.shown() == list("aebcdf")
    assert tabs.index("b") == 2
    assert "a" in tabs
    assert "x" not in tabs


def test_a_saved_row_is_taken_as_it_makes_sense() -> None:
    tabs = TabRow([TabState("a"), TabState("p", pinned=True), TabState("a", active=True)])
    assert tabs.states() == [TabState("p", pinned=True), TabState("a")]


def test_a_closed_tab_comes_back_where_it_was() -> None:
    tabs = row("abcd")
    tabs.close("b")
    tabs.close("c")
    assert tabs.shown() == ["a", "d"]
    assert tabs.closed_ids() == ["c", "b"]
    tabs.arrange(["d", "a"])
    again = TabRow(tabs.states())
    again.reopen("b")
    again.reopen("c")
    assert again.shown() == ["d", "a", "b", "c"]
    assert again.closed_ids() == []


def test_one_that_is_opened_from_elsewhere_keeps_what_it_was_but_not_its_place() -> None:
    tabs = row("abc")
    tabs.note_reading("a", Anchor("m", 3.0), "words")
    tabs.change("a", place="window", active=True)
    tabs.close("a")
    tabs.add("a")
    assert tabs.shown() == ["b", "c", "a"]
    assert tabs["a"] == TabState("a", anchor=Anchor("m", 3.0), selection="words")


def test_only_so_many_closed_tabs_are_kept() -> None:
    tabs = row("")
    for number in range(MOST_CLOSED + 2):
        tabs.add(str(number))
        tabs.close(str(number))
    assert len(tabs.closed_ids()) == len(tabs.states()) == MOST_CLOSED
    assert "0" not in tabs.closed_ids()
    tabs.forget("2")
    tabs.forget("unknown")
    assert len(tabs.closed_ids()) == MOST_CLOSED - 1


def test_pinned_tabs_stand_first() -> None:
    tabs = row("abcd")
    tabs.pin("c", True)
    tabs.pin("d", True)
    assert tabs.shown() == list("cdab")
    tabs.arrange(list("acdb"))
    assert tabs.shown() == list("cdab")
    tabs.pin("c", False)
    assert tabs.shown() == list("dcab")


def test_pinned_tabs_are_spared() -> None:
    tabs = row("abcd")
    tabs.pin("d", True)
    assert tabs.others("b") == ["a", "c"]
    assert tabs.to_the_right("a") == ["b", "c"]
    assert tabs.to_the_right("d") == ["a", "b", "c"]


def test_a_window_of_its_own_is_not_in_the_bar() -> None:
    tabs = row("abc")
    tabs.change("b", place="window")
    tabs.note_shape("b", "here")
    assert tabs.shown() == ["a", "c"]
    assert tabs.windows() == ["b"]
    assert tabs.open_ids() == ["a", "b", "c"]
    tabs.close("b")
    assert tabs.windows() == []
    assert tabs.reopen("b") == TabState("b", place="window", shape="here")
    with pytest.raises(ValueError, match="b"):
        tabs.index("b")


IDS = st.sampled_from("abcdef")


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["add", "close", "reopen", "window", "back", "move"]), IDS),
            st.tuples(st.just("pin"), IDS),
            st.tuples(st.just("unpin"), IDS),
        ),
        max_size=40,
    )
)
def test_no_tab_is_lost_or_doubled(verbs: list[tuple[str, str]]) -> None:
    tabs, opened, closed = TabRow(), set[str](), set[str]()
    for verb, id in verbs:
        if verb == "add":
            tabs.add(id)
            opened.add(id)
            closed.discard(id)
        elif verb == "reopen" and id in closed:
            tabs.reopen(id)
            opened.add(id)
            closed.discard(id)
        elif id not in opened:
            continue
        elif verb == "close":
            tabs.close(id)
            opened.discard(id)
            closed.add(id)
        elif verb in {"pin", "unpin"}:
            tabs.pin(id, verb == "pin")
        elif verb in {"window", "back"}:
            tabs.change(id, place="window" if verb == "window" else "main")
        elif id in tabs.shown():
            tabs.arrange([other for other in tabs.shown() if other != id] + [id])
        assert set(tabs.open_ids()) == opened
        assert set(tabs.closed_ids()) == closed
        assert len(tabs.states()) == len(opened) + len(closed)
        pinned = [tab.pinned for tab in tabs.states()]
        assert pinned == sorted(pinned, reverse=True)
        assert TabRow(tabs.states()).states() == tabs.states()
