# SPDX-License-Identifier: MIT
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.transcript.leaves import CodeLeaf, Frame, RuleLeaf, TextLeaf
from chatglm_desktop.transcript.reach import Spot, following, may_hold_areas, preceding


class Areas:
    """``counts[item][row]`` hot areas."""

    def __init__(self, counts: list[list[int]]) -> None:
        self._counts = counts

    def item_count(self) -> int:
        return len(self._counts)

    def row_count(self, item: int) -> int:
        return len(self._counts[item])

    def hot_count(self, item: int, row: int) -> int:
        return self._counts[item][row]


COUNTS = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(deadline=None, max_examples=200)
@given(COUNTS, st.data())
def test_both_ways_lead_past_everything_once(counts: list[list[int]], data: st.DataObject) -> None:
    spots = [
        Spot(item, row, hot)
        for item, rows in enumerate(counts)
        for row, count in enumerate(rows)
        for hot in range(count)
    ]
    item = data.draw(st.integers(0, len(counts) - 1))
    row = data.draw(st.integers(0, len(counts[item]) - 1))
    here = Spot(item, row, data.draw(st.integers(-1, counts[item][row])))
    areas = Areas(counts)
    assert list(following(here, areas)) == [spot for spot in spots if spot > here]
    assert list(preceding(here, areas)) == [spot for spot in reversed(spots) if spot < here]


def test_only_text_with_a_mark_is_looked_through_for_links() -> None:
    link = "see [this](https://a.example)"
    assert may_hold_areas(TextLeaf(link))
    assert not may_hold_areas(TextLeaf(link, verbatim=True))
    assert not may_hold_areas(TextLeaf("no link"))
    assert not may_hold_areas(RuleLeaf(Frame()))
    assert may_hold_areas(CodeLeaf(Code("a")))
