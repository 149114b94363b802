# SPDX-License-Identifier: MIT
"""Long conversations stay quick."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.store import branches, conversations, messages
from chatglm_desktop.store.database import open_database, transaction


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(file)) as connection:
        yield connection


def fill(connection: sqlite3.Connection, id: str, count: int) -> None:
    conversations.create(connection, ConversationSummary(id, "", 1.0, 1.0))
    parent = None
    for number in range(count):
        text = TextPart("Some words of a message. " * 8)
        message = Message(f"{id} {number}", Role.USER, (text,), 1.0, parent)
        messages.add(connection, id, message)
        parent = message.id


def steps(connection: sqlite3.Connection, job: Callable[[], object]) -> int:
    """How many steps of SQLite's machine ``job`` takes, which no other program can change."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.set_progress_handler(count, 1)
    job()
    connection.set_progress_handler(None, 1)
    return taken


def add_next(connection: sqlite3.Connection, id: str, count: int) -> None:
    message = Message(f"{id} {count}", Role.USER, (), 1.0, f"{id} {count - 1}")
    messages.add(connection, id, message)


def test_what_a_long_conversation_is_asked_takes_no_longer(connection: sqlite3.Connection) -> None:
    def ask(id: str, count: int) -> list[int]:
        return [
            steps(connection, lambda: branches.load_history(connection, id, 50)),
            steps(connection, lambda: branches.load_slice(connection, id, count // 2, 50)),
            steps(connection, lambda: branches.position_of(connection, id, f"{id} {count // 2}")),
        ]

    fill(connection, "few", 100)
    fill(connection, "many", 3_000)
    assert ask("many", 3_000) == pytest.approx(ask("few", 100), rel=0.1)
    few = steps(connection, lambda: add_next(connection, "few", 100))
    # The index sometimes joins what it has gathered meanwhile.
    assert steps(connection, lambda: add_next(connection, "many", 3_000)) < 2 * few


def test_another_branch_costs_only_where_it_differs(connection: sqlite3.Connection) -> None:
    fill(connection, "c", 3_000)
    sibling = Message("sibling", Role.USER, (), 1.0, "c 2997")
    taken = steps(connection, lambda: messages.add(connection, "c", sibling))

    def back() -> None:
        with transaction(connection):
            branches.activate(connection, "c", "c 2999")

    assert taken + steps(connection, back) < 2_000
    assert branches.load_history(connection, "c", 1).length == 3_000


def test_the_journal_never_reads_or_rewrites_the_reply(connection: sqlite3.Connection) -> None:
    conversations.create(connection, ConversationSummary("c", "", 1.0, 1.0))
    reply = Message("r", Role.ASSISTANT, (), 1.0, None, MessageState.STREAMING)
    messages.add(connection, "c", reply)
    for _ in range(300):
        messages.append_journal(connection, "r", [JournalEntry("text", "x" * 1000)])
    rows = connection.execute("SELECT count(*), max(length(text)) FROM journal").fetchone()
    assert rows == (300, 1000)
    assert branches.load_slice(connection, "c", 0, 1)[0].parts == ()
    assert messages.recover_interrupted(connection) == 1
    assert len(branches.load_slice(connection, "c", 0, 1)[0].text) == 300_000
