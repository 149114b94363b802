# SPDX-License-Identifier: MIT
"""The part of a text that is shown of a hit, and what is marked in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.search_marks import marks, traits
from chatglm_desktop.core.search_query import wanted_words
from chatglm_desktop.core.search_snippet import _Ends, snippet

TEXTS = st.text("ab 中文éÉ…\n가", max_size=400)


def marked(text: str, typed: str) -> list[str]:
    shown = snippet(text, wanted_words(typed))
    assert shown is not None
    return [shown.text[start:end] for start, end in shown.marks]


def test_what_was_looked_for_is_marked_as_it_was_written() -> None:
    assert marked("Today: CAFÉ and café", "cafe") == ["CAFÉ", "café"]
    assert marked("明天会下雨", "下雨") == ["下雨"]
    assert marked("x" * 3000 + " needle", "needle") == ["needle"]


def test_korean_that_was_taken_apart_is_found_as_syllables() -> None:
    apart = "\u110b\u1169\u1102\u1173\u11af 날씨"
    assert marked(apart, "오늘") == ["오늘"]


def test_a_text_without_the_words_has_no_snippet() -> None:
    assert snippet("nothing of it", wanted_words("absent")) is None
    shown = snippet("its beginning", ())
    assert shown is not None
    assert (shown.text, shown.marks) == ("its beginning", ())


def test_of_very_many_places_only_the_first_are_looked_at() -> None:
    text = "word " * 60_000
    shown = snippet(text, wanted_words("word"))
    assert shown is not None
    assert shown.text.startswith("word")


def test_one_place_in_another_is_marked_once() -> None:
    assert marked("abab abab", "abab ab")[:1] == ["abab"]
    long = "a" * 500
    assert marked(f"{long} tail", long[:300])[0].startswith("aaa")


@given(TEXTS, st.sampled_from(["a", "ab", "中", "中文", "e", "가", "b a"]))
def test_marks_lie_in_the_snippet_in_order(text: str, typed: str) -> None:
    shown = snippet(text, wanted_words(typed))
    if shown is None:
        return
    end = 0
    for start, stop in shown.marks:
        assert end <= start < stop <= len(shown.text)
        end = stop


def test_what_is_unknown_of_a_message_leaves_no_mark() -> None:
    assert len(list(marks("c", "system", "", ()))) == 1
    assert len(list(marks("c", "user", "glm", ()))) == 3
    assert traits(()) == set()


def test_places_may_be_asked_for_in_any_order() -> None:
    ends = _Ends("é" * 1000)
    assert [ends.at(place) for place in (900, 3, 500)] == [900, 3, 500]
