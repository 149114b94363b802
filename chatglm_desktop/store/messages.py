# SPDX-License-Identifier: MIT
"""SQL of the message tree and of the journal of running replies; one thread calls it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.store import branches, conversations
from chatglm_desktop.store.database import transaction
from chatglm_desktop.store.functions import fold_parts, prompt_text
from chatglm_desktop.store.rows import (
    MESSAGE_COLUMNS,
    message_from_row,
    message_to_row,
    storable,
)


def add(connection: sqlite3.Connection, conversation_id: str, *added: Message) -> None:
    """Add messages that have the same parent, and make the first of them the leaf."""
    with transaction(connection):
        for message in added:
            insert(connection, conversation_id, message)
        branches.activate(connection, conversation_id, added[0].id)
        conversations.touch(connection, conversation_id, added[0].created_at)


def insert(
    connection: sqlite3.Connection,
    conversation_id: str,
    message: Message,
    number: int | None = None,
) -> int:
    """Put ``message`` into the tree, with ``number`` or the next one; returns its number."""
    inserted = connection.execute(
        f"INSERT INTO message (number, conversation_id, {MESSAGE_COLUMNS})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (number, conversation_id, *message_to_row(message)),
    ).fetchone()
    _make_findable(connection, message)
    return int(inserted[0])


def update(connection: sqlite3.Connection, message: Message) -> None:
    with transaction(connection):
        _replace(connection, message)


def append_journal(
    connection: sqlite3.Connection, message_id: str, entries: Sequence[JournalEntry]
) -> None:
    with transaction(connection):
        connection.executemany(
            "INSERT INTO journal (message_id, kind, text)"
            " SELECT id, ?, ? FROM message WHERE id = ?",
            [(entry.kind, storable(entry.text), message_id) for entry in entries],
        )


def recover_interrupted(connection: sqlite3.Connection) -> int:
    with transaction(connection):
        rows = connection.execute(
            f"SELECT {MESSAGE_COLUMNS} FROM message WHERE state IN ('sending', 'streaming')"
        ).fetchall()
        for message in map(message_from_row, rows):
            parts = arrived_parts(connection, message)
            _replace(connection, replace(message, parts=parts, state=MessageState.INTERRUPTED))
        return len(rows)


def _replace(connection: sqlite3.Connection, message: Message) -> None:
    """Write ``message`` over its row and forget its journal."""
    id, _, *values = message_to_row(message)
    # A reply may have been deleted before its last version came.
    for table in ("message", "removed"):
        connection.execute(
            f"UPDATE {table} SET role = ?, state = ?, created_at = ?, model = ?,"
            " finish_reason = ?, parts = ?, failure = ?, metrics = ? WHERE id = ?",
            (*values, id),
        )
    connection.execute("DELETE FROM journal WHERE message_id = ?", (id,))
    _make_findable(connection, message)


def _make_findable(connection: sqlite3.Connection, message: Message) -> None:
    """Make a finished message's text one that is found, and a question one of the prompts."""
    kept = []
    if not message.state.running:
        kept.append(("folded", fold_parts(message.parts)))
    if message.role is Role.USER:
        kept.append(("prompt", prompt_text(message.parts)))
    for table, text in kept:
        connection.execute(
            f"INSERT INTO {table} (number, text) SELECT number, ? FROM message WHERE id = ?"
            " ON CONFLICT (number) DO UPDATE SET text = excluded.text",
            (text, message.id),
        )


def arrived_parts(connection: sqlite3.Connection, message: Message) -> tuple[Part, ...]:
    """What has come so far of a reply that still runs, or ran when the program ended."""
    journal = connection.execute(
        "SELECT kind, text FROM journal WHERE message_id = ? ORDER BY number", (message.id,)
    )
    entries = [JournalEntry(kind, text) for kind, text in journal]
    return _with_journal(message.parts, entries)


def _with_journal(parts: Iterable[Part], entries: Iterable[JournalEntry]) -> tuple[Part, ...]:
    """What had come of a reply: the parts that it began with, gone on with by its journal."""
    text: list[str] = []
    reasoning: list[str] = []
    seconds = 0.0
    others: list[Part] = []
    for part in parts:
        match part:
            case TextPart():
                text.append(part.text)
            case ReasoningPart():
                reasoning.append(part.text)
                seconds += part.seconds
            case _:
                others.append(part)
    for entry in entries:
        match entry.kind:
            case "text":
                text.append(entry.text)
            case "reasoning":
                reasoning.append(entry.text)
            case "reset-text":
                text = [entry.text]
            case "reset-reasoning":
                reasoning = [entry.text]
            case _:
                assert_never(entry.kind)
    known: list[Part] = []
    if any(reasoning):
        known.append(ReasoningPart("".join(reasoning), seconds))
    if any(text):
        known.append(TextPart("".join(text)))
    return (*known, *others)
