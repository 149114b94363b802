# SPDX-License-Identifier: MIT
"""What of an unfinished text is better not shown yet; knows nothing of blocks.

``text⏎-`` is a heading until ``- item`` arrives, and a table is lines with bars until its
second line is complete. Both would flash, and so would one dollar of two.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"[ \t>]*(?:"
    r"[-=*_+#`~|: \t]*"
    r"|[`]{3}[^`]*|~{3}.*"
    r"|\d{1,9}[.)]?[ \t]*"
    r"|(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]?\]?[ \t]*"
    r"|\[(?:\^[^\[\]\s]*\]?:?)?[ \t]*"
    r")"
)
_HALF = ("$", "\\")
_TABLE_HEAD = re.compile(r"^ {0,3}\|[^\n]*(?:\n[ |:-]*)?\Z", re.MULTILINE)


def without_marks(text: str) -> str:
    """``text`` without a last line that is incomplete and has nothing but block marks yet.

    At the end of any line dollars and a backslash are left out too: they may be one of two.
    """
    end = len(text)
    while text.endswith(_HALF, 0, end):
        end -= 1
    cut = text.rfind("\n", 0, end) + 1
    return text[:cut] if _MARKS.fullmatch(text, cut, end) else text[:end]


def without_table_head(text: str) -> str:
    """``text`` without last lines that may become the head of a table."""
    before = text.rfind("\n", 0, max(text.rfind("\n"), 0)) + 1
    found = _TABLE_HEAD.search(text, before)
    return text[: found.start()] if found else text
