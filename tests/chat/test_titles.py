# SPDX-License-Identifier: MIT
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.titles import title_from


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("  spaced   out \n more", "spaced out"),
        ("\n\n## A **bold** heading\ntext", "A bold heading"),
        ("> quoted question?", "quoted question?"),
        ("```\ncode()\n```", "code()"),
        ("用 Python 合并两个有序列表", "用 Python 合并两个有序列表"),
        ("?!", "?!"),
        ("", ""),
    ],
)
def test_title_is_the_first_line_that_says_something(text: str, title: str) -> None:
    assert title_from(text) == title


def test_long_latin_title_ends_at_a_word() -> None:
    title = title_from("Please explain the difference between processes and threads in detail")
    assert title == "Please explain the difference between processes…"


def test_long_word_is_cut_where_it_must() -> None:
    assert title_from("x" * 100) == "x" * 48 + "…"


def test_chinese_counts_double() -> None:
    assert title_from("天" * 30) == "天" * 24 + "…"


@given(st.text())
def test_title_is_one_short_line(text: str) -> None:
    title = title_from(text)
    assert "\n" not in title
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in title)
    assert width <= 48 + 1
