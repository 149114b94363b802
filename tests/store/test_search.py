# SPDX-License-Identifier: MIT
"""What is found in all conversations: words, Chinese, phrases, filters, titles, page by page."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.deltas import Image
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.core.search import SearchOrder
from chatglm_desktop.core.search_query import parse_query
from chatglm_desktop.store import Store

NOW = datetime(2026, 3, 1, 12)


async def search(store: Store, text: str, order: SearchOrder = "newest", **more: Any) -> list[str]:
    """The ids of the messages that are found, or those of conversations for titles."""
    hits = await store.search.find(parse_query(text, NOW), order, **more)
    return [hit.message_id or f"title {hit.conversation_id}" for hit in hits]


class Writer:
    """Adds messages, one a second, to conversations that are made with their first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._leaves: dict[str, str] = {}
        self._count = 0

    async def conversation(self, id: str, title: str = "", **more: Any) -> None:
        self._leaves.setdefault(id, "")
        await self._store.create_conversation(ConversationSummary(id, title, 0.0, 0.0, **more))

    async def say(self, conversation: str, id: str, *parts: Part | str, **more: Any) -> Message:
        if conversation not in self._leaves:
            await self.conversation(conversation)
        self._count += 1
        values = tuple(TextPart(part) if isinstance(part, str) else part for part in parts)
        message = Message(
            id,
            more.pop("role", Role.ASSISTANT if id.startswith("a") else Role.USER),
            values,
            more.pop("at", float(self._count)),
            more.pop("parent", self._leaves[conversation] or None),
            **more,
        )
        await self._store.add_message(conversation, message)
        self._leaves[conversation] = id
        return message


@pytest.fixture
def writer(store: Store) -> Writer:
    return Writer(store)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("天", ["q3", "a2"]),
        ("天气", ["q3"]),
        ("天气预报", ["q3"]),
        ("预报天", []),
        ("python", ["a2", "q1"]),
        ("PYTH", ["a2", "q1"]),
        ("ython", []),
        ("internationali", ["a2"]),
        ("python 爬虫", ["q1"]),
        ("python爬虫", ["q1"]),
        ("第3章", ["q3"]),
        ("3章", ["q3"]),
        ("C++", ["a2"]),
        ("c", ["a2", "q1"]),
        ("ｐｙｔｈｏｎ", ["a2", "q1"]),
        ("cafe", ["q1"]),
        ('"the quick fox"', ["a2"]),
        ('"quick the"', []),
        ('"the qui"', []),
        ('"the qui', ["a2"]),
        ("カタ", ["k"]),
        ("ｶﾀ", ["k"]),
        ("날씨", ["k"]),
        ("날", ["k"]),
        ("나", []),
        ("->", ["k"]),
        ("foo_bar", ["k"]),
        ("foo_baz", []),
        ("absent", []),
        ("", []),
        ("   ", []),
    ],
)
async def test_words_and_chinese_are_found(
    store: Store, writer: Writer, query: str, found: list[str]
) -> None:
    await writer.say("c", "q1", "How do I write a Python 爬虫 in a Café?")
    await writer.say("c", "a2", "明天: Python, C++. Internationalisation: the\n  quick fox")
    await writer.say("c", "q3", "今天天气预报怎么说？第 3 章")
    await writer.say("c", "k", "カタカナ 오늘날씨가 foo_bar -> x")
    assert await search(store, query) == found
    assert sorted(await search(store, query, "relevance")) == sorted(found)


async def test_filters(store: Store, writer: Writer) -> None:
    image = AttachmentPart("a.png", "image/png", 1, "d")
    await writer.say("c", "q1", "word", image)
    await writer.say("c", "a1", "word\n```\ncode\n```", ReasoningPart("hm"), model="GLM-4.6")
    await writer.say("c", "q2", "word https://example.org", AttachmentPart("a", "text/x", 1, "d"))
    await writer.say(
        "c", "a2", "word\n| a |\n|---|\n", ImagesPart((Image("x"),)), model="glm-4-air"
    )
    assert await search(store, "word from:me") == ["q2", "q1"]
    assert await search(store, "来自：ai") == ["a2", "a1"]
    assert await search(store, "word model:4.6") == ["a1"]
    assert await search(store, "model:glm") == ["a2", "a1"]
    assert await search(store, "model:absent word") == []
    assert await search(store, "has:code") == ["a1"]
    assert await search(store, "has:image") == ["a2", "q1"]
    assert await search(store, "has:file has:link") == ["q2"]
    assert await search(store, "has:table") == ["a2"]
    assert await search(store, "has:thinking") == ["a1"]
    assert await search(store, "from:me from:ai word") == ["a2", "a1"]


async def test_a_newer_search_ends_an_older_one(store: Store, writer: Writer) -> None:
    await writer.say("c", "q", "text")
    query = parse_query("text", NOW)
    older = [asyncio.create_task(store.search.find(query)) for _ in range(3)]
    await asyncio.sleep(0)
    assert len(await store.search.find(query)) == 1
    assert all(task.cancelled() for task in older)
