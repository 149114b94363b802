# SPDX-License-Identifier: MIT
"""Lines of code get their tokens once, whatever portions they come in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.markdown.highlight import LONGEST_LINE, Highlighter, LineTokens, TokenKind


def kinds(language: str, *portions: list[str]) -> list[list[tuple[str, TokenKind]]]:
    """The highlighted words of each line, fed in ``portions``."""
    highlighter = Highlighter(language)
    found = []
    for lines in portions:
        for line, tokens in zip(lines, highlighter.feed(lines), strict=True):
            found.append([(line[start : start + length], kind) for start, length, kind in tokens])
    return found


def test_the_kinds_of_tokens() -> None:
    assert kinds("python", ["@a", "def b(c): return not 'd' # e", "x = 1"]) == [
        [("@a", "name")],
        [
            ("def", "keyword"),
            ("b", "name"),
            ("return", "keyword"),
            ("not", "keyword"),
            ("'d'", "string"),
            ("# e", "comment"),
        ],
        [("1", "number")],
    ]


def test_a_string_over_several_portions() -> None:
    text = ['x = """a', "def b():", 'c""" + 1']
    expected = [
        [('"""a', "string")],
        [("def b():", "string")],
        [('c"""', "string"), ("1", "number")],
    ]
    assert kinds("python", text) == expected
    assert kinds("python", *([line] for line in text)) == expected


@pytest.mark.parametrize("language", ["js", "java", "c", "css", "go"])
def test_a_comment_over_several_portions(language: str) -> None:
    text = ["/* a", " if 1", "", "b */", "/* c */"]
    expected: list[list[tuple[str, TokenKind]]] = [
        [("/* a", "comment")],
        [(" if 1", "comment")],
        [],
        [("b */", "comment")],
        [("/* c */", "comment")],
    ]
    assert kinds(language, text) == expected
    assert kinds(language, *([line] for line in text)) == expected


def test_what_only_looks_like_a_comment_is_none() -> None:
    assert kinds("python", ["a /* b", "def c(): 1"])[1][0] == ("def", "keyword")


@pytest.mark.parametrize("language", ["json", "yaml", "ruby"])
def test_languages_that_are_lexed_portion_by_portion(language: str) -> None:
    (line,) = kinds(language, ['"a": "b"'])
    assert line


def test_names_of_languages_ignore_case() -> None:
    assert kinds("Python", ["1"]) == [[("1", "number")]]


@pytest.mark.parametrize("language", ["", "text", "no-such-language", "../x"])
def test_unknown_languages_have_no_tokens(language: str) -> None:
    assert Highlighter(language).feed(["def a", "1"]) == [(), ()]


def test_a_very_long_line_is_plain_and_does_no_harm() -> None:
    assert kinds("python", ["1", "1" * (LONGEST_LINE + 1), "2"]) == [
        [("1", "number")],
        [],
        [("2", "number")],
    ]


def test_no_lines_have_no_tokens() -> None:
    assert Highlighter("python").feed([]) == []


_FRAGMENTS = st.sampled_from(
    ("x = 1", '"""', "def f(a):", "    return 'b", "# c", "/*", "*/", "`a ${b}", "{", "}", "", "é#")
) | st.sampled_from(
    ("@", "if a < 1:", "$", "'''", "//", "f'{a", "<div>", "</", "int main() {", "\\")
)
_CODE = st.lists(_FRAGMENTS, max_size=8)


def fed(language: str, lines: list[str], size: int) -> list[LineTokens]:
    highlighter = Highlighter(language)
    return [
        tokens
        for start in range(0, len(lines), size)
        for tokens in highlighter.feed(lines[start : start + size])
    ]


@given(st.sampled_from(["python", "js", "c", "html", "bash", "json"]), _CODE, st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_tokens_are_in_order_and_within_their_lines(
    language: str, lines: list[str], size: int
) -> None:
    found = fed(language, lines, size)
    assert len(found) == len(lines)
    for line, tokens in zip(lines, found, strict=True):
        end = 0
        for start, length, _ in tokens:
            assert start >= end
            assert length > 0
            end = start + length
        assert end <= len(line)


@given(_CODE.filter(lambda lines: not any(mark in "".join(lines) for mark in ("'''", '"""'))))
@settings(max_examples=80, deadline=None)
def test_portions_make_no_difference_in_code_without_long_strings(lines: list[str]) -> None:
    assert fed("python", lines, 1) == fed("python", lines, len(lines) or 1)
