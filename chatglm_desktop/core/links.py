# SPDX-License-Identifier: MIT
"""Which addresses that others wrote may be opened; opens none."""

from __future__ import annotations

import re

_WEB = ("http://", "https://")
_OPENED = (*_WEB, "mailto:")


def may_open(url: str) -> bool:
    """Whether ``url`` leads to the web or to mail. Anything else could start a program."""
    return url.lower().startswith(_OPENED)


def is_web(url: str) -> bool:
    """Whether ``url`` leads to the web."""
    return url.lower().startswith(_WEB)


def host_of(url: str) -> str:
    """The host that ``url`` leads to, with its port if that is named; "" if there is none."""
    after = url.partition("://")[2]
    return re.split(r"[/?#\\]", after, maxsplit=1)[0].rpartition("@")[2].lower()
