# SPDX-License-Identifier: MIT
"""Display lines of code: cut, measured, laid out one by one."""

from __future__ import annotations

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.code_lines import CodeLines
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.markdown.lines import Lines


def test_lines_of_code_are_those_of_the_text(look: Look) -> None:
    lines = CodeLines(Code("a\n\nbc"), look, 0, Highlighters())
    assert [lines.span(number) for number in range(len(lines))] == [(0, 1), (2, 2), (3, 5)]


def test_wrapped_lines_are_parts_of_their_line(look: Look) -> None:
    text = "abcdefgh\nij"
    lines = CodeLines(Code(text), look, 3, Highlighters())
    spans = [lines.span(number) for number in range(len(lines))]
    assert [text[start:end] for start, end in spans] == ["abc", "def", "gh", "ij"]
    assert lines.columns == 3


def test_a_very_long_line_goes_on_in_the_next_one(look: Look) -> None:
    lines = CodeLines(Code("x" * 5_000), look, 0, Highlighters())
    assert len(lines) == 3
    assert lines.length == 5_000


def test_code_that_grows_looks_only_at_what_is_new(look: Look) -> None:
    store = ["def f():", "    x = 1"]
    first = CodeLines(Code(Lines(store, 0, 2, "    y"), "python"), look, 0, Highlighters())
    flow = first.flow(0)
    last = first.flow(2)
    store.append("    y = 22")
    grown = CodeLines(
        Code(Lines(store, 0, 3, "    return y"), "python"), look, 0, Highlighters(), first
    )
    assert grown.flow(0) is flow
    assert grown.flow(2) is not last
    whole = "def f():\n    x = 1\n    y = 22\n    return y"
    assert [whole[slice(*grown.span(number))] for number in range(4)] == whole.split("\n")
    assert grown.length == len(whole)


def test_other_code_is_looked_at_anew(look: Look) -> None:
    first = CodeLines(Code("abc"), look, 0, Highlighters())
    other = CodeLines(Code("xyz"), look, 0, Highlighters(), first)
    assert other.flow(0).text == "xyz"
    again = CodeLines(Code("xyz"), look, 5, Highlighters(), other)
    assert again.flow(0) is not other.flow(0)
    code = Code("same")
    before = CodeLines(code, look, 0, Highlighters())
    assert len(CodeLines(code, look, 0, Highlighters(), before)) == 1


def test_only_so_many_lines_are_kept_laid_out(look: Look) -> None:
    lines = CodeLines(
        Code("\n".join(str(number) for number in range(500))), look, 0, Highlighters()
    )
    first = lines.flow(0)
    for number in range(500):
        lines.flow(number)
    assert lines.flow(0) is not first


def test_the_widest_line_counts_with_tabs_and_wide_characters(look: Look) -> None:
    lines = CodeLines(Code("abc\n\tab\n中文中文中\n"), look, 0, Highlighters())
    assert lines.columns == 10
    assert CodeLines(Code("a" * 11 + "\n\t\tab"), look, 0, Highlighters()).columns == 11
    assert CodeLines(Code("ab\n\t\tab"), look, 0, Highlighters()).columns == 10


def test_no_lines_of_code_are_none(look: Look) -> None:
    lines = CodeLines(Code(Lines([], 0, 0)), look, 0, Highlighters())
    assert (len(lines), lines.length, lines.columns) == (0, 0, 0)


def test_lines_that_are_cut_stand_between_those_that_are_not(look: Look) -> None:
    text = "ab\n中文字\n\ncdefghi\n\tj"
    lines = CodeLines(Code(text), look, 4, Highlighters())
    spans = [lines.span(number) for number in range(len(lines))]
    assert [text[slice(*span)] for span in spans] == [
        "ab",
        "中文",
        "字",
        "",
        "cdef",
        "ghi",
        "\t",
        "j",
    ]
    assert (lines.length, lines.columns) == (len(text), 4)


def test_a_line_that_was_needed_before_it_had_colours_gets_them(look: Look) -> None:
    lines = CodeLines(Code("x = 1\n" * 40, "python"), look, 0, Highlighters())
    while not lines.colour(9):
        pass
    plain = lines.flow(20)
    while not lines.colour(30):
        pass
    assert lines.flow(20) is not plain
