# SPDX-License-Identifier: MIT
"""Which addresses that others wrote may be opened; opens none."""

from __future__ import annotations

import re
from urllib.parse import unquote

_WEB = ("http://", "https://")
_OPENED = (*_WEB, "mailto:")
_ATTACHES = re.compile(r"mailto:.*[?&;]\s*attach(?:ment)?\s*=", re.IGNORECASE | re.DOTALL)


def may_open(url: str) -> bool:
    """Whether ``url`` leads to the web or to mail. Anything else could start a program.

    Mail that would take a file along is none: some mail programs do as they are told.
    """
    return url.lower().startswith(_OPENED) and not _ATTACHES.match(unquote(url))


def is_web(url: str) -> bool:
    """Whether ``url`` leads to the web."""
    return url.lower().startswith(_WEB)


def host_of(url: str) -> str:
    """The host that ``url`` leads to, with its port if that is named; "" if there is none."""
    after = url.partition("://")[2]
    return re.split(r"[/?#\\]", after, maxsplit=1)[0].rpartition("@")[2].lower()
