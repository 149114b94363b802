# SPDX-License-Identifier: MIT
"""Colours of the lines of a code block, found portion by portion; knows no layout."""

from __future__ import annotations

from time import monotonic

from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.highlight import Highlighter, LineTokens, TokenKind
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.markdown.lines import Lines

_PORTION = 8
_SECONDS = 0.004
"""How long a call colours portions of so many lines, so that no frame takes long."""
_MOST = 5000
"""Lines after which a block stays plain: colouring all before them would take too long."""


class CodeColours:
    """Tokens of the finished lines of ``code``; those of an unfinished last one are a guess."""

    def __init__(self, code: Code, highlighters: Highlighters) -> None:
        self._highlighters = highlighters
        self._highlighter: Highlighter | None = None
        self._tokens: list[LineTokens] = []
        self.grow(code)

    def grow(self, code: Code) -> None:
        """The code grew: what it was, but for an unfinished last line, is as before."""
        self._code = code
        self._lines = code.lines
        content = code.content
        self._finished = content.finished if isinstance(content, Lines) else len(self._lines)

    @property
    def known(self) -> int:
        """How many lines, from the first on, have their colours."""
        return len(self._tokens)

    def reach(self, line: int) -> bool:
        """Colour on towards ``line``; False if that needs more calls.

        The first call only begins, so that no block waits for colours to appear.
        """
        if self._highlighter is None:
            self._highlighter = self._highlighters.get(self._code.language)
            return False
        target = min(line + 1, self._finished, _MOST)
        end = monotonic() + _SECONDS
        while (known := len(self._tokens)) < target and monotonic() < end:
            portion = self._lines[known : min(known + _PORTION, target)]
            self._tokens += self._highlighter.feed(portion)
        return len(self._tokens) >= target

    def ranges(self, line: int, start: int, end: int, theme: Theme) -> list[tuple[int, int, str]]:
        """Start, length and colour of the runs of a line between two of its characters."""
        result = []
        for first, length, kind in self._line(line):
            begin = max(first, start)
            stop = min(first + length, end)
            if begin < stop:
                result.append((begin - start, stop - begin, syntax_colour(kind, theme)))
        return result

    def _line(self, line: int) -> LineTokens:
        if line < len(self._tokens):
            return self._tokens[line]
        if self._highlighter is not None and self._finished <= line < _MOST:
            return Highlighter(self._code.language).feed([self._lines[line]])[0]
        return ()


def syntax_colour(kind: TokenKind, theme: Theme) -> str:
    """The colour of a piece of code."""
    colours: dict[TokenKind, str] = {
        "keyword": theme.syntax_keyword,
        "name": theme.syntax_name,
        "string": theme.syntax_string,
        "comment": theme.syntax_comment,
        "number": theme.syntax_number,
    }
    return colours[kind]
