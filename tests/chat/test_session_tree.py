# SPDX-License-Identifier: MIT
"""Whatever is done to a conversation, the session, the store and a plain list agree on it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store

VERBS = ("send", "retry", "edit", "delete", "delete", "undelete", "reopen")


class Echo:
    """Answers with the number of messages that it was asked with."""

    supports_system_message = False
    supports_message_history = True
    default_model = "echo"
    models: list[str] = []  # noqa: RUF012 # the shape of the contract

    async def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncIterator[Delta]:
        yield f"of {len(messages)}"
        yield FinishReason("stop")


async def prepare() -> ReadyProvider:
    return ReadyProvider(Echo())


class Plain:
    """The texts of the active branch, and what was deleted from it at which position."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.bin: list[tuple[int, str]] = []

    def ask(self, *texts: str) -> None:
        """Go on with ``texts`` and a reply to all."""
        self.texts += texts
        self.texts.append(f"of {len(self.texts)}")

    def cut(self, position: int) -> None:
        """Leave the branch at ``position``, with what was deleted further down."""
        del self.texts[position:]
        self.bin = [(at, text) for at, text in self.bin if at <= position]


class Stage:
    """A session that holds few messages, and what it must show."""

    def __init__(self, store: Store, bugs: list[BaseException]) -> None:
        self.store = store
        self.tasks = Tasks(bugs.append)
        self.plain = Plain()

    async def open(self) -> None:
        """As the next start would: what was deleted cannot be taken back any more."""
        history = await self.store.load_history("c", 3)

        self.session = ChatSession(
            Conversation(history), lambda _: Service("Echo", prepare), self.store, self.tasks
        )
        self.plain.bin.clear()

    async def do(self, verb: str, draw: st.DataObject) -> None:
        session, plain = self.session, self.plain
        length, first = session.history.length, session.history.first
        # What is held can be acted on before the store has followed what was done before.
        at_once = draw.draw(st.booleans()) and first < length
        if not at_once:
            await self.tasks.finish()
        messages: list[Message | None] = [None] * first
        if not at_once:
            messages[:] = await session.load(0, first)
        messages += session.history.messages
        position = draw.draw(st.integers(first if at_once else 0, max(length - 1, 0)))
        message = messages[position] if messages else None
        if verb == "send" or message is None:
            session.send("question")
            plain.ask("question")
        elif verb == "edit":
            session.edit(message.id, "edited")
            plain.cut(position)
            plain.ask("edited")
        elif verb == "retry" and message.role is Role.ASSISTANT:
            session.retry(message.id)
            if position in (0, length - 1):
                plain.cut(position)
                plain.ask()
            else:
                plain.ask(plain.texts[position - 1])
        elif verb == "delete":
            session.delete(message.id)
            plain.bin.append((position, plain.texts.pop(position)))
        elif verb == "undelete":
            session.undelete()
            if plain.bin:
                plain.texts.insert(*plain.bin.pop())
        elif verb == "reopen":
            await self.tasks.finish()
            await self.open()
        # What must be fetched first is done when it is there, unless something else was asked for.
        if session.running or position < first or verb == "retry":
            await self.tasks.finish()

    async def agree(self) -> None:
        await self.tasks.finish()
        history, texts = self.session.history, self.plain.texts
        loaded = await self.session.load(0, 99)
        assert [message.text for message in loaded] == texts
        assert loaded == await self.store.load_slice("c", 0, 99)
        assert loaded[history.first :] == history.messages
        assert history.length == len(texts)
        assert history.leaf_id == (loaded[-1].id if loaded else None)
        parents = [None, *(message.id for message in loaded)]
        assert [message.parent_id for message in loaded] == parents[:-1]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(VERBS), min_size=2, max_size=12), st.data())
def test_session_store_and_list_agree(verbs: list[str], draw: st.DataObject) -> None:
    bugs: list[BaseException] = []

    async def play(folder: str) -> None:
        store = await Store.open(Path(folder) / "c.db")
        await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
        stage = Stage(store, bugs)
        try:
            await stage.open()
            for verb in verbs:
                await stage.do(verb, draw)
                if draw.draw(st.booleans()):
                    await stage.agree()
            await stage.agree()
        finally:
            await stage.tasks.finish()
            await store.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(folder))
    assert bugs == []
