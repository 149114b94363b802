# SPDX-License-Identifier: MIT
"""Addresses of conversations and messages, for other programs to open; knows no window."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHEME = "chatglm-desktop"

# Ids of our own are hexadecimal; those of a file that was imported may be others.
_ID = "[0-9A-Za-z_-]{1,128}"
_LINK = re.compile(rf"{SCHEME}://conversation/({_ID})(?:/({_ID}))?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeepLink:
    """A conversation, or one message in it."""

    conversation_id: str
    message_id: str = ""

    def __str__(self) -> str:
        path = "/".join(filter(None, (self.conversation_id, self.message_id)))
        return f"{SCHEME}://conversation/{path}"


def parse_link(text: str) -> DeepLink | None:
    """Where a link leads; None for one that leads nowhere."""
    found = _LINK.fullmatch(text.strip())
    return None if found is None else DeepLink(found[1], found[2] or "")
