# SPDX-License-Identifier: MIT
"""Conversations are grouped by calendar days, not by hours."""

from __future__ import annotations

from datetime import datetime

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.gui.conversation_groups import Age, age, by_age, next_day

NOW = datetime(2026, 3, 10, 0, 30)


def at(day: datetime) -> ConversationSummary:
    return ConversationSummary(day.isoformat(), "", day.timestamp(), day.timestamp())


@pytest.mark.parametrize(
    ("when", "group"),
    [
        (datetime(2026, 3, 11, 9), Age.TODAY),
        (datetime(2026, 3, 10, 0, 0), Age.TODAY),
        (datetime(2026, 3, 9, 23, 59), Age.YESTERDAY),
        (datetime(2026, 3, 9, 0, 0), Age.YESTERDAY),
        (datetime(2026, 3, 8, 23, 59), Age.WEEK),
        (datetime(2026, 3, 3, 0, 0), Age.WEEK),
        (datetime(2026, 3, 2, 23, 59), Age.MONTH),
        (datetime(2026, 2, 8, 0, 0), Age.MONTH),
        (datetime(2026, 2, 7, 23, 59), Age.OLDER),
        (datetime(1970, 1, 2), Age.OLDER),
    ],
)
def test_group_of_a_time(when: datetime, group: Age) -> None:
    assert age(when.timestamp(), NOW.date()) is group


def test_newest_first_and_no_empty_group() -> None:
    days = [datetime(2025, 1, 1), datetime(2026, 3, 10, 0, 1), datetime(2026, 3, 10, 0, 20)]
    groups = by_age(map(at, days), NOW.timestamp())
    assert [(group, [c.id for c in members]) for group, members in groups] == [
        (Age.TODAY, [days[2].isoformat(), days[1].isoformat()]),
        (Age.OLDER, [days[0].isoformat()]),
    ]


def test_nothing_has_no_groups() -> None:
    assert by_age([], NOW.timestamp()) == []


def test_the_day_ends_at_the_users_midnight() -> None:
    assert next_day(NOW.timestamp()) == datetime(2026, 3, 11).timestamp()
    assert next_day(datetime(2026, 12, 31).timestamp()) == datetime(2027, 1, 1).timestamp()
