# SPDX-License-Identifier: MIT
"""Columns of text and where it is cut."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.transcript.widths import column_cuts, columns, cut, most_columns

_TEXT = st.text("ab *[中😀\t\n", max_size=60)


def test_wide_characters_take_two_columns_and_tabs_four() -> None:
    assert [columns(text) for text in ("", "abc", "中文", "a中", "😀", "\ta")] == [0, 3, 4, 3, 2, 5]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20) | st.text("aé中😀\t\ud800", max_size=20))
def test_no_text_takes_more_columns_than_the_quick_guess(text: str) -> None:
    assert columns(text) <= most_columns(text)
    if text.isascii():
        assert columns(text) == most_columns(text)


def test_a_line_that_fits_is_not_cut() -> None:
    assert column_cuts("abcd", 8) == []
    assert column_cuts("abcdef", 6) == []


def test_a_long_ascii_line_is_cut_at_equal_distances() -> None:
    assert column_cuts("a" * 10, 4) == [4, 8]


def test_wide_characters_count_double_when_a_line_is_cut() -> None:
    assert column_cuts("中文中文", 5) == [2]
    assert column_cuts("a\tbc", 4) == [1, 2]


@settings(max_examples=100, deadline=None)
@given(st.text("ab中\t", max_size=60), st.integers(4, 20))
def test_no_piece_of_a_cut_line_is_wider_than_the_limit(line: str, limit: int) -> None:
    ends = [0, *column_cuts(line, limit), len(line)]
    pieces = [line[start:end] for start, end in pairwise(ends)]
    assert "".join(pieces) == line
    assert all(columns(piece) <= limit for piece in pieces)


def test_text_is_cut_after_a_line_break_or_a_space_if_there_is_one() -> None:
    assert list(cut("aaaa\nbb cc", 8, 9)) == ["aaaa\n", "bb cc"]
    assert list(cut("aaaa bbbb", 6, 9)) == ["aaaa ", "bbbb"]
    assert list(cut("aaaaaaaa", 3, 9)) == ["aaa", "aaa", "aa"]


def test_a_piece_has_few_marks() -> None:
    assert list(cut("a *b* c *d* e *f*", 99, 4)) == ["a *b* c *d* e ", "*f*"]
    assert list(cut("a[1] b[2] c[3]", 99, 4)) == ["a[1] b[2] ", "c[3]"]
    assert list(cut("[[[", 99, 2)) == ["[[", "["]
    assert list(cut("*****", 99, 1)) == ["*****"]


@settings(max_examples=100, deadline=None)
@given(_TEXT, _TEXT, st.integers(2, 9))
def test_growing_text_keeps_all_pieces_but_the_last(text: str, more: str, size: int) -> None:
    before, after = list(cut(text, size, 2)), list(cut(text + more, size, 2))
    assert "".join(after) == text + more
    assert before[:-1] == after[: len(before) - 1]
    assert all(len(piece) <= size for piece in after)


def test_a_very_long_line_is_cut_as_it_would_be_character_by_character() -> None:
    line = "a中\t" * 3 + "中文😀" * 400 + "abc" * 300
    expected: list[int] = []
    used = 0
    for index, character in enumerate(line):
        if used + columns(character) > 50:
            expected.append(index)
            used = 0
        used += columns(character)
    assert column_cuts(line, 50) == expected
