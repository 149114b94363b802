# SPDX-License-Identifier: MIT
"""The index against a plain look at all texts, over libraries that are changed at random."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.messages import Message, MessageState, ReasoningPart, Role, TextPart
from chatglm_desktop.core.search import SearchQuery
from chatglm_desktop.core.search_query import parse_query
from chatglm_desktop.core.search_terms import pattern
from chatglm_desktop.core.search_tokens import searchable
from chatglm_desktop.store import conversations, messages, search_index, search_pages
from chatglm_desktop.store.database import open_database

NOW = datetime(2026, 3, 1)
QUERIES = (
    *("天", "天气", "天气预", "py", "python", "python 天", "python天气", "c++", "第3", "-"),
    *('"of the"', "from:me", "from:ai 天", "has:thinking py", "model:glm of"),
    *("title:天", "title:py 天", "before:1970-02"),
)
WORDS = ("天气", "天", "气预", "报", "python", "pyre", "of", "of the", "C++", "第 3 章", "-")
TEXT = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(
    "天气py of3第", max_size=8
)
TIMES = st.integers(1, 6).map(lambda month: datetime(1970, month, 9).timestamp())


@dataclass
class Plain:
    """All that is in the library, as plain values."""

    titles: dict[str, tuple[str, float]]
    messages: dict[str, tuple[str, Message]]
    trash: set[str]

    def found(self, query: SearchQuery) -> set[str]:
        """What is to be found: ids of messages, and of conversations after a "title "."""
        named = {
            id
            for id, (title, _) in self.titles.items()
            if id not in self.trash and _holds(title, query.titles)
        }
        hits = set()
        if query.terms or query.of_messages or not query.titles:
            hits = {
                id
                for id, (conversation, message) in self.messages.items()
                if conversation in named and not message.state.running and _fits(message, query)
            }
        terms = (*query.titles, *query.terms)
        if terms and not query.of_messages:
            hits |= {
                f"title {id}"
                for id in named
                if _holds(self.titles[id][0], terms) and _in_time(self.titles[id][1], query)
            }
        return hits


def _holds(text: str, terms: Any) -> bool:
    return all(pattern(term).search(searchable(text)) for term in terms)


def _in_time(at: float, query: SearchQuery) -> bool:
    return query.before is None or at < query.before


def _fits(message: Message, query: SearchQuery) -> bool:
    text = "\n".join(part.text for part in message.parts)  # type: ignore[union-attr] # texts only
    return (
        _holds(text, query.terms)
        and query.author in (None, "me" if message.role is Role.USER else "ai")
        and all(part in message.model.casefold() for part in query.models)
        and ("thinking" not in query.traits or bool(message.reasoning and message.reasoning.text))
        and _in_time(message.created_at, query)
    )


class Changer:
    """Does what the program does to a library, and to the plain values."""

    def __init__(self, connection: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
        self.connection = connection
        self.draw = draw
        self.plain = Plain({}, {}, set())
        self.count = 0

    def create(self) -> None:
        self.count += 1
        id, title, at = f"c{self.count}", self.draw(TEXT), self.draw(TIMES)
        conversations.create(self.connection, ConversationSummary(id, title, at, at))
        self.plain.titles[id] = title, at

    def say(self) -> None:
        if not self.plain.titles:
            return
        self.count += 1
        conversation = self.draw(st.sampled_from(sorted(self.plain.titles)))
        parts = (ReasoningPart(self.draw(TEXT)), TextPart(self.draw(TEXT)))
        message = Message(
            f"m{self.count}",
            self.draw(st.sampled_from((Role.USER, Role.ASSISTANT))),
            parts,
            self.draw(TIMES),
            state=self.draw(st.sampled_from((MessageState.COMPLETE, MessageState.STREAMING))),
            model=self.draw(st.sampled_from(("", "glm-4", "other"))),
        )
        messages.add(self.connection, conversation, message)
        title, at = self.plain.titles[conversation]
        self.plain.titles[conversation] = title, max(at, message.created_at)
        self.plain.messages[message.id] = conversation, message

    def finish(self) -> None:
        if self.plain.messages:
            id = self.draw(st.sampled_from(sorted(self.plain.messages)))
            conversation, message = self.plain.messages[id]
            parts = (TextPart(self.draw(TEXT)),)
            message = replace(message, parts=parts, state=MessageState.COMPLETE)
            messages.update(self.connection, message)
            self.plain.messages[id] = conversation, message

    def delete(self) -> None:
        if self.plain.messages:
            id = self.draw(st.sampled_from(sorted(self.plain.messages)))
            self.connection.execute("DELETE FROM message WHERE id = ?", (id,))
            del self.plain.messages[id]

    def rename(self) -> None:
        if self.plain.titles:
            id, title = self.draw(st.sampled_from(sorted(self.plain.titles))), self.draw(TEXT)
            conversations.rename(self.connection, id, title, by_user=True)
            self.plain.titles[id] = title, self.plain.titles[id][1]

    def trash(self) -> None:
        if self.plain.titles:
            id = self.draw(st.sampled_from(sorted(self.plain.titles)))
            self.connection.execute("UPDATE conversation SET trashed_at = 1 WHERE id = ?", (id,))
            self.plain.trash.add(id)

    def restore(self) -> None:
        self.connection.execute("UPDATE conversation SET trashed_at = NULL")
        self.plain.trash.clear()

    def purge(self) -> None:
        self.connection.execute("DELETE FROM conversation WHERE trashed_at IS NOT NULL")
        gone = self.plain.trash
        kept = self.plain.messages.items()
        self.plain.messages = {id: value for id, value in kept if value[0] not in gone}
        self.plain.titles = {id: t for id, t in self.plain.titles.items() if id not in gone}
        self.plain.trash = set()

    def rebuild(self) -> None:
        search_index.begin_anew(self.connection)

    def index(self) -> None:
        search_index.index_some(self.connection, 3)


STEPS = (
    "create",
    "say",
    "say",
    "say",
    "say",
    "finish",
    "delete",
    "rename",
    "trash",
    "restore",
    "purge",
    "rebuild",
    "index",
    "index",
)


def check(connection: sqlite3.Connection, plain: Plain, text: str) -> None:
    """All pages of both orders together hold just what the plain look finds; each in order."""
    query = parse_query(text, NOW)
    for order in ("newest", "relevance"):
        found: list[Any] = []
        while page := search_pages.find(
            connection,
            query,
            order,
            3,
            found[-1] if found else None,
        ):
            found += page
        ids = [hit.message_id or f"title {hit.conversation_id}" for hit in found]
        assert len(ids) == len(set(ids))
        assert set(ids) == plain.found(query)
        if order == "newest":
            times = [hit.created_at for hit in found]
            assert times == sorted(times, reverse=True)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_index_finds_what_a_plain_look_finds(data: st.DataObject) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(open_database(Path(folder) / "conversations.db")) as connection,
    ):
        changer = Changer(connection, data.draw)
        for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=5, max_size=40)):
            getattr(changer, step)()
        while search_index.progress(connection):
            search_index.index_some(connection, 2)
        for text in QUERIES:
            check(connection, changer.plain, text)
