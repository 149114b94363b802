# SPDX-License-Identifier: MIT
"""Reads what was typed to search: words, "phrases" and filters, in English or Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar, get_args

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.search import Author, SearchQuery, Standing, Trait
from chatglm_desktop.core.search_terms import Term, phrase, terms

T = TypeVar("T")

LONGEST_QUERY = 500
"""Characters of what was typed that count."""

_QUOTES = '"\u201c\u201d\uff02\u300c\u300d'
_ITEM = re.compile(
    r"(?=\S)(?:(?P<key>[^\W\d_]+)[:\uff1a])?"
    rf"(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]?)|(?P<plain>\S*))"
)
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_SPAN = re.compile(r"(\d{1,4})([dwmy天周月年日])")
_UNFINISHED = re.compile(r"[\d/.-]*")
_DAYS = dict(zip("dwmy天周月年日", (1, 7, 30, 365, 1, 7, 30, 365, 1), strict=True))
"""How long a span of this name is."""

_AUTHORS: Mapping[str, Author] = {"me": "me", "我": "me", "ai": "ai", "assistant": "ai"}
_TRAITS: Mapping[str, Trait] = {
    **{trait: trait for trait in get_args(Trait)},
    "代码": "code",
    "文件": "file",
    "附件": "file",
    "图片": "image",
    "思考": "thinking",
    "表格": "table",
    "链接": "link",
}
_STANDINGS: Mapping[str, Standing] = {
    **{standing: standing for standing in get_args(Standing)},
    "置顶": "pinned",
    "归档": "archived",
}


def parse_query(text: str, now: datetime) -> SearchQuery:
    """What ``text`` asks for. Dates are those of the time zone of ``now``, or the local one.

    What is no filter is taken as words, and a filter whose value is still being typed as none.
    """
    query = SearchQuery()
    text = text[:LONGEST_QUERY].encode(errors="replace").decode()
    for item in _ITEM.finditer(text):
        key, quoted, plain = item["key"], item["quoted"], item["plain"]
        read = _FILTERS.get(fold(key)) if key else None
        value = plain if quoted is None else quoted
        asked = read(query, value, now) if read else None
        if asked is not None:
            query = asked
        elif quoted is None:
            query = replace(query, terms=(*query.terms, *terms(item[0])))
        else:
            said = terms(key) if key else ()
            wanted = phrase(quoted, closed=bool(item["closed"]))
            query = replace(query, terms=(*query.terms, *said, *wanted))
    return replace(query, terms=tuple(dict.fromkeys(query.terms)))


def wanted_words(text: str) -> tuple[Term, ...]:
    """All that is meant by ``text`` where there are no filters and no phrases."""
    typed = text[:LONGEST_QUERY].encode(errors="replace").decode()
    return tuple(dict.fromkeys(term for word in typed.split() for term in terms(word)))


def _author(query: SearchQuery, value: str, now: datetime) -> SearchQuery | None:
    match _meant(_AUTHORS, value):
        case []:
            return None
        case [author]:
            return replace(query, author=author)
        case _:
            return query


def _trait(query: SearchQuery, value: str, now: datetime) -> SearchQuery | None:
    match _meant(_TRAITS, value):
        case []:
            return None
        case [trait]:
            return replace(query, traits=query.traits | {trait})
        case _:
            return query


def _standing(query: SearchQuery, value: str, now: datetime) -> SearchQuery | None:
    match _meant(_STANDINGS, value):
        case []:
            return None
        case [standing]:
            return replace(query, standings=query.standings | {standing})
        case _:
            return query


def _title(query: SearchQuery, value: str, now: datetime) -> SearchQuery:
    wanted = [term for word in value.split() for term in terms(word)]
    return replace(query, titles=tuple(dict.fromkeys((*query.titles, *wanted))))


def _folder(query: SearchQuery, value: str, now: datetime) -> SearchQuery:
    return replace(query, folders=(*query.folders, *_named(value)))


def _model(query: SearchQuery, value: str, now: datetime) -> SearchQuery:
    return replace(query, models=(*query.models, *_named(value)))


def _after(query: SearchQuery, value: str, now: datetime) -> SearchQuery | None:
    moment = _moment(value, now)
    if moment is None:
        return query if _UNFINISHED.fullmatch(value) else None
    return replace(query, after=moment if query.after is None else max(query.after, moment))


def _before(query: SearchQuery, value: str, now: datetime) -> SearchQuery | None:
    moment = _moment(value, now)
    if moment is None:
        return query if _UNFINISHED.fullmatch(value) else None
    return replace(query, before=moment if query.before is None else min(query.before, moment))


_FILTERS: Mapping[str, Callable[[SearchQuery, str, datetime], SearchQuery | None]] = {
    **dict.fromkeys(("from", "来自"), _author),
    **dict.fromkeys(("has", "含有"), _trait),
    **dict.fromkeys(("is", "状态"), _standing),
    **dict.fromkeys(("title", "标题"), _title),
    **dict.fromkeys(("in", "文件夹"), _folder),
    **dict.fromkeys(("model", "模型"), _model),
    **dict.fromkeys(("after", "之后"), _after),
    **dict.fromkeys(("before", "之前"), _before),
}
"""By name: the query with this filter too, or None if the value makes no sense for it."""


def _meant(names: Mapping[str, T], value: str) -> list[T]:
    """What the names mean that begin with ``value``."""
    wanted = fold(value)
    exact = names.get(wanted)
    if exact is not None:
        return [exact]
    return list({meaning: None for name, meaning in names.items() if name.startswith(wanted)})


def _named(value: str) -> tuple[str, ...]:
    wanted = " ".join(fold(value).split())
    return (wanted,) if wanted else ()


def _moment(value: str, now: datetime) -> float | None:
    """When the day, month or year begins, or so long before ``now``; in epoch seconds."""
    try:
        if span := _SPAN.fullmatch(value):
            return (now - timedelta(days=int(span[1]) * _DAYS[span[2]])).timestamp()
        if date := _DATE.fullmatch(value):
            year, month, day = (int(number or 1) for number in date.groups())
            return datetime(year, month, day, tzinfo=now.tzinfo).timestamp()
    except (ValueError, OverflowError, OSError):
        # A day that no calendar has, or that this computer cannot tell as a time.
        pass
    return None
