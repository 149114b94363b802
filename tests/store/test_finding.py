# SPDX-License-Identifier: MIT
"""What is looked for in a whole conversation, and that it keeps nobody waiting."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.fold import find_all, fold
from chatglm_desktop.core.history import Found, Prompt
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.store import Store, finding
from chatglm_desktop.store.functions import fold_parts
from chatglm_desktop.store.reader import Reader


def message(id: str, parent: str | None, *parts: Part | str) -> Message:
    role = Role.ASSISTANT if id.startswith("a") else Role.USER
    values = tuple(TextPart(part) if isinstance(part, str) else part for part in parts)
    return Message(id, role, values, 5.0, parent)


async def say(store: Store, conversation_id: str, *messages: Message) -> None:
    for one in messages:
        await store.add_message(conversation_id, one)


async def test_messages_of_the_active_branch_are_found_in_order(store: Store, saved: str) -> None:
    await say(
        store,
        saved,
        message("q1", None, "What is a Café?"),
        message("a0", "q1", "A café that nobody sees"),
        message("a1", "q1", ReasoningPart("The user means a cafe\u0301."), "CAFE, ＣＡＦＥ!"),
        message("q2", "a1", "今天天气，天气"),
        message("a2", "q2"),
    )
    assert await store.find(saved, "cafe") == Found((0, 1), (1, 3))
    assert await store.find(saved, "Ｃafé") == await store.find(saved, "cafe")
    assert await store.find(saved, "天气") == Found((2,), (2,))
    assert await store.find(saved, "天气,") == Found((2,), (1,))
    assert await store.find(saved, "absent") == Found()
    assert await store.find("nobody", "cafe") == Found()


@pytest.mark.parametrize("query", ["", "\u0301"])
async def test_nothing_is_found_everywhere(store: Store, saved: str, query: str) -> None:
    await say(store, saved, message("q", None, "text"))
    assert await store.find(saved, query) == Found()


async def test_a_reply_is_found_from_its_end_on(store: Store, saved: str) -> None:
    running = replace(message("a", None, "draft"), state=MessageState.STREAMING)
    await say(store, saved, running)
    assert await store.find(saved, "draft") == Found()
    await store.update_message(replace(running, state=MessageState.COMPLETE))
    assert await store.find(saved, "draft") == Found((0,), (1,))
    await store.update_message(message("a", None, "rewritten"))
    assert await store.find(saved, "draft") == Found()
    assert await store.find(saved, "rewritten") == Found((0,), (1,))


async def test_an_interrupted_reply_is_found(store: Store, saved: str) -> None:
    await say(store, saved, replace(message("a", None, "half"), state=MessageState.STREAMING))
    await store.recover_interrupted()
    assert await store.find(saved, "half") == Found((0,), (1,))


async def test_deleted_messages_are_not_found_until_they_are_back(store: Store, saved: str) -> None:
    await say(store, saved, message("q", None, "one"), message("a", "q", "other one"))
    await store.tree.delete("q", 1.0)
    assert await store.find(saved, "one") == Found((0,), (1,))
    await store.tree.restore("q")
    assert await store.find(saved, "one") == Found((0, 1), (1, 1))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.builds(TextPart, st.text()) | st.builds(ReasoningPart, st.text())), st.text())
def test_the_store_counts_what_the_window_marks(parts: list[Part], query: str) -> None:
    text = "\n".join(part.text for part in parts if isinstance(part, TextPart | ReasoningPart))
    folded = fold(query)
    if folded:
        assert fold_parts(parts).count(folded) == len(find_all(text, folded))


async def test_prompts_are_the_beginnings_of_the_questions(store: Store, saved: str) -> None:
    await say(
        store,
        saved,
        message("q1", None, "  First\n\tline \u3000 and more"),
        message("a1", "q1", "Answer"),
        message("q2", "a1", "长" * 500),
        message("q3", "q2", ImagesPart((Image("https://example.org/a.png"),)), "after it"),
        message("q4", "q3"),
    )
    assert await store.prompts(saved) == [
        Prompt(0, "First line and more"),
        Prompt(2, "长" * 200),
        Prompt(3, "after it"),
        Prompt(4, ""),
    ]
    assert await store.prompts("nobody") == []


async def test_prompts_follow_what_becomes_of_the_questions(store: Store, saved: str) -> None:
    half = "x" * 399 + "\ud83c"
    await say(store, saved, message("q1", None, half), message("q2", "q1", "two"))
    await store.update_message(message("q2", "q1", "rewritten"))
    assert await store.prompts(saved) == [Prompt(0, "x" * 200), Prompt(1, "rewritten")]
    await store.tree.delete("q1", 1.0)
    assert await store.prompts(saved) == [Prompt(0, "rewritten")]
    await store.tree.restore("q1")
    assert [prompt.position for prompt in await store.prompts(saved)] == [0, 1]


async def test_ids_with_spaces_disturb_nothing(store: Store, saved: str) -> None:
    await say(store, saved, message("q 1 2", None, "x"), message(" ", "q 1 2", "xx"))
    assert await store.find(saved, "x") == Found((0, 1), (1, 2))


async def test_a_newer_find_ends_an_older_one(store: Store, saved: str) -> None:
    await say(store, saved, message("q", None, "text"))
    older = [asyncio.create_task(store.find(saved, "text")) for _ in range(3)]
    await asyncio.sleep(0)
    assert await store.find(saved, "text") == Found((0,), (1,))
    assert all(task.cancelled() for task in older)


ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def read_for_ever(connection: sqlite3.Connection, began: threading.Event) -> None:
    began.set()
    connection.execute(ENDLESS).fetchall()


async def test_a_read_that_nobody_waits_for_ends(store: Store, saved: str, file: Path) -> None:
    reader, began = Reader(file), threading.Event()
    reading = asyncio.create_task(reader.run(partial(read_for_ever, began=began)))
    await asyncio.to_thread(began.wait)
    # Meanwhile the store writes and reads.
    await say(store, saved, message("q", None, "text"))
    assert await store.find(saved, "text") == Found((0,), (1,))
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    rows = await reader.run(lambda connection: connection.execute("SELECT 1").fetchall())
    assert rows == [(1,)]
    await reader.close()


async def test_a_reader_does_not_write(store: Store, file: Path) -> None:
    reader = Reader(file)
    with pytest.raises(StoreError, match="readonly"):
        await reader.run(lambda connection: connection.execute("DELETE FROM draft"))
    await reader.close()


async def test_a_reader_that_could_not_open_closes(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "absent.db")
    with pytest.raises(StoreError):
        await reader.run(lambda connection: None)
    await reader.close()


async def test_a_file_with_a_strange_name_is_found_in(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "100% #1?" / "会话.db")
    assert await store.find("c", "x") == Found()
    await store.close()
    with pytest.raises(StoreError, match="closed"):
        await store.find("c", "x")


async def test_stretches_join_without_a_gap(
    store: Store, saved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "STRETCH", 3)
    await say(store, saved, message("q0", None, "x"))
    for number in range(1, 10):
        await say(store, saved, message(f"q{number}", f"q{number - 1}", "x" * (number % 4)))
        positions = tuple(n for n in range(number + 1) if n % 4 or n == 0)
        expected = Found(positions, tuple(n % 4 or 1 for n in positions))
        assert await store.find(saved, "x") == expected


async def test_a_running_reply_in_between_moves_no_position(store: Store, saved: str) -> None:
    running = replace(message("a", "q1"), state=MessageState.STREAMING)
    await say(store, saved, message("q1", None, "x"), running, message("q2", "a", "x"))
    assert await store.find(saved, "x") == Found((0, 2), (1, 1))
