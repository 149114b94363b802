# SPDX-License-Identifier: MIT
"""Whatever holds a term has its tokens; what is shown of a text is marked where it holds it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.search_ranking import relevance, title_relevance
from chatglm_desktop.core.search_snippet import LENGTH, snippet
from chatglm_desktop.core.search_terms import Term, needles, pattern, phrase, terms, wanted_tokens
from chatglm_desktop.core.search_tokens import LONGEST, RUN, WORD, searchable, tokens

TEXTS = st.text(
    st.sampled_from("aAbc1+#_- .\n天气预报第章カｶ゛가나ㄱé\u0301…ﬁß的ไทย😀") | st.characters(),
    max_size=40,
)


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_whatever_holds_a_term_has_all_of_its_tokens(
    before: str, wanted: str, after: str, closed: bool
) -> None:
    text = searchable(before + wanted + after)
    words = [term for word in wanted.split() for term in terms(word)]
    for term in (*words, *phrase(wanted, closed)):
        if pattern(term).search(text):
            known = tokens(text)
            for one in wanted_tokens(term):
                assert one.token in known or (
                    one.beginning and any(token.startswith(one.token) for token in known)
                )
            for needle in needles(term):
                assert needle in fold(before + wanted + after)


@given(TEXTS)
def test_every_beginning_of_a_word_and_all_characters_are_found(text: str) -> None:
    folded = searchable(text)
    for word, _ in WORD.findall(folded):
        for end in range(1, len(word) + 1):
            assert all(pattern(term).search(folded) for term in terms(word[:end]))
    for run in RUN.findall(folded):
        assert pattern(Term((run[1:] or run,))).search(folded)


@given(TEXTS)
def test_tokens_have_nothing_that_parts_them(text: str) -> None:
    for token in tokens(searchable(text)):
        assert not re.search(r"[\x00-/:-@\[-`{-\x7f]", token)
        assert len(token) <= LONGEST


@given(TEXTS, TEXTS)
def test_marks_hold_the_term(text: str, wanted: str) -> None:
    asked = [term for word in wanted.split() for term in terms(word)]
    shown = snippet(text, asked)
    if shown is None:
        assert asked
        return
    assert len(shown.text) <= LENGTH + 2
    assert "\n" not in shown.text
    last = 0
    for start, end in shown.marks:
        assert last <= start < end <= len(shown.text)
        last = end
    assert bool(shown.marks) == bool(asked)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Cafe\u0301, CAFÉ", "cafe", ["Cafe\u0301", "CAFÉ"]),
        ("说“天气预报”吧", "天气预报", ["天气预报"]),
        ("…… python", "python", ["python"]),
        ("한국 날씨", "날씨", ["날씨"]),
        ("x" * 300 + " ﬁne 天气", "fine", ["ﬁne"]),
        ("word\n\n  word", "word", ["word", "word"]),
        ("天 " * 500 + "needle", "needle", ["needle"]),
        ("aab aabb", "aab", ["aab", "aab"]),
    ],
)
def test_marks_are_those_of_the_text(text: str, query: str, marked: list[str]) -> None:
    shown = snippet(text, terms(query))
    assert shown is not None
    assert [shown.text[start:end] for start, end in shown.marks] == marked


def test_the_part_with_most_terms_is_shown() -> None:
    text = "one " + "x " * 300 + "one two" + " y" * 300
    shown = snippet(text, (*terms("one"), *terms("two")))
    assert shown is not None
    assert "one two" in shown.text
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")


def test_marks_do_not_overlap() -> None:
    shown = snippet("python", (*terms("pyt"), *terms("python")))
    assert shown is not None
    assert shown.marks == ((0, 6),)


def test_a_long_mark_is_cut() -> None:
    shown = snippet("x" * 500, phrase("x" * 500))
    assert shown is not None
    assert shown.marks == ((0, LENGTH),)


def test_a_text_with_more_of_it_is_more_relevant() -> None:
    cat, dog = terms("cat"), terms("dog")
    assert relevance("cat cat", cat) > relevance("cat", cat) > relevance("category", cat)
    assert relevance("cat", cat) > relevance("cat" + " x" * 500, cat)
    far = "cat" + " x" * 100 + " dog"
    assert relevance("cat dog" + " x" * 100, (*cat, *dog)) > relevance(far, (*cat, *dog))
    assert title_relevance("cat", cat) > title_relevance("cat food", cat)
    assert title_relevance("cat food", cat) > title_relevance("food cat", cat)
    assert title_relevance("", ()) == 0
