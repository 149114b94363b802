# SPDX-License-Identifier: MIT
"""SQL that finds messages: an index proposes, their texts decide; a reading connection calls it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from chatglm_desktop.core.messages import Part, ReasoningPart, Role, TextPart
from chatglm_desktop.core.search import Hit, Place, SearchQuery
from chatglm_desktop.core.search_snippet import Snippet, holds, snippet
from chatglm_desktop.core.search_terms import Term
from chatglm_desktop.core.search_tokens import composed, searchable
from chatglm_desktop.store.functions import readable_parts
from chatglm_desktop.store.rows import Row
from chatglm_desktop.store.search_runs import Candidate, Span, walk
from chatglm_desktop.store.search_scope import Scope, expression, needle_conditions

# CROSS JOIN keeps this order: first what the index proposes, then the narrow rows.
_PROPOSED = (
    "SELECT message.created_at, message.number, folded.text FROM message_index"
    " CROSS JOIN folded ON folded.number = message_index.rowid{needles}"
    " CROSS JOIN message ON message.number = message_index.rowid"
    " CROSS JOIN conversation ON conversation.id = message.conversation_id"
    " WHERE message_index MATCH ? AND message_index.rowid BETWEEN ? AND ? AND {where}"
    " ORDER BY message_index.rowid DESC"
)
_ALL = (
    "SELECT message.created_at, message.number, folded.text FROM folded"
    " CROSS JOIN message ON message.number = folded.number"
    " CROSS JOIN conversation ON conversation.id = message.conversation_id"
    " WHERE folded.number BETWEEN ? AND ?{needles} AND {where} ORDER BY folded.number DESC"
)
_HITS = (
    "SELECT message.number, message.conversation_id, message.id, title, role, message.created_at,"
    " parts, branch.number IS NULL, archived_at IS NOT NULL, model, folder_id"
    " FROM message JOIN conversation ON conversation.id = message.conversation_id"
    " LEFT JOIN branch ON branch.number = message.number"
    " WHERE message.number IN (SELECT value FROM json_each(?))"
)


def candidates(
    connection: sqlite3.Connection,
    query: SearchQuery,
    scope: Scope,
    span: Span,
) -> Iterator[Candidate]:
    """The messages that hold what is searched for, the newest first."""
    asked = expression(connection, query, scope)
    if asked is None:
        return
    condition, needles = needle_conditions(query.terms, "folded.text")
    where, values = scope.where, scope.values

    def read(first: int, last: int) -> Iterator[Candidate]:
        if asked:
            found = connection.execute(
                _PROPOSED.format(needles=condition, where=where),
                (*needles, asked, first, last, *values),
            )
        else:
            found = connection.execute(
                _ALL.format(needles=condition, where=where), (first, last, *needles, *values)
            )
        return filter(partial(_is_hit, terms=query.terms), map(Candidate._make, found))

    yield from walk(connection, span, read)


def hits(
    connection: sqlite3.Connection, numbers: Sequence[int], terms: Sequence[Term]
) -> dict[int, Hit]:
    """The messages of these numbers as hits."""
    rows = connection.execute(_HITS, (json.dumps(numbers),)).fetchall()
    return {number: _hit(tuple(values), terms) for number, *values in rows}


def number_of(connection: sqlite3.Connection, message_id: str) -> int:
    """The number of a message, 0 for one that is gone."""
    row = connection.execute("SELECT number FROM message WHERE id = ?", (message_id,)).fetchone()
    return 0 if row is None else int(row[0])


def _is_hit(candidate: Candidate, terms: Sequence[Term]) -> bool:
    # Also against an index that is wrong.
    return holds(composed(candidate.text), terms)


def _hit(values: Row, terms: Sequence[Term]) -> Hit:
    conversation_id, id, title, role, created_at, parts, hidden, archived, model, folder_id = values
    place, shown = _shown(readable_parts(parts), terms)
    return Hit(
        conversation_id,
        id,
        title,
        Role(role),
        created_at,
        shown.text,
        shown.marks,
        place,
        bool(hidden),
        bool(archived),
        model,
        folder_id,
    )


def _shown(parts: Iterable[Part], terms: Sequence[Term]) -> tuple[Place, Snippet]:
    """Where the terms are, and what is shown of it: the text rather than the thinking."""
    parts = tuple(parts)
    text = "\n".join(part.text for part in parts if isinstance(part, TextPart))
    thinking = "\n".join(part.text for part in parts if isinstance(part, ReasoningPart))
    in_text = snippet(text, terms)
    if thinking and not (in_text and holds(searchable(text), terms)):
        in_thinking = snippet(thinking, terms)
        if in_thinking and (in_text is None or holds(searchable(thinking), terms)):
            return "thinking", in_thinking
    return "text", in_text or Snippet("", ())
