# SPDX-License-Identifier: MIT
"""A library whose file can be damaged page by page, and what is left of it."""

# files are small here

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.draft import Draft
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store, conversations, drafts, messages
from chatglm_desktop.store.database import open_database

PAGE = 4096
CONVERSATIONS = 12
EACH = 20


def said(conversation: int, number: int) -> str:
    return f"Message {number} of {conversation}: 中文 " + "x" * (number * 37 % 700)


def fill(file: Path) -> None:
    """A library whose messages take many pages, some of them several pages each."""
    with closing(open_database(file)) as connection:
        for number in range(CONVERSATIONS):
            id = f"c{number}"
            summary = ConversationSummary(id, f"Title {number}", 1.0, 2.0 + number)
            conversations.create(connection, summary)
            parent = None
            for place in range(EACH):
                text = said(number, place) * (20 if place == 7 else 1)
                role = Role.USER if place % 2 == 0 else Role.ASSISTANT
                message = Message(f"{id}m{place}", role, (TextPart(text),), 3.0, parent)
                messages.add(connection, id, message)
                parent = message.id
        drafts.save_draft(connection, "c1", Draft("not sent"))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def root_page(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
        return int(page)


def overwrite(file: Path, page: int, data: bytes = b"\xff" * PAGE) -> None:
    content = bytearray(file.read_bytes())
    content[(page - 1) * PAGE : (page - 1) * PAGE + len(data)] = data
    file.write_bytes(content)


async def all_texts(file: Path) -> dict[str, list[str]]:
    """What the program shows of each conversation."""
    store = await Store.open(file)
    try:
        return {
            summary.id: [
                message.text for message in (await store.load_history(summary.id, 1000)).messages
            ]
            for summary in await store.conversations()
        }
    finally:
        await store.close()


def is_sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchall()
        return (
            checked == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()
        )


def leaves(file: Path, table: str) -> list[int]:
    """The pages below the root of a table of two levels."""
    data = file.read_bytes()
    start = (root_page(file, table) - 1) * PAGE
    assert data[start] == 5, "an inner page"
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    pointers = [
        int.from_bytes(data[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(cells)
    ]
    return [int.from_bytes(data[start + p : start + p + 4], "big") for p in pointers]


def page_with(file: Path, text: bytes) -> int:
    return file.read_bytes().index(text) // PAGE + 1
