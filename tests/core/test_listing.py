# SPDX-License-Identifier: MIT
"""Conversations are grouped by calendar days, not by hours."""

from __future__ import annotations

from array import array
from datetime import datetime

from chatglm_desktop.core.listing import Outline, age_bounds, next_day


def test_ages_begin_at_the_users_midnights() -> None:
    now = datetime(2026, 3, 10, 0, 30).timestamp()
    assert [datetime.fromtimestamp(bound) for bound in age_bounds(now)] == [
        datetime(2026, 3, 10),
        datetime(2026, 3, 9),
        datetime(2026, 3, 3),
        datetime(2026, 2, 8),
    ]


def test_the_day_ends_at_the_users_midnight() -> None:
    now = datetime(2026, 3, 10, 0, 30).timestamp()
    assert next_day(now) == datetime(2026, 3, 11).timestamp()
    assert next_day(datetime(2026, 12, 31).timestamp()) == datetime(2027, 1, 1).timestamp()


def test_a_list_that_is_not_there_is_empty() -> None:
    outline = Outline({"f": array("q", [3, 1])})
    assert list(outline.numbers("f")) == [3, 1]
    assert list(outline.numbers("other")) == []
