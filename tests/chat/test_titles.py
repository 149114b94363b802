# SPDX-License-Identifier: MIT
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.titles import says_nothing, title_from, title_from_answer


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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("你好", "你好"),
        ("你好！\n帮我写一首诗", "帮我写一首诗"),
        ("你好，请问怎么合并两个列表？", "请问怎么合并两个列表？"),
        ("Hi there, how do I sort a list?", "How do I sort a list?"),
        ("hello, hello!! what is Bayes' theorem?", "What is Bayes' theorem?"),
        ("Hello world in C", "Hello world in C"),
        ("History of tea", "History of tea"),
        ("早餐吃什么", "早餐吃什么"),
    ],
)
def test_a_greeting_is_no_title_where_something_else_is_said(text: str, title: str) -> None:
    assert title_from(text) == title


@pytest.mark.parametrize(
    "text",
    ["", "?", "你好", "您好呀！", "hi", "Hello, ChatGLM!", "在吗？", "你好 hello 👋", "test"],
)
def test_small_talk_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["你好吗是什么意思", "highlight", "hi5", "testing rooms", "天气"])
def test_a_word_that_begins_like_a_greeting_says_something(text: str) -> None:
    assert not says_nothing(text)


def test_a_long_row_of_greetings_is_judged_at_once() -> None:
    assert not says_nothing("hi " * 10_000 + "x")


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("Sure.\n\n## **Three** ways to sort\n### More", "Three ways to sort"),
        ("# 你好\n# 天气预报", "天气预报"),
        ("Hello! How can I help you?", ""),
        ("#no heading", ""),
    ],
)
def test_an_answer_is_told_by_its_heading(answer: str, title: str) -> None:
    assert title_from_answer(answer) == title


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
