# SPDX-License-Identifier: MIT
"""Reads times that a browser wrote the way its user writes them; pure but for the time zone."""

from __future__ import annotations

import re
from datetime import datetime

from chatglm_desktop.chat.importing.loose import as_time

_TIME = re.compile(
    r"(\d{1,4})[./年-]\s?(\d{1,2})[./月-]\s?(\d{1,4})日?,?\s*"
    r"(?:(AM|PM|上午|下午)\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(AM|PM|上午|下午)?",
    re.IGNORECASE,
)
_DAY = 86_400.0


class LocalTimes:
    """Times of one conversation, none of them after its ``end`` (seconds since the epoch)."""

    def __init__(self, end: float) -> None:
        self._latest = end + _DAY

    def read(self, text: str) -> float | None:
        """Seconds since the epoch; None for what is no time, or one after the end."""
        found = _TIME.match(text.replace("\u202f", " ").strip()[:60])
        if found is None:
            return as_time(text)
        first, second, third = int(found[1]), int(found[2]), int(found[3])
        half = (found[4] or found[8] or "").upper()
        hour = int(found[5]) % 12 + (12 if half in ("PM", "下午") else 0) if half else int(found[5])
        clock = (hour, int(found[6]), int(found[7] or 0))
        # Where only numbers stand, Americans put the month first, and they write AM and PM.
        dates = [(third, first, second), (third, second, first)]
        if not half:
            dates.reverse()
        if first > 31:
            dates = [(first, second, third)]
        times = (_moment(date, clock) for date in dates)
        return next((time for time in times if time is not None and time <= self._latest), None)


def _moment(date: tuple[int, int, int], clock: tuple[int, int, int]) -> float | None:
    try:
        return as_time(datetime(*date, *clock).timestamp())
    except (ValueError, OverflowError, OSError):
        return None
