# SPDX-License-Identifier: MIT
"""A lexer's state survives from one portion of text to the next."""

from __future__ import annotations

import pytest
from pygments.lexer import RegexLexer, default
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, String, Text, Whitespace

from chatglm_desktop.markdown.lexing import RegexLexing, whole_lines


class StackLexer(RegexLexer):  # type: ignore[misc]  # the library has no types
    """Uses each kind of change of the stack of states."""

    name = "Stack"
    tokens = {  # noqa: RUF012
        "root": [
            (r"\(", Operator, "inner"),
            (r"<", Operator, ("inner", "deep")),
            (r"\)", Operator, ("#pop", "#push")),
            (r"x", Name),
        ],
        "inner": [
            (r"\(", Operator, "#push"),
            (r"\)", Operator, "#pop"),
            (r"!", Operator, "#pop:9"),
            (r"\?", Operator, ("#pop", "deep")),
            (r"x", String),
            (r"\n", Text),
        ],
        "deep": [(r">", Operator, "#pop:2"), (r"x", Number), (r"\n", Text), default("#pop")],
    }


def words(*portions: str) -> list[tuple[object, str]]:
    lexing = RegexLexing.of(StackLexer())
    assert lexing
    return [
        (token, text)
        for portion in portions
        for _, token, text in lexing.feed(portion)
        if text == "x"
    ]


@pytest.mark.parametrize(
    ("portions", "kinds"),
    [
        (["x\n", "x\n"], [Name, Name]),
        (["(x\n", "x)x\n"], [String, String, Name]),
        (["((x\n", ")x)\n", "x\n"], [String, String, Name]),
        (["<x\n", "x>x\n"], [Number, Number, Name]),
        (["(((\n", "!x\n"], [Name]),
        (["(?\n", "x\n"], [Number]),
        ([")x\n"], [Name]),
        (["<)x\n"], [Name]),
    ],
)
def test_the_stack_of_states_is_kept(portions: list[str], kinds: list[object]) -> None:
    assert [token for token, _ in words(*portions)] == kinds


def test_what_no_rule_knows_is_an_error_and_a_line_break_resets() -> None:
    lexing = RegexLexing.of(StackLexer())
    assert lexing
    assert list(lexing.feed("x?\n")) == [(0, Name, "x"), (1, Error, "?"), (2, Whitespace, "\n")]


def test_portions_give_the_tokens_of_the_library() -> None:
    text = (
        'def f(*a):\n    """doc\n    more"""\n    return {1: f"{a!r}"}  # b\n\n@x\nclass Y: pass\n'
    )
    expected = list(get_lexer_by_name("python").get_tokens_unprocessed(text))
    lexing = RegexLexing.of(get_lexer_by_name("python"))
    assert lexing
    assert list(lexing.feed(text)) == expected


def test_a_token_that_began_earlier_has_a_negative_place() -> None:
    lexing = RegexLexing.of(get_lexer_by_name("c"))
    assert lexing
    assert list(lexing.feed("a /* b\n"))[-1] == (2, Comment, "/* b\n")
    first = next(iter(lexing.feed("c */ int\n")))
    assert first == (-3, Comment.Multiline, "/*\nc */")


def test_lexers_with_a_state_of_their_own_are_not_taken() -> None:
    for name in ("json", "yaml"):
        lexer = get_lexer_by_name(name)
        assert RegexLexing.of(lexer) is None
        assert list(whole_lines(lexer, "1\n"))


def test_keywords_of_a_known_language() -> None:
    lexing = RegexLexing.of(get_lexer_by_name("python"))
    assert lexing
    assert (0, Keyword, "if") in list(lexing.feed("if\n"))
