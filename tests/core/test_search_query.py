# SPDX-License-Identifier: MIT
"""What was typed to search, and what is meant by it."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.search import Indexing, SearchQuery
from chatglm_desktop.core.search_query import LONGEST_QUERY, parse_query, wanted_words
from chatglm_desktop.core.search_terms import Term, pattern, wanted_tokens

NOW = datetime(2026, 3, 31, 12)


def at(*day: int) -> float:
    return datetime(*day).timestamp()  # type: ignore[arg-type] # year, month, day


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", SearchQuery()),
        ("Word  word", SearchQuery((Term(("word",)),))),
        ('"two  words"', SearchQuery((Term(("two  words",), whole=True),))),
        ('"two wo', SearchQuery((Term(("two wo",)),))),
        ("“天气”", SearchQuery((Term(("天气",), whole=True),))),
        ('""', SearchQuery()),
        ("天气？", SearchQuery((Term(("天气",)),))),
        ("python爬虫", SearchQuery((Term(("python",)), Term(("爬虫",))))),
        ("第3章", SearchQuery((Term(("第", "3", "章")),))),
        ("from:me", SearchQuery(author="me")),
        ("来自：我", SearchQuery(author="me")),
        ("from:as", SearchQuery(author="ai")),
        ("from:", SearchQuery()),
        ("from:a", SearchQuery(author="ai")),
        ("from:nobody", SearchQuery((Term(("from:nobody",)),))),
        ('in:"My  Folder" in:b', SearchQuery(folders=("my folder", "b"))),
        ("in:", SearchQuery()),
        ("model:GLM-4", SearchQuery(models=("glm-4",))),
        ("has:code 含有：图片", SearchQuery(traits=frozenset({"code", "image"}))),
        ("has:t", SearchQuery()),
        ("has:nothing", SearchQuery((Term(("has:nothing",)),))),
        ("is:pinned", SearchQuery(standings=frozenset({"pinned"}))),
        ("is:", SearchQuery()),
        ("is:green", SearchQuery((Term(("is:green",)),))),
        ("title:天气 title:天气", SearchQuery(titles=(Term(("天气",)),))),
        ("after:2025", SearchQuery(after=at(2025, 1, 1))),
        ("after:2025-02 after:2024", SearchQuery(after=at(2025, 2, 1))),
        ("before:2025-02-03 之前：2026", SearchQuery(before=at(2025, 2, 3))),
        ("before:2w", SearchQuery(before=at(2026, 3, 17) + 12 * 3600)),
        ("after:20", SearchQuery()),
        ("before:2025-", SearchQuery()),
        ("before:2025-13", SearchQuery()),
        ("after:9999y", SearchQuery((Term(("after:9999y",)),))),
        ("after:soon", SearchQuery((Term(("after:soon",)),))),
        ("before:soon", SearchQuery((Term(("before:soon",)),))),
        ("https://a.b", SearchQuery((Term(("https://a.b",)),))),
        ('note:"a b"', SearchQuery((Term(("note",)), Term(("a b",), whole=True)))),
    ],
)
def test_what_is_typed_is_understood(text: str, query: SearchQuery) -> None:
    assert parse_query(text, NOW) == query


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    query = parse_query(text, NOW)
    for term in (*query.terms, *query.titles, *wanted_words(text)):
        pattern(term)
        wanted_tokens(term)
    assert bool(query) == (query != SearchQuery())


def test_very_long_queries_are_cut() -> None:
    (term,) = parse_query("天气" * 5_000, NOW).terms
    assert len(term.pieces[0]) == LONGEST_QUERY


def test_what_is_still_to_do_is_true() -> None:
    assert Indexing(1, 2)
    assert not Indexing(0, 2)
