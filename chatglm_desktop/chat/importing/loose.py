# SPDX-License-Identifier: MIT
"""Takes values of any type as what they should be; pure, and raises nothing."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any

_EARLIEST = 946_684_800.0
"""Seconds since the epoch at the year 2000: there were no such programs before."""

LATEST = 4_102_444_800.0
"""The year 2100."""

_MILLION = 1e6

_LINES = re.compile(r"\s+")
_TITLE_LENGTH = 200


def as_dict(value: object) -> dict[str, Any]:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """``value`` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def dicts(value: object) -> list[dict[str, Any]]:
    """The objects in a list; what else stands there is left out."""
    return [element for element in as_list(value) if isinstance(element, dict)]


def as_text(value: object) -> str:
    """``value`` if it is a text, else an empty one; without nulls and halves of characters."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.replace("\0", "\ufffd")


def as_title(value: object) -> str:
    """A text on one line, of a sensible length."""
    return _LINES.sub(" ", as_text(value)[: 4 * _TITLE_LENGTH]).strip()[:_TITLE_LENGTH]


def as_count(value: object) -> int:
    """A whole number from 0 on; 0 for what is none."""
    number = as_number(value)
    return int(number) if number is not None and 0 <= number < 2**53 else 0


def as_number(value: object) -> float | None:
    """A finite number, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def as_time(value: object) -> float | None:
    """Seconds since the epoch of a number of seconds, milli- or microseconds, or of an ISO time.

    None for what is no time between the years 2000 and 2100.
    """
    number = _iso_time(value) if isinstance(value, str) else as_number(value)
    if number is None:
        return None
    # The year 2100 in seconds is long before 2000 in milliseconds, and so on.
    for unit in (1.0, 1e3, _MILLION):
        if _EARLIEST <= number / unit <= LATEST:
            return number / unit
    return None


def first_time(*values: object) -> float | None:
    """The first of ``values`` that is a time."""
    return next((time for value in values if (time := as_time(value)) is not None), None)


def _iso_time(text: str) -> float | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.timestamp()
    except (ValueError, OverflowError):
        return None
