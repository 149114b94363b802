# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.gui.spelling.words import words


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Helo, the don’t naïve.", ["Helo", "the", "don’t", "naïve"]),
        ("`code` and http://a.b/cde and c/d and foo.bar and a_b", ["and", "and", "and", "and"]),
        ("NASA iPhone x1y a 2nd #tag", []),
        ("你好word 的 한국 ภาษา", []),
        ("Привет, мир", ["Привет", "мир"]),
        ("", []),
    ],
)
def test_only_what_a_dictionary_can_judge_is_a_word(line: str, found: list[str]) -> None:
    assert [word for _, word in words(line)] == found


def test_places_are_those_in_the_line() -> None:
    line = "see `this` wrd"
    assert [line[start : start + len(word)] for start, word in words(line)] == ["see", "wrd"]
