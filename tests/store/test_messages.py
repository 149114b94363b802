# SPDX-License-Identifier: MIT
"""Long conversations stay quick."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.store import conversations, messages
from chatglm_desktop.store.database import open_database


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


def seconds_to_load(connection: sqlite3.Connection, id: str, count: int) -> float:
    """The best of some attempts, as other programs share the processor."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        conversation = messages.load_conversation(connection, id)
        assert len(conversation.branch()) == count
        best = min(best, time.perf_counter() - began)
    return best


def test_loading_takes_time_in_proportion(connection: sqlite3.Connection) -> None:
    fill(connection, "few", 1_000)
    fill(connection, "many", 10_000)
    few = seconds_to_load(connection, "few", 1_000)
    many = seconds_to_load(connection, "many", 10_000)
    # Ten times as many; a cost that grows with the square would take a hundred times as long.
    assert many < few * 30


def test_the_journal_never_reads_or_rewrites_the_reply(connection: sqlite3.Connection) -> None:
    conversations.create(connection, ConversationSummary("c", "", 1.0, 1.0))
    reply = Message("r", Role.ASSISTANT, (), 1.0, None, MessageState.STREAMING)
    messages.add(connection, "c", reply)
    for _ in range(300):
        messages.append_journal(connection, "r", [JournalEntry("text", "x" * 1000)])
    rows = connection.execute("SELECT count(*), max(length(text)) FROM journal").fetchone()
    assert rows == (300, 1000)
    assert messages.load_conversation(connection, "c")["r"].parts == ()
    assert messages.recover_interrupted(connection) == 1
    assert len(messages.load_conversation(connection, "c")["r"].text) == 300_000
