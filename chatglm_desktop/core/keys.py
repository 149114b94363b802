# SPDX-License-Identifier: MIT
"""What can be told of an API key by its looks; keeps none and asks nobody."""

from __future__ import annotations

import re

_QUOTES = "\"'`“”‘’"
_NAMED = re.compile(r"[A-Za-z_][\w-]*\s*[=:]\s*")
"""What stands before a key that was copied from a settings file or a header."""
_GLM = re.compile(r"[0-9A-Za-z]{8,}\.[0-9A-Za-z]{8,}")


def key_in(pasted: str) -> str:
    """The key in what was pasted: without spaces, quotes, a name, and "Bearer"."""
    text = "".join(_NAMED.sub("", pasted.strip(), count=1).split("\n")[:1]).strip()
    text = text.removeprefix("Bearer ").strip().strip(_QUOTES)
    return "".join(text.split())


def hosts_of(key: str, *, in_china: bool) -> tuple[str, ...]:
    """The presets that may have issued ``key``, the likeliest first; none if nobody is known.

    A key goes only to those whose keys look like it. ``in_china`` puts the host there first.
    """
    if _GLM.fullmatch(key):
        return ("bigmodel", "zai") if in_china else ("zai", "bigmodel")
    return ("openrouter",) if key.startswith("sk-or-") else ()
