# SPDX-License-Identifier: MIT
"""Markdown of every kind, whole and half-open, in any order; and texts cut into pieces."""

from __future__ import annotations

import os
from collections.abc import Iterator

from hypothesis import strategies as st

_MARKS = (
    "***", "#", "# h", "```", "```py", "~~~", "- a", "- ", "  - b", "1. x", "2. y", "10)", "=",
    "---", "===", "| a | b |", "|---|---|", "| 1 |", "| $x\\|y$ | `a` |", "> q", ">", "> > z",
    "> ```", "> $$", "> - a", "\t", "    code", "[a]: /u", "[a]:", "'title", "end'", "[a]",
    "- [x] d", "- [ ", "*", "`", "\\", "<div>", "|", "--|--", "a | b", "   ",
)  # fmt: skip
_EXTENSIONS = (
    "$$", "$$ x", "x $$", "$$x$$", "  $$", "$$$", "text $$", "$$，", "$x$", "$", "$5 and $10",
    "\\[", "\\]", "\\[ x \\]", "\\[ x", "y \\].", "\\(x\\)", "\\(", "[^1]", "[^1]: note",
    "[^1]:", "[^n]: $$", "[^", "【3†source】", "【3†", "[ref_1]", "www.a.cn", "http://b.c/d。",
    "m@a.cn", "<br>", "    \\]", "- $$", "1. \\[",
)  # fmt: skip
_TEXTS = (
    "text", "foo bar", "1", "中文", "**“引号”**后面", "**重点：**这是", "\u3000",
    "👩‍👩‍👧", "e\u0301", "\0",
    "مرحبا", "~~a~~", "**a", "_b", "[l](http://x.y", "a  ",
)  # fmt: skip
_ENDS = ("", "\n", "\n", "\n", "\n\n", " ", "\r\n", "\r", "\n\n    ", "\n  ", "\n> ")

DOCUMENTS = st.lists(
    st.tuples(st.sampled_from((*_MARKS, *_EXTENSIONS, *_TEXTS)), st.sampled_from(_ENDS)),
    max_size=16,
).map(lambda parts: "".join(fragment + end for fragment, end in parts))

SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=6)
"""Lengths of the pieces that a text is cut into, over and over."""


def cut(text: str, sizes: list[int]) -> Iterator[str]:
    """``text`` in pieces of ``sizes``, which are used again when there are no more."""
    start = index = 0
    while start < len(text):
        size = sizes[index % len(sizes)]
        yield text[start : start + size]
        start += size
        index += 1


def many(usual: int) -> int:
    """How many examples to draw; ``MARKDOWN_EXAMPLES`` multiplies the ``usual`` number."""
    return usual * int(os.environ.get("MARKDOWN_EXAMPLES", "1"))
