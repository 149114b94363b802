# SPDX-License-Identifier: MIT
"""How long a text is for those who count in UTF-16; knows no widget."""

from __future__ import annotations


def units(text: str) -> int:
    """The UTF-16 units of ``text``, in which Qt counts: two for an emoji."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
