# SPDX-License-Identifier: MIT
"""What was typed is found in a real store, also what an older version has written."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.chat import searching as module
from chatglm_desktop.chat.searching import Searching
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store

NOW = datetime(2026, 11, 28, 12)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest_asyncio.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    store = await Store.open(file)
    await store.create_conversation(ConversationSummary("c", "天气预报", 1.0, 1.0))
    for number in range(3):
        parent = f"m{number - 1}" if number else None
        at = NOW.timestamp() - number * 86400
        text = TextPart(f"明天会下雨 number {number}")
        await store.add_message("c", Message(f"m{number}", Role.USER, (text,), at, parent))
    yield store
    await store.close()


async def test_words_titles_and_days_are_found(store: Store) -> None:
    searching = Searching(store, lambda: NOW)
    hits = await searching.find("下雨", "newest")
    assert [hit.message_id for hit in hits] == ["m0", "m1", "m2"]
    (first,) = await searching.find("下雨", "newest", 1)
    assert [h.message_id for h in await searching.find("下雨", "newest", 1, first)] == ["m1"]
    assert [h.message_id for h in await searching.find("number after:1d", "newest")] == ["m0", "m1"]
    assert [summary.id for summary in await searching.switch("天气", 5)] == ["c"]


async def test_everything_is_made_findable_in_pieces(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    searching = Searching(store, lambda: NOW)
    await searching.complete()
    assert not searching.indexing
    await searching.rebuild()
    assert not searching.indexing
    assert len(await searching.find("下雨", "newest")) == 3


async def test_an_index_in_many_pieces_becomes_one(store: Store, file: Path) -> None:
    for number in range(3, 12):
        message = Message(f"m{number}", Role.USER, (TextPart(f"word {number}"),), 1.0, "m2")
        await store.add_message("c", message)

    def pieces() -> int:
        with closing(sqlite3.connect(file)) as connection:
            (count,) = connection.execute(
                "SELECT count(DISTINCT segid) FROM message_index_idx"
            ).fetchone()
            return int(count)

    assert pieces() > 1
    while pieces() <= 4:
        number += 1
        message = Message(f"m{number}", Role.USER, (TextPart(f"more {number}"),), 1.0, "m2")
        await store.add_message("c", message)
    searching = Searching(store, lambda: NOW)
    await searching.complete()
    assert pieces() == 1
    assert not await store.search.tidy()
    assert len(await searching.find("word", "newest")) == 9


async def test_an_index_that_cannot_be_read_ends_nothing(store: Store, file: Path) -> None:
    searching = Searching(store, lambda: NOW)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE indexing")
        connection.commit()
    await searching.complete()
    assert not searching.indexing
