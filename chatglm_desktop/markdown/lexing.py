# SPDX-License-Identifier: MIT
"""Runs a Pygments lexer over text in portions; knows neither lines to show nor kinds.

The library can start a lexer in a given state but does not tell in which it ended, so a
lexer of plain rules is run here over its own rule table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LexedToken: TypeAlias = tuple[int, Any, str]
"""Place in the portion, token type, text."""

Rule: TypeAlias = tuple[Callable[[str, int], re.Match[str] | None], Any, Any]
"""How to match, what to yield, which states to enter."""

_COMMENTS = {"/*": "*/", "<!--": "-->"}


def whole_lines(lexer: Lexer, text: str) -> Iterator[LexedToken]:
    """Tokens of ``text`` by itself, for lexers that can only begin at the beginning."""
    yield from lexer.get_tokens_unprocessed(text)


class RegexLexing:
    """Keeps the state of a lexer between portions, each of which ends with a line break."""

    def __init__(self, lexer: Lexer, rules: Mapping[str, Sequence[Rule]]) -> None:
        self._lexer = lexer
        self._rules = rules
        self._states = ["root"]
        # The beginning of a comment that goes on in the next portion.
        self._open = ""

    @classmethod
    def of(cls, lexer: Lexer) -> RegexLexing | None:
        """None for a lexer that keeps more state than its stack of rules."""
        from pygments.lexer import ExtendedRegexLexer, RegexLexer

        if not isinstance(lexer, RegexLexer) or isinstance(lexer, ExtendedRegexLexer):
            return None
        return cls(lexer, lexer._tokens)

    def feed(self, portion: str) -> Iterator[LexedToken]:
        """The tokens of ``portion``; one that began before it has a negative place."""
        before = len(self._open)
        for place, token, text in self._tokens(self._open + portion):
            yield place - before, token, text

    def _tokens(self, text: str) -> Iterator[LexedToken]:
        from pygments.token import Comment, Error, Whitespace, _TokenType

        self._open = ""
        place = 0
        while place < len(text):
            if opening := self._open_comment(text, place):
                self._open = f"{opening}\n"
                yield place, Comment, text[place:]
                return
            found, action, change = self._matched(text, place)
            if found is None:
                at_end = text[place] == "\n"
                if at_end:
                    self._states = ["root"]
                yield place, Whitespace if at_end else Error, text[place]
                place += 1
                continue
            if isinstance(action, _TokenType):
                yield place, action, found[0]
            elif action is not None:
                yield from action(self._lexer, found)
            place = found.end()
            self._enter(change)

    def _matched(self, text: str, place: int) -> tuple[re.Match[str] | None, Any, Any]:
        for match, action, change in self._rules[self._states[-1]]:
            if found := match(text, place):
                return found, action, change
        return None, None, None

    def _open_comment(self, text: str, place: int) -> str:
        """The opening mark at ``place`` if a comment begins there and does not end in ``text``.

        Many lexers know such a comment only as a whole.
        """
        for opening, closing in _COMMENTS.items():
            if text.startswith(opening, place) and text.find(closing, place + 2) < 0:
                whole = text + closing
                found, _, _ = self._matched(whole, place)
                if found and found.end() == len(whole):
                    return opening
        return ""

    def _enter(self, change: str | int | tuple[str, ...] | None) -> None:
        """Change the stack of states; the lowest one always stays."""
        match change:
            case None:
                pass
            case int():
                del self._states[max(len(self._states) + change, 1) :]
            case str():
                self._enter_one(change)
            case _:
                for name in change:
                    self._enter_one(name)

    def _enter_one(self, name: str) -> None:
        if name == "#pop":
            del self._states[max(len(self._states) - 1, 1) :]
        elif name == "#push":
            self._states.append(self._states[-1])
        else:
            self._states.append(name)
