# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.tokens import UNIT, LineCosts, cost, estimate

LETTERS = "aAzÉé09 \t_{}()中文あ한жع…，🚀"
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(exclude_characters="\n"))
LINES = st.lists(TEXTS, max_size=6)

COUNTED = [
    (
        "The quick brown fox jumps over the lazy dog, and then it decides that understanding the "
        "documentation is unnecessary. ",
        10,
        211,
    ),
    ("Быстрая коричневая лиса перепрыгивает через ленивую собаку. ", 10, 181),
    ("这是一个关于人工智能的问题，请用简单的话解释。", 10, 110),
    ("한국어 문장의 토큰 수를 세어 봅니다. ", 20, 261),
    ("これは日本語の文章です。トークンの数を数えます。", 20, 240),
    ("ماذا تظهر الصورة وأين التقطت؟ ", 20, 202),
    ("🚀👩‍💻🎲😀", 20, 120),
    ("        if self.running:\n            return [item for item in self._items]\n", 10, 190),
]
"""A text, how often it is said, and how many tokens the tokenizer of a real model makes of it."""


@pytest.mark.parametrize(("text", "times", "tokens"), COUNTED)
def test_the_guess_is_near_what_a_tokenizer_counts(text: str, times: int, tokens: int) -> None:
    assert 3 / 4 < estimate(text * times) / tokens < 4 / 3


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("Hello world", 2),
        ("中", 1),
        ("你好", 2),
        ("a\nb", 3),
        ("\n", 1),
        (" ", 0),
    ],
)
def test_short_texts(text: str, tokens: int) -> None:
    assert estimate(text) == tokens


@given(TEXTS, TEXTS)
def test_a_text_never_costs_less_than_its_beginning_or_its_end(a: str, b: str) -> None:
    assert cost(a + b) >= max(cost(a), cost(b))


@given(TEXTS, TEXTS)
def test_two_texts_cost_what_they_cost_apart_but_for_one_token(a: str, b: str) -> None:
    assert abs(cost(a + b) - cost(a) - cost(b)) <= UNIT


@given(LINES, st.data())
def test_a_change_of_lines_costs_what_counting_all_again_would(
    lines: list[str], data: st.DataObject
) -> None:
    costs = LineCosts()
    costs.replace(0, 0, lines)
    first = data.draw(st.integers(0, len(lines)))
    count = data.draw(st.integers(0, len(lines) - first))
    new = data.draw(LINES)
    costs.replace(first, count, new)
    lines[first : first + count] = new
    assert len(costs) == len(lines)
    assert costs.tokens == estimate("\n".join(lines))


@given(st.text())
def test_any_text_has_a_guess(text: str) -> None:
    assert 0 <= estimate(text) <= 2 * len(text)
