# SPDX-License-Identifier: MIT
"""SQL that finds conversations by their titles; a reading connection calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.search import Hit
from chatglm_desktop.core.search_snippet import Snippet, holds, snippet
from chatglm_desktop.core.search_terms import Term
from chatglm_desktop.core.search_tokens import searchable
from chatglm_desktop.store.rows import SUMMARY_COLUMNS, summary_from_row
from chatglm_desktop.store.search_scope import Scope, words

MANY = 2_500
"""Titles that the index finds; if there are more, the newest are found quicker one by one."""

_COLUMNS = ", ".join(f"conversation.{name.strip()}" for name in SUMMARY_COLUMNS.split(","))
_PROPOSED = "SELECT rowid FROM title_index WHERE title_index MATCH ? LIMIT ?"
_BY_INDEX = (
    f"SELECT conversation_number.number, {_COLUMNS} FROM title_index"
    " CROSS JOIN conversation_number ON conversation_number.number = title_index.rowid"
    " CROSS JOIN conversation ON conversation.id = conversation_number.conversation_id"
    " WHERE title_index MATCH ? AND {where} ORDER BY conversation.updated_at DESC"
)
_ONE_BY_ONE = (
    f"SELECT conversation_number.number, {_COLUMNS} FROM conversation"
    " CROSS JOIN conversation_number ON conversation_number.conversation_id = conversation.id"
    " WHERE {where} ORDER BY conversation.updated_at DESC"
)


class Titled(NamedTuple):
    """A conversation with its own number."""

    number: int
    summary: ConversationSummary


def titles(connection: sqlite3.Connection, terms: Sequence[Term], scope: Scope) -> Iterator[Titled]:
    """The conversations whose title holds all of ``terms``, the last changed first."""
    asked = " AND ".join(words(terms))
    proposed = connection.execute(_PROPOSED, (asked, MANY)).fetchall() if asked else []
    if asked and len(proposed) < MANY:
        found = connection.execute(_BY_INDEX.format(where=scope.where), (asked, *scope.values))
    else:
        found = connection.execute(_ONE_BY_ONE.format(where=scope.where), scope.values)
    titled = (
        Titled(number, summary_from_row((id, title, *row)))
        for number, id, title, *row in found
        if holds(searchable(title), terms)
    )
    # SQLite would sort all of them for the sake of the few that have the same time.
    for _, same in groupby(titled, key=lambda one: one.summary.updated_at):
        yield from sorted(same, reverse=True, key=lambda one: one.number)


def newest(connection: sqlite3.Connection, count: int) -> list[ConversationSummary]:
    """The conversations that were changed last, of those that are not put away."""
    found = connection.execute(
        f"SELECT {SUMMARY_COLUMNS} FROM conversation WHERE trashed_at IS NULL"
        " AND archived_at IS NULL ORDER BY updated_at DESC LIMIT ?",
        (count,),
    )
    return [summary_from_row(row) for row in found]


def conversation_number(connection: sqlite3.Connection, id: str) -> int:
    """The number of a conversation, 0 for one that is gone."""
    row = connection.execute(
        "SELECT number FROM conversation_number WHERE conversation_id = ?", (id,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def title_hit(summary: ConversationSummary, terms: Sequence[Term]) -> Hit:
    shown = snippet(summary.title, terms) or Snippet(summary.title, ())
    return Hit(
        summary.id,
        None,
        summary.title,
        None,
        summary.updated_at,
        shown.text,
        shown.marks,
        "title",
        archived=summary.archived_at is not None,
        folder_id=summary.folder_id,
    )
