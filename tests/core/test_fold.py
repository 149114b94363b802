# SPDX-License-Identifier: MIT
from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.fold import find_all, fold

TEXTS = st.text(
    st.sampled_from("aAeEsßéË\u0301\u0327ﬁ…中文，ＡｂＩİﬃΣςが한\U0001f680 ") | st.characters()
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hello WORLD_1", "hello world_1"),
        ("Crème Brûlée", "creme brulee"),
        ("cre\u0300me", "creme"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ΣΟΦΟΣ σοφός", "σοφοσ σοφοσ"),
        ("今天天气怎么样", "今天天气怎么样"),
        ("ＧＬＭ－４，好！", "glm-4,好!"),
        ("ﬁne …", "fine ..."),
        ("مُحَمَّد", "محمد"),
        ("🚀👩‍💻", "🚀👩‍💻"),
        ("", ""),
    ],
)
def test_case_diacritics_and_width_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_character_folds_to_what_folds_to_itself() -> None:
    characters = "".join(map(chr, range(sys.maxunicode + 1)))
    folded = fold(characters)
    assert fold(folded) == folded
    assert not any(map(unicodedata.combining, folded))


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_texts_fold_piece_by_piece(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert "".join(map(fold, one)) == fold(one)


@pytest.mark.parametrize(
    ("text", "query", "places"),
    [
        ("aaaa", "aa", ["aa", "aa"]),
        ("Ab aB", "ab", ["Ab", "aB"]),
        ("查天气，天气好", "天气", ["天气", "天气"]),
        ("Ｇpt, gＰt", "gpt", ["Ｇpt", "gＰt"]),
        ("cafe\u0301 café CAFE", "cafe", ["cafe\u0301", "café", "CAFE"]),
        ("Straße", "ass", ["aß"]),
        ("Straße", "s", ["S", "ß", "ß"]),
        ("\u0301élan", "e", ["é"]),
        ("so…", "..", ["…"]),
        ("oﬃce", "fice", ["ﬃce"]),
        ("text", "absent", []),
        ("text", "", []),
        ("", "x", []),
    ],
)
def test_places_are_found_in_the_text_as_it_was_written(
    text: str, query: str, places: list[str]
) -> None:
    assert [text[start:end] for start, end in find_all(text, query)] == places


@settings(deadline=None)
@given(TEXTS, st.data())
def test_every_place_holds_the_query(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    query = folded[start : start + data.draw(st.integers(1, 4))]
    places = find_all(text, query)
    assert len(places) == (folded.count(query) if query else 0)
    for begin, end in places:
        assert query in fold(text[begin:end])
    assert places == sorted(places)
