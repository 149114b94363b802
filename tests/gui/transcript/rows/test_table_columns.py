# SPDX-License-Identifier: MIT
"""Widths of table columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.gui.transcript.rows.table_columns import fit_columns


def test_columns_get_what_they_want_if_there_is_room() -> None:
    columns = fit_columns((10, 20), (5, 5), 700.0)
    assert columns.total == pytest.approx(700.0)
    assert columns.widths[1] > columns.widths[0]


def test_columns_keep_their_words_when_room_is_short() -> None:
    columns = fit_columns((64, 16), (8, 16), 420.0)
    assert columns.total == pytest.approx(420.0)
    assert columns.widths[1] >= 16 * 8.4


def test_a_table_of_many_columns_is_wider_than_its_room() -> None:
    columns = fit_columns((64,) * 8, (12,) * 8, 700.0)
    assert columns.total > 700.0
    assert all(90.0 <= width <= 260.0 for width in columns.widths)


def test_a_table_without_columns_takes_no_room() -> None:
    assert fit_columns((), (), 300.0).total == 0.0


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(4, 64), st.integers(4, 16)), min_size=1, max_size=9),
    st.floats(50.0, 1200.0),
)
def test_a_table_fills_its_room_or_is_readable(cells: list[tuple[int, int]], room: float) -> None:
    wanted, words = zip(*cells, strict=True)
    columns = fit_columns(wanted, words, room)
    assert columns.total >= room - 0.01
    if columns.total > room + 0.01:
        assert all(
            width >= min(want, 12) * 8.4 for width, want in zip(columns.widths, wanted, strict=True)
        )
