# SPDX-License-Identifier: MIT
"""Ends of words and characters."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chatglm_desktop.gui.transcript.text.words import (
    next_character,
    next_word,
    previous_character,
    previous_word,
    word_at,
)


@pytest.mark.parametrize(
    ("text", "character", "word"),
    [
        ("Hello world", 7, "world"),
        ("Hello world", 5, " "),
        ("snake_case()", 3, "snake_case"),
        ("我们今天去北京大学。", 5, "北京"),
        ("我们今天去北京大学。", 4, "去"),
        ("用GLM写代码", 2, "GLM"),
        ("a \N{GRINNING FACE} b", 2, "\N{GRINNING FACE}"),
        ("word", 4, "word"),
        ("", 0, ""),
    ],
)
def test_the_word_at_a_character(text: str, character: int, word: str) -> None:
    start, end = word_at(text, character)
    assert text[start:end] == word


def test_words_are_gone_through_in_both_directions() -> None:
    text = "One, two 我们今天"
    ends = [0]
    while ends[-1] < len(text):
        ends.append(next_word(text, ends[-1]))
    assert [text[a:b] for a, b in pairwise(ends)] == [
        "One",
        ", ",
        "two ",
        "我们",
        "今天",
    ]
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_word(text, back[-1]))
    assert back == ends[::-1]


def test_a_character_is_what_looks_like_one() -> None:
    text = "e\u0301\N{MAN}\u200d\N{WOMAN}x"
    assert [next_character(text, at) for at in (0, 2, 5, 6)] == [2, 5, 6, 6]
    assert [previous_character(text, at) for at in (6, 5, 2, 0)] == [5, 2, 0, 0]


def test_long_text_is_looked_at_only_nearby() -> None:
    text = "word " * 100_000
    assert word_at(text, 250_001) == (250_000, 250_004)
    assert next_word(text, 250_001) == 250_005
    assert previous_word(text, 250_001) == 250_000
