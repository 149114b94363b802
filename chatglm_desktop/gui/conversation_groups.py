# SPDX-License-Identifier: MIT
"""Sorts conversations by the age of their last change; knows no widget and no clock."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chatglm_desktop.core.conversation import ConversationSummary


class Age(Enum):
    """How long ago, in calendar days of the user's time zone."""

    TODAY = "Today"
    YESTERDAY = "Yesterday"
    WEEK = "Previous 7 days"
    MONTH = "Previous 30 days"
    OLDER = "Older"


def age(updated_at: float, today: date) -> Age:
    """The group of a time in seconds since the epoch; the future counts as today."""
    from datetime import datetime  # late: only a list that is not empty needs it

    days = (today - datetime.fromtimestamp(updated_at).date()).days
    if days <= 0:
        return Age.TODAY
    if days == 1:
        return Age.YESTERDAY
    if days <= 7:
        return Age.WEEK
    return Age.MONTH if days <= 30 else Age.OLDER


def by_age(
    conversations: Iterable[ConversationSummary], now: float
) -> list[tuple[Age, list[ConversationSummary]]]:
    """The groups that are not empty, newest first, as are the conversations in each."""
    from datetime import datetime

    today = datetime.fromtimestamp(now).date()
    groups: dict[Age, list[ConversationSummary]] = {}
    for conversation in sorted(conversations, key=lambda c: c.updated_at, reverse=True):
        groups.setdefault(age(conversation.updated_at, today), []).append(conversation)
    return list(groups.items())


def next_day(now: float) -> float:
    """When the calendar day of ``now`` ends; both in seconds since the epoch."""
    from datetime import datetime, timedelta

    tomorrow = datetime.fromtimestamp(now).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day).timestamp()
