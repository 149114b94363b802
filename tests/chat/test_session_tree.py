# SPDX-License-Identifier: MIT
"""Whatever is done to a conversation, the session, the store and a plain tree agree on it."""

from __future__ import annotations

import asyncio
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.steps import MessageStep
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store
from tests.helpers.message_tree import MessageTree

VERBS = (
    *("send", "send", "retry", "edit", "rewrite", "delete", "delete", "undelete", "undelete all"),
    *("show version", "show version", "show beyond", "clear", "reveal", "reopen"),
    *("undo and redo", "undo and redo"),
)


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


class Stage:
    """A session that holds few messages, and the tree that it must be."""

    def __init__(self, store: Store, bugs: list[BaseException]) -> None:
        self.store = store
        self.tasks = Tasks(bugs.append)
        self.tree = MessageTree()
        self.done: list[tuple[MessageStep, Callable[[], None], Callable[[], None]]] = []

    async def open(self) -> None:
        """As the next start would."""
        history = await self.store.load_history("c", 3)
        self.session = ChatSession(
            Conversation(history), lambda _: Service("Echo", prepare), self.store, self.tasks
        )
        self.session.done.connect(self.note)
        self.session.look_aside()
        self.done.clear()

    def note(self, step: MessageStep) -> None:
        self.step = replace(step, through=self.session.apply)

    def take_new(self, count: int, parent: str | None) -> None:
        """The session has added messages at its end."""
        for message in self.session.history.messages[-count:]:
            self.tree.add(message.id, parent)
            self.tree.show(message.id)
            parent = message.id

    async def do(self, verb: str, draw: st.DataObject) -> None:
        session, tree = self.session, self.tree
        branch = tree.branch
        at_once = draw.draw(st.booleans()) and len(session.history.messages) > 0
        if not at_once:
            await self.tasks.finish()
        if verb in ("clear", "delete"):
            # What is done while another branch becomes active waits for that.
            await session.saved()
        first = session.history.first if at_once else 0
        id = draw.draw(st.sampled_from(branch[first:])) if branch else None
        if verb == "send" or (id is None and verb in ("retry", "edit", "rewrite", "delete")):
            session.send("question")
            # At once, unless another branch becomes active just now.
            if not session.running:
                await self.tasks.finish()
            self.take_new(2, tree.leaf)
        elif verb == "reopen":
            await self.tasks.finish()
            await self.open()
        elif verb == "undo and redo" and self.done:
            await self.undo_and_redo(again=draw.draw(st.booleans()))
        elif verb == "reveal" and tree.parents:
            hidden = draw.draw(st.sampled_from(list(tree.parents)))
            await self.tasks.finish()
            assert await session.reveal(hidden)
            tree.reveal(hidden)
        elif id is not None and verb in ("retry", "edit", "rewrite", "delete", "show version"):
            await self.do_with(verb, id, draw)
        else:
            self.do_with_all(verb)
        # What must be fetched first is done when it is there, unless something else was asked for.
        if session.running or not at_once:
            await self.tasks.finish()

    def do_with_all(self, verb: str) -> None:
        session, tree = self.session, self.tree
        if verb == "undelete":
            session.undelete()
            if tree.removed:
                tree.restore(list(tree.removed)[-1])
        elif verb == "undelete all":
            session.undelete_all()
            for gone in reversed(list(tree.removed)):
                tree.restore(gone)
        elif verb == "show beyond":
            session.show_beyond()
            tree.show_beyond()
        elif verb == "clear":
            leaf = tree.leaf
            session.clear()
            tree.show(None)
            if leaf is not None:
                back = partial(self.if_there, leaf, tree.reveal)
                self.done.append((self.step, back, lambda: tree.show(None)))

    async def do_with(self, verb: str, id: str, draw: st.DataObject) -> None:
        session, tree = self.session, self.tree
        parent = tree.parents[id]
        if verb == "retry":
            session.retry(id)
            await self.tasks.finish()
            self.take_new(1, parent)
        elif verb == "edit":
            session.edit(id, "edited")
            await self.tasks.finish()
            self.take_new(2, parent)
        elif verb == "rewrite":
            place = tree.branch.index(id)
            session.edit(id, "rewritten", ask=False)
            await self.tasks.finish()
            (new,) = await session.load(place, 1)
            tree.add(new.id, parent)
            tree.take_over(id, new.id)
            self.done.append((self.step, lambda: self.withdraw(id, new.id), lambda: None))
        elif verb == "delete":
            held = id in session.conversation
            session.delete(id)
            tree.delete(id)
            if not held:
                # It must be read first.
                await self.tasks.finish()
            again = partial(self.if_there, id, tree.delete)
            await session.saved()
            self.done.append((self.step, lambda: self.restore(id), again))
        elif verb == "show version":
            index = draw.draw(st.integers(0, 2))
            session.show_version(id, index)
            tree.show_version(id, index)

    async def undo_and_redo(self, *, again: bool) -> None:
        """Take the last step back, where it is the latest, and do it again."""
        await self.tasks.finish()
        step, back, forth = self.done.pop()
        await step.undo()
        back()
        if again and step.kind != "save edit":
            await self.agree()
            await step.redo()
            forth()

    def if_there(self, id: str, act: Callable[[str], None]) -> None:
        if id in self.tree.parents:
            act(id)

    def restore(self, id: str) -> None:
        if id in self.tree.removed:
            self.tree.restore(id)

    def withdraw(self, old: str, new: str) -> None:
        tree = self.tree
        if new in tree.parents:
            if old in tree.parents and tree.parents[old] == tree.parents[new]:
                tree.take_over(new, old)
            tree.delete(new)

    async def agree(self) -> None:
        await self.tasks.finish()
        history, tree = self.session.history, self.tree
        loaded = await self.session.load(0, 99)
        assert [message.id for message in loaded] == tree.branch
        assert loaded == await self.store.load_slice("c", 0, 99)
        assert loaded[history.first :] == history.messages
        assert history.length == len(loaded)
        assert history.leaf_id == tree.leaf
        assert [message.parent_id for message in loaded] == [tree.parents[m.id] for m in loaded]
        assert history.aside == await self.store.tree.aside("c") == tree.aside()
        await self.branch_off(loaded)
        # What is not on the branch is told of.
        hidden = sum(versions.hidden for versions in history.versions.values())
        assert history.length + hidden + history.aside.beyond == len(tree.parents)

    async def branch_off(self, loaded: Sequence[Message]) -> None:
        """A copy of the branch says the same, and leaves it as it is."""
        if loaded:
            copy = ConversationSummary(uuid.uuid4().hex, "", 1.0, 1.0)
            assert await self.store.tree.branch_off("c", loaded[-1].id, copy)
            copied = await self.store.load_slice(copy.id, 0, 99)
            assert [(m.role, m.parts) for m in copied] == [(m.role, m.parts) for m in loaded]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(VERBS), min_size=2, max_size=14), st.data())
def test_session_store_and_tree_agree(verbs: list[str], draw: st.DataObject) -> None:
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
