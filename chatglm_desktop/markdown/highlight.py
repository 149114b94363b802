# SPDX-License-Identifier: MIT
"""Colours of code, line by line; knows kinds of tokens, no colours, and no Markdown.

Pygments is imported when the first highlighter of a known language is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from chatglm_desktop.markdown.lexing import RegexLexing, whole_lines

if TYPE_CHECKING:
    from pygments.lexer import Lexer

TokenKind: TypeAlias = Literal["keyword", "name", "string", "comment", "number"]
LineTokens: TypeAlias = tuple[tuple[int, int, TokenKind], ...]
"""Start and length, in characters (code points), and kind; in order, without overlap."""

LONGEST_LINE = 2000
"""Characters of a line beyond which it is not highlighted."""

_KINDS: dict[str, TokenKind] = {
    "Token.Keyword": "keyword",
    "Token.Operator.Word": "keyword",
    "Token.Name.Function": "name",
    "Token.Name.Class": "name",
    "Token.Name.Builtin": "name",
    "Token.Name.Decorator": "name",
    "Token.Name.Exception": "name",
    "Token.Name.Tag": "name",
    "Token.Name.Attribute": "name",
    "Token.Name.Namespace": "name",
    "Token.Literal.String": "string",
    "Token.Comment": "comment",
    "Token.Literal.Number": "number",
}
_PLAIN = ("", "text", "plain", "plaintext", "txt")


class Highlighter:
    """Takes the finished lines of one code block in order; an unknown language has no tokens.

    The cost of a call is in proportion to the lines it is given, whatever came before. The
    first highlighter of a language takes up to 0.2 s.
    """

    def __init__(self, language: str) -> None:
        self._kinds: dict[object, TokenKind | None] = {}
        lexer = _lexer(language)
        self._lexing = RegexLexing.of(lexer) if lexer else None
        self._lexer = lexer

    def feed(self, lines: Sequence[str]) -> list[LineTokens]:
        """The tokens of each of ``lines``, which follow those of the calls before; final."""
        if self._lexer is None:
            return [()] * len(lines)
        # A very long line is data; some expressions would take seconds on it.
        short = [line if len(line) <= LONGEST_LINE else "" for line in lines]
        text = "".join(f"{line}\n" for line in short)
        tokens = self._lexing.feed(text) if self._lexing else whole_lines(self._lexer, text)
        return _by_line(self._runs(tokens), short)

    def _runs(
        self, tokens: Iterable[tuple[int, object, str]]
    ) -> Iterator[tuple[int, int, TokenKind]]:
        for start, token, text in tokens:
            if token not in self._kinds:
                self._kinds[token] = _kind(token)
            if kind := self._kinds[token]:
                yield start, start + len(text), kind


def _lexer(language: str) -> Lexer | None:
    if language.lower() in _PLAIN:
        return None
    from pygments.lexers import get_all_lexers, get_lexer_by_name

    # Asked for an unknown name, the library would search all installed packages for plug-ins.
    name = language.lower()
    known = any(name in aliases for _, aliases, _, _ in get_all_lexers(plugins=False))
    return get_lexer_by_name(name) if known else None


def _kind(token: object) -> TokenKind | None:
    """The kind of the nearest known parent of a token type."""
    name = str(token)
    while name:
        if name in _KINDS:
            return _KINDS[name]
        name = name.rpartition(".")[0]
    return None


def _by_line(runs: Iterable[tuple[int, int, TokenKind]], lines: Sequence[str]) -> list[LineTokens]:
    """Runs of the joined text cut at line ends; neighbours of one kind become one."""
    result: list[list[tuple[int, int, TokenKind]]] = [[] for _ in lines]
    index = 0
    begin = 0
    for start, stop, kind in runs:
        while index < len(lines) and begin + len(lines[index]) < start:
            begin += len(lines[index]) + 1
            index += 1
        place, line_begin = index, begin
        while place < len(lines) and line_begin < stop:
            first = max(start - line_begin, 0)
            length = min(stop - line_begin, len(lines[place])) - first
            if length > 0:
                _add(result[place], first, length, kind)
            line_begin += len(lines[place]) + 1
            place += 1
    return [tuple(line) for line in result]


def _add(line: list[tuple[int, int, TokenKind]], first: int, length: int, kind: TokenKind) -> None:
    if line:
        before, before_length, before_kind = line[-1]
        if before_kind == kind and before + before_length == first:
            line[-1] = (before, before_length + length, kind)
            return
    line.append((first, length, kind))
