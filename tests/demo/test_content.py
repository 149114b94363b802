# SPDX-License-Identifier: MIT
"""The demo says what it is, in the language of the question, and varies."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.demo.content import choose, fragments, last_question, long_text
from chatglm_desktop.demo.script import Script
from chatglm_desktop.demo.scripts_en import ENGLISH
from chatglm_desktop.demo.scripts_zh import CHINESE


@pytest.mark.parametrize("script", ENGLISH)
def test_every_english_answer_says_that_it_is_a_demo(script: Script) -> None:
    text = script.text
    assert re.search(r"\bdemo\b", text[:300])
    assert re.search(r"\bscript", text[:300])


@pytest.mark.parametrize("script", CHINESE)
def test_every_chinese_answer_says_that_it_is_a_demo(script: Script) -> None:
    text = script.text
    assert "演示" in text[:100]
    assert "脚本" in text[:100]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hi!", "What an answer can hold"),
        ("write a python function", "frequent_words"),
        ("compare A and B", "Three ways"),
        ("derive the formula", "quadratic"),
        ("a trip to Beijing", "Three days"),
        ("what is in the news today?", "nothing was searched"),
        ("你好", "一个回答可以包含什么"),
        ("用 Python 写一个函数", "frequent_characters"),
        ("这两种有什么区别？", "三种方式"),
        ("推导一下公式", "求根公式"),
        ("给我一个旅行计划", "三日游"),
        ("今天有什么新闻", "没有真的搜索"),
    ],
)
def test_words_of_the_question_choose_the_answer(question: str, words: str) -> None:
    assert words in choose(question).text


def test_other_questions_get_varied_but_constant_answers() -> None:
    questions = [f"xyz {number}" for number in range(40)]
    chosen = [choose(question) for question in questions]
    assert len({script.text for script in chosen}) > 3
    assert chosen == [choose(question) for question in questions]
    assert all(script in CHINESE for script in map(choose, ["嗯", "哦", "行吗"]))


def test_answers_hold_every_kind_of_block() -> None:
    for scripts in (ENGLISH, CHINESE):
        text = scripts[0].text
        for mark in ("\n## ", "\n1. ", "\n   - ", "\n     - ", "\n| ", "```python", "$$", "\n> "):
            assert mark in text
        assert any(script.hits for script in scripts)


@pytest.mark.parametrize(
    ("folded", "question"),
    [
        ("Hello", "Hello"),
        ("User: one\nAssistant: two\nUser: three\nand four", "three\nand four"),
        ("System: be kind\n\nUser:\n\n问题", "问题"),
        ("用户：一\n助手：二\n用户：三", "三"),
        ("tell me about the User: type", "tell me about the User: type"),
        ("", ""),
    ],
)
def test_last_question_is_found_in_folded_turns(folded: str, question: str) -> None:
    assert last_question(folded) == question


@settings(deadline=None, max_examples=50)
@given(st.text(), st.integers(0, 5))
def test_fragments_are_the_text_in_small_pieces(text: str, seed: int) -> None:
    pieces = list(fragments(text, seed))
    assert "".join(pieces) == text
    assert all(1 <= len(piece) <= 8 for piece in pieces)
    assert pieces == list(fragments(text, seed))


def test_long_text_is_markdown_of_the_length_asked_for() -> None:
    text = long_text(50_000)
    assert len(text) == 50_000
    assert text.startswith("# Chapter 1\n")
    assert text.count("\n# Chapter ") > 10
    assert "```python" in text
    assert "天" in text
