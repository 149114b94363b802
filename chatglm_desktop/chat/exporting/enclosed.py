# SPDX-License-Identifier: MIT
"""Markdown of others that cannot reach beyond itself; knows no conversation.

What other readers of Markdown would take as HTML, which could run on to the end or do something,
stays the text that it is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatglm_desktop.markdown.marks import MATH
from chatglm_desktop.markdown.parser import Parser, normalized
from chatglm_desktop.markdown.writing.text import fenced

_TAG = re.compile(
    r"(?<!\\)(?P<even>(?:\\\\)*)<(?=[a-z/!?])(?!/?(?:br|hr|wbr|sub|sup|kbd)[ \t]*/?>)"
    r"(?![a-z][a-z0-9+.-]{1,31}:[^\s<>]*>|[a-z0-9._+-]+@[a-z0-9.-]+>)",
    re.IGNORECASE,
)
"""Where a tag begins; the few that are left change nothing but their own text."""
_ESCAPE = r"\g<even>\\<"
_KEPT = re.compile(
    rf"(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`))|{MATH.pattern}",
    re.DOTALL,
)
"""Code in a line (the next line could begin a block of HTML), and formulas."""
_SUSPECT = re.compile(r"<|`{3}|~{3}|\$\$|\\\[")
"""All that can begin what does not end with a blank line."""
_LESS = re.compile("<(?=[a-z/!?])", re.IGNORECASE)
_HEADING = "## end"


class Enclosing:
    """Owns a parser, as to make one takes longer than to use it."""

    def __init__(self) -> None:
        self._parser = Parser()

    def enclosed(self, text: str) -> str:
        """``text`` with open code and formulas closed and HTML escaped."""
        text = normalized(text).strip("\n")
        if not _SUSPECT.search(text):
            return text
        escaped, fence = self._escaped(text)
        for closing in ("", f"\n{fence}", "\n$$", "\n\\]"):
            if self._ends(escaped + closing):
                return escaped + closing
        return fenced(text, "markdown")

    def _ends(self, text: str) -> bool:
        """Whether a heading after ``text`` is one, also if what follows could end something."""
        parsed = self._parser.parse(f"{text}\n\n{_HEADING}\n\n$$\n\n\\]\n\n-->\n")
        return any(place.source == _HEADING for place in parsed.places[-4:])

    def _escaped(self, text: str) -> tuple[str, str]:
        """``text`` with HTML that is escaped outside of code, and the fence of its last code."""
        lines = text.split("\n")
        written: list[str] = []
        fence, done = "", 0
        for code in self._parser.code(text):
            written += _without_html(lines[done : code.first])
            written += lines[code.first : code.last]
            fence, done = code.fence, code.last
        written += _without_html(lines[done:])
        return "\n".join(written), fence


def _without_html(lines: Sequence[str]) -> Sequence[str]:
    text = "\n".join(lines)
    if "<" not in text:
        return lines
    done = 0
    written = []
    for found in _KEPT.finditer(text):
        # In a formula a space changes nothing, a backslash does.
        kept = found[0] if found["code"] else _LESS.sub("< ", found[0])
        written += [_TAG.sub(_ESCAPE, text[done : found.start()]), kept]
        done = found.end()
    written.append(_TAG.sub(_ESCAPE, text[done:]))
    return "".join(written).split("\n")
