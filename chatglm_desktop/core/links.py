# SPDX-License-Identifier: MIT
"""Which addresses that others wrote may be opened; opens none."""

from __future__ import annotations

_OPENED = ("http://", "https://", "mailto:")


def may_open(url: str) -> bool:
    """Whether ``url`` leads to the web or to mail. Anything else could start a program."""
    return url.lower().startswith(_OPENED)
