# SPDX-License-Identifier: MIT
"""Databases with long conversations, written at once before a benchmark starts; measures nothing.

Message by message, as the program writes, this would take longer than all measuring.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.demo.content import long_text
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.store import branches, conversations, messages
from chatglm_desktop.store.database import open_database, transaction

_VARIETY = 60_000
_SHORTEST = 80
_LONGEST = 1_500


def write(folder: Path, id: str, branch: Iterable[Message]) -> None:
    """Put the conversation ``id`` into the database of a program that runs in ``folder``."""
    with closing(open_database(Paths.at(folder).database)) as connection, transaction(connection):
        insert(connection, ConversationSummary(id, f"Conversation {id}", 0.0, 0.0), branch)


def insert(
    connection: sqlite3.Connection, summary: ConversationSummary, branch: Iterable[Message]
) -> None:
    """Put one conversation with one branch there, within a transaction."""
    conversations.create(connection, summary)
    leaf = ""
    for message in branch:
        messages.insert(connection, summary.id, message)
        leaf = message.id
    branches.activate(connection, summary.id, leaf)


def mixed(id: str, count: int) -> Iterator[Message]:
    """``count`` messages of all kinds of Markdown, of many lengths.

    The last ones are the same for any even ``count``.
    """
    source = long_text(_VARIETY)
    parent: str | None = None
    for number in range(count):
        message_id = f"{id} {number}"
        if number % 2:
            nth = count - number
            length = _SHORTEST + nth * 197 % (_LONGEST - _SHORTEST)
            start = nth * 1009 % (_VARIETY - _LONGEST)
            role, text = Role.ASSISTANT, source[start : start + length]
        else:
            role, text = Role.USER, f"Question {number} of the conversation"
        yield Message(message_id, role, (TextPart(text),), float(number), parent, model="demo")
        parent = message_id


def dialogue(id: str, lengths: Iterable[int]) -> Iterator[Message]:
    """A question and a reply of so many characters for each of ``lengths``."""
    parent: str | None = None
    for number, length in enumerate(lengths):
        for role, text in ((Role.USER, f"Question {number}"), (Role.ASSISTANT, long_text(length))):
            message_id = f"{id} {number} {role.value}"
            yield Message(message_id, role, (TextPart(text),), float(number), parent)
            parent = message_id
