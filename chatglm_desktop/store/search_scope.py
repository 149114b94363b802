# SPDX-License-Identifier: MIT
"""SQL for what a search asks for besides its words: where, from whom, by which model, when.

What an index knows becomes tokens that it has to hold; only what is left is looked at in each
row that the index proposes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from chatglm_desktop.core.fold import fold
from chatglm_desktop.core.folders import within
from chatglm_desktop.core.search import SearchQuery
from chatglm_desktop.core.search_marks import (
    author_token,
    conversation_token,
    model_token,
    trait_token,
)
from chatglm_desktop.core.search_terms import Term, needles, wanted_tokens
from chatglm_desktop.store.rows import FOLDER_COLUMNS, folder_from_row

FEW = 1_000
"""Conversations of which a message's is one, asked of the index. Of more, each row is looked at."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``where`` are conditions on a conversation with their ``values``.

    ``ids`` are the only conversations that count, if they are few; None for any others.
    """

    where: str
    values: tuple[object, ...]
    ids: frozenset[str] | None = None


def scope(connection: sqlite3.Connection, query: SearchQuery) -> Scope | None:
    """Which conversations are searched; None if there are none."""
    conditions = ["conversation.trashed_at IS NULL"]
    values: list[object] = []
    if query.folders:
        folder_ids = _folder_ids(connection, query.folders)
        if not folder_ids:
            return None
        conditions.append("conversation.folder_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(folder_ids)))
    if "pinned" in query.standings:
        conditions.append("conversation.pinned")
    if "archived" in query.standings:
        conditions.append("conversation.archived_at IS NOT NULL")
    where = " AND ".join(conditions)
    if len(conditions) == 1:
        return Scope(where, ())
    rows = connection.execute(
        f"SELECT id FROM conversation WHERE {where} LIMIT ?", (*values, FEW + 1)
    ).fetchall()
    if not rows:
        return None
    ids = frozenset(id for (id,) in rows) if len(rows) <= FEW else None
    return Scope(where, tuple(values), ids)


def narrowed(scope: Scope, ids: frozenset[str]) -> Scope:
    """Only the conversations with these ids."""
    return Scope(
        f"{scope.where} AND conversation.id IN (SELECT value FROM json_each(?))",
        (*scope.values, json.dumps(sorted(ids))),
        ids if len(ids) <= FEW else None,
    )


def changed(scope: Scope, after: float | None, before: float | None, until: float | None) -> Scope:
    """Only conversations that were last changed from ``after`` on, earlier than ``before``, and
    not after ``until``.
    """
    where, values = scope.where, scope.values
    for comparison, time in ((">=", after), ("<", before), ("<=", until)):
        if time is not None:
            where += f" AND conversation.updated_at {comparison} ?"
            values += (time,)
    return Scope(where, values, scope.ids)


def expression(connection: sqlite3.Connection, query: SearchQuery, scope: Scope) -> str | None:
    """What the index of messages is asked, "" if it cannot help; None if no message can be it."""
    asked = words(query.terms)
    if query.author is not None:
        asked.append(_token(author_token(query.author)))
    asked += (_token(trait_token(trait)) for trait in sorted(query.traits))
    if query.models:
        names = [name for (name,) in connection.execute("SELECT name FROM model_name")]
        meant = {
            model_token(name) for name in names if any(part in fold(name) for part in query.models)
        }
        if not meant:
            return None
        asked.append(_any(meant))
    if scope.ids is not None:
        asked.append(_any({conversation_token(id) for id in scope.ids}))
    return " AND ".join(asked)


def words(terms: Iterable[Term]) -> list[str]:
    """What an index is asked about words: all of these."""
    wanted = dict.fromkeys(one for term in terms for one in wanted_tokens(term))
    return [_token(one.token) + ("*" if one.beginning else "") for one in wanted]


def needle_conditions(terms: Iterable[Term], column: str) -> tuple[str, tuple[str, ...]]:
    """What a folded text has to hold besides the tokens, each condition after an AND."""
    found = tuple(dict.fromkeys(needle for term in terms for needle in needles(term)))
    return "".join(f" AND instr({column}, ?)" for _ in found), found


def _token(token: str) -> str:
    return f'"{token}"'


def _any(tokens: Iterable[str]) -> str:
    return f"({' OR '.join(map(_token, sorted(tokens)))})"


def _folder_ids(connection: sqlite3.Connection, names: Iterable[str]) -> set[str]:
    """The folders that are called so, or begin so if none is, with all that lie in them."""
    rows = connection.execute(f"SELECT {FOLDER_COLUMNS} FROM folder WHERE trashed_at IS NULL")
    folders = [folder_from_row(row) for row in rows.fetchall()]
    called = {folder.id: " ".join(fold(folder.name).split()) for folder in folders}
    found: set[str] = set()
    for wanted in names:
        meant = [id for id, name in called.items() if name == wanted]
        meant = meant or [id for id, name in called.items() if name.startswith(wanted)]
        found.update(*(within(folders, id) for id in meant))
    return found
