# SPDX-License-Identifier: MIT
"""How all conversations are listed: the lists, their order, the groups by age; knows no storage."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

ListKey: TypeAlias = str
"""One of the four names below, or the id of a folder."""

PINNED: Final = "pinned"
RECENT: Final = "recent"
ARCHIVE: Final = "archive"
TRASH: Final = "trash"

TRASH_KEPT: Final = 30 * 86_400.0
"""Seconds after which what is in the trash is deleted."""

Numbers: TypeAlias = "array[int]"
"""The conversations of a list in its order, each as a number that holds while the program runs.

An array, as there may be very many. It is never changed once it is handed over.
"""


class Age(Enum):
    """How long ago, in calendar days of the user's time zone."""

    TODAY = "Today"
    YESTERDAY = "Yesterday"
    WEEK = "Previous 7 days"
    MONTH = "Previous 30 days"
    OLDER = "Older"


_FIRST_DAYS = {Age.TODAY: 0, Age.YESTERDAY: 1, Age.WEEK: 7, Age.MONTH: 30}


class Place(NamedTuple):
    """The one list that a conversation stands in, and its number there."""

    key: ListKey
    number: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands in which list, the newest first.

    ``ages`` says how many of the recent ones are at least as young as each :class:`Age` but the
    last. ``places`` are those of the conversations that were asked for.
    """

    lists: Mapping[ListKey, Numbers] = field(default_factory=dict)
    ages: tuple[int, ...] = (0, 0, 0, 0)
    places: Mapping[str, Place] = field(default_factory=dict)

    def numbers(self, key: ListKey) -> Numbers:
        """What stands in the list ``key``; nothing in one that is not there."""
        return self.lists.get(key) or array("q")


def age_bounds(now: float) -> tuple[float, ...]:
    """When the first day of each age began, but for the last; seconds since the epoch."""
    from datetime import datetime, timedelta  # late: nothing needs it at the start

    today = datetime.fromtimestamp(now).date()
    days = (today - timedelta(days=back) for back in _FIRST_DAYS.values())
    return tuple(datetime(day.year, day.month, day.day).timestamp() for day in days)


def next_day(now: float) -> float:
    """When the calendar day of ``now`` ends; both in seconds since the epoch."""
    from datetime import datetime, timedelta

    tomorrow = datetime.fromtimestamp(now).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day).timestamp()
