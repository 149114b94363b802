# SPDX-License-Identifier: MIT
"""How much text is parsed in one step, so that no step takes long; knows no parser."""

from __future__ import annotations

SLICE = 4096
SLICE_LINES = 64
"""Characters and lines of one slice."""


def slice_end(text: str) -> int:
    """Where the first slice of ``text`` ends: after a line, if that is not too far back."""
    end = len(text)
    if end > SLICE:
        end = text.rfind("\n", SLICE // 2, SLICE) + 1 or SLICE
    *lines, rest = text[:end].split("\n", SLICE_LINES)
    return end - len(rest) if len(lines) == SLICE_LINES else end
