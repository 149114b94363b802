# SPDX-License-Identifier: MIT
"""Puts what is found in order, page by page; a reading connection calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import NamedTuple

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.search import Hit, SearchOrder, SearchQuery
from chatglm_desktop.core.search_query import wanted_words
from chatglm_desktop.core.search_ranking import relevance, title_relevance
from chatglm_desktop.core.search_terms import Term
from chatglm_desktop.core.search_tokens import composed, searchable
from chatglm_desktop.store.reading import one_moment
from chatglm_desktop.store.search_find import candidates, hits, number_of
from chatglm_desktop.store.search_runs import Candidate, Span
from chatglm_desktop.store.search_schema import NEVER
from chatglm_desktop.store.search_scope import Scope, changed, narrowed, scope
from chatglm_desktop.store.search_titles import (
    Titled,
    conversation_number,
    newest,
    title_hit,
    titles,
)

BOUND = 1_000
"""The newest messages of which the most relevant ones are sought."""

TITLES = 100
"""The same of titles."""


class _Found(NamedTuple):
    """Something by what the newest come first: a title before messages of its time."""

    time: float
    is_title: bool
    number: int
    value: Candidate | Titled | None = None


def find(
    connection: sqlite3.Connection,
    query: SearchQuery,
    order: SearchOrder,
    limit: int,
    after: Hit | None,
) -> tuple[Hit, ...]:
    with one_moment(connection):
        return _find(connection, query, order, limit, after)


def _find(
    connection: sqlite3.Connection,
    query: SearchQuery,
    order: SearchOrder,
    limit: int,
    after: Hit | None,
) -> tuple[Hit, ...]:
    where = scope(connection, query) if query else None
    if where is None:
        return ()
    last = None if after is None else _place_of(connection, after)
    if order == "newest":
        found = list(islice(_newest_first(connection, query, where, last), limit))
    else:
        ranked = _most_relevant(connection, query, where)
        keys = [one[:3] for one in ranked]
        first = 0 if last is None else keys.index(last[:3]) + 1 if last[:3] in keys else len(keys)
        found = ranked[first : first + limit]
    return tuple(_hits(connection, query, found))


def switch(
    connection: sqlite3.Connection, text: str, limit: int
) -> tuple[ConversationSummary, ...]:
    terms = wanted_words(text)
    if not terms:
        return tuple(newest(connection, limit))
    everywhere = scope(connection, SearchQuery())
    assert everywhere is not None
    found = [one.summary for one in islice(titles(connection, terms, everywhere), TITLES)]

    def order(one: ConversationSummary) -> tuple[bool, float]:
        return one.archived_at is not None, -title_relevance(searchable(one.title), terms)

    return tuple(sorted(found, key=order)[:limit])


def _newest_first(
    connection: sqlite3.Connection, query: SearchQuery, where: Scope, last: _Found | None
) -> Iterator[_Found]:
    return merge(
        _titles(connection, query, where, last),
        _messages(connection, query, where, last),
        key=lambda found: found[:3],
        reverse=True,
    )


def _most_relevant(
    connection: sqlite3.Connection, query: SearchQuery, where: Scope
) -> list[_Found]:
    """The best first, among equals the newest."""
    found = [
        *islice(_titles(connection, query, where, None), TITLES),
        *islice(_messages(connection, query, where, None), BOUND),
    ]
    return sorted(found, key=lambda one: (_relevance(one, query), *one[:3]), reverse=True)


def _relevance(found: _Found, query: SearchQuery) -> float:
    if isinstance(found.value, Titled):
        return title_relevance(searchable(found.value.summary.title), _in_title(query))
    assert found.value is not None
    return relevance(composed(found.value.text), query.terms)


def _titles(
    connection: sqlite3.Connection, query: SearchQuery, where: Scope, last: _Found | None
) -> Iterator[_Found]:
    terms = _in_title(query)
    if not terms or query.of_messages:
        return
    until = None if last is None else last.time
    within = changed(where, query.after, query.before, until)
    for titled in titles(connection, terms, within):
        found = _Found(titled.summary.updated_at, True, titled.number, titled)
        if last is None or found[:3] < last[:3]:
            yield found


def _messages(
    connection: sqlite3.Connection, query: SearchQuery, where: Scope, last: _Found | None
) -> Iterator[_Found]:
    if query.titles:
        if not query.terms and not query.of_messages:
            return
        ids = frozenset(one.summary.id for one in titles(connection, query.titles, where))
        if not ids:
            return
        where = narrowed(where, ids)
    for candidate in candidates(connection, query, where, _span(query, last)):
        yield _Found(candidate.created_at, False, candidate.number, candidate)


def _in_title(query: SearchQuery) -> Sequence[Term]:
    return query.titles + query.terms


def _span(query: SearchQuery, last: _Found | None) -> Span:
    if last is None or (query.before is not None and query.before <= last.time):
        return Span(query.after, query.before)
    return Span(query.after, last.time, NEVER if last.is_title else last.number)


def _place_of(connection: sqlite3.Connection, hit: Hit) -> _Found:
    if hit.message_id is None:
        number = conversation_number(connection, hit.conversation_id)
        return _Found(hit.created_at, True, number)
    return _Found(hit.created_at, False, number_of(connection, hit.message_id))


def _hits(
    connection: sqlite3.Connection, query: SearchQuery, found: Sequence[_Found]
) -> Iterator[Hit]:
    numbers = [one.number for one in found if not one.is_title]
    of_messages = hits(connection, numbers, query.terms)
    for one in found:
        if isinstance(one.value, Titled):
            yield title_hit(one.value.summary, _in_title(query))
        else:
            yield of_messages[one.number]
