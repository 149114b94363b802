# SPDX-License-Identifier: MIT
"""Characters against units of a layout."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.gui.transcript.text.units import Units


@settings(max_examples=60, deadline=None)
@given(st.text("a中😀\n", max_size=30), st.data())
def test_characters_and_utf16_units_convert_both_ways(text: str, data: st.DataObject) -> None:
    units = Units.of(text)
    index = data.draw(st.integers(0, len(text)))
    assert units.units(index) == len(text[:index].encode("utf-16-le")) // 2
    assert units.character(units.units(index)) == index


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 9), max_size=12))
def test_every_unit_belongs_to_the_nearest_boundary(counts: list[int]) -> None:
    units = Units((index, count) for index, count in enumerate(counts) if count > 1)
    start = 0
    for index, count in enumerate(counts):
        assert units.units(index) == start
        for into in range(count):
            assert units.character(start + into) == index + (2 * into > count)
        start += count
    assert units.units(len(counts)) == start
    assert units.character(start) == len(counts)
