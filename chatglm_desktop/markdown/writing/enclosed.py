# SPDX-License-Identifier: MIT
"""Markdown of others that cannot reach beyond itself; knows no conversation.

What other readers of Markdown would take as HTML, which could run on to the end or do something,
stays the text that it is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatglm_desktop.markdown.marks import MATH
from chatglm_desktop.markdown.parser import normalized
from chatglm_desktop.markdown.syntax import block_markdown
from chatglm_desktop.markdown.writing.text import fenced

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAG = re.compile(
    r"(?<!\\)(?P<even>(?:\\\\)*)<(?=[a-z/!?])"
    # At the beginning of a line these would begin a block of HTML.
    r"(?!(?:(?<=[^\s>]<)|(?<=<br><))/?(?:br|wbr|sub|sup|kbd)[ \t]*/?>)"
    r"(?![a-z][a-z0-9+.-]{1,31}:[^\s<>]*>|[a-z0-9._+-]+@[a-z0-9.-]+>)",
    re.IGNORECASE,
)
"""Where a tag begins; the few that are left change nothing but their own text."""
_HARMLESS = re.compile(r"</?(?:br|wbr|sub|sup|kbd)[ \t]*/?>\s*", re.IGNORECASE)
_ESCAPE = r"\g<even>\\<"
_KEPT = re.compile(
    rf"(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^\n]+?(?<!`)(?P=ticks)(?!`))|{MATH.pattern}", re.DOTALL
)
"""Code in a line (the next line could begin a block of HTML), and formulas."""
_SUSPECT = re.compile(r"<|`{3}|~{3}|\$\$|\\\[")
"""All that can begin what does not end with a blank line."""
_LESS = re.compile("<(?=[a-z/!?])", re.IGNORECASE)


class Enclosing:
    """Owns two parsers, of this program's Markdown and of what all others have in common."""

    def __init__(self) -> None:
        from markdown_it import MarkdownIt

        common = MarkdownIt("commonmark").enable("table")
        self._parsers: tuple[MarkdownIt, ...] = (block_markdown(), common)
        self._html = MarkdownIt("commonmark", {"html": True}).enable("table")

    def enclosed(self, text: str) -> str:
        """``text`` with open code and formulas closed and HTML escaped."""
        text = normalized(text).strip("\n")
        if not _SUSPECT.search(text):
            return text
        escaped, fences = self._escaped(text)
        for closing in ("", *(f"\n{fence}" for fence in fences), "\n\\]"):
            if self._ends(escaped + closing) and self._is_harmless(escaped + closing):
                return escaped + closing
        return fenced(text, "markdown")

    def _ends(self, text: str) -> bool:
        """Whether a heading after ``text`` is one, also if what follows could end something."""
        line = text.count("\n") + 2
        text = f"{text}\n\n## end\n\n$$\n\n\\]\n\n-->\n"
        return all(_has_heading(parser.parse(text), line) for parser in self._parsers)

    def _is_harmless(self, text: str) -> bool:
        """Whether a reader that takes HTML finds none, also where it reads code in another way."""
        if "<" not in text or "`" not in text:
            return True
        tokens = self._html.parse(text)
        inner = [child for token in tokens for child in token.children or ()]
        found = [t.content for t in (*tokens, *inner) if t.type in ("html_block", "html_inline")]
        return all(_HARMLESS.fullmatch(tag) for tag in found)

    def _escaped(self, text: str) -> tuple[str, list[str]]:
        """``text`` with HTML that is escaped outside of code, and the fences that may be open."""
        lines = text.split("\n")
        code = set(range(len(lines)))
        fences = []
        for parser in self._parsers:
            found = [t for t in parser.parse(f"{text}\n") if t.type in ("fence", "code_block")]
            code &= {line for token in found if token.map for line in range(*token.map)}
            fences += [token.markup for token in found[-1:] if token.markup]
        written: list[str] = []
        portion: list[str] = []
        for number, line in enumerate(lines):
            if number in code:
                written += [*_without_html(portion), line]
                portion = []
            else:
                portion.append(line)
        return "\n".join((*written, *_without_html(portion))), fences


def _has_heading(tokens: Sequence[Token], line: int) -> bool:
    """Whether a heading that is in nothing else begins in ``line``."""
    headings = (t for t in tokens if t.type == "heading_open" and t.level == 0 and t.map)
    return any(token.map == [line, line + 1] for token in headings)


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
