# SPDX-License-Identifier: MIT
"""What of an unfinished text is better not shown yet; knows nothing of blocks.

``text⏎-`` is a heading until ``- item`` arrives, and a table is lines with bars until its
second line is complete. Both would flash.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"[ \t>]*(?:"
    r"[-=*_+#`~|: \t]*"
    r"|[`]{3}[^`]*|~{3}.*"
    r"|\d{1,9}[.)]?[ \t]*"
    r"|(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]?\]?[ \t]*"
    r")"
)
_TABLE_HEAD = re.compile(r"^ {0,3}\|[^\n]*(?:\n[ |:-]*)?\Z", re.MULTILINE)


def without_marks(text: str) -> str:
    """``text`` without a last line that is incomplete and has nothing but block marks yet."""
    cut = text.rfind("\n") + 1
    return text[:cut] if _MARKS.fullmatch(text, cut) else text


def without_table_head(text: str) -> str:
    """``text`` without last lines that may become the head of a table."""
    before = text.rfind("\n", 0, max(text.rfind("\n"), 0)) + 1
    found = _TABLE_HEAD.search(text, before)
    return text[: found.start()] if found else text
