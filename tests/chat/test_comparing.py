# SPDX-License-Identifier: MIT
"""Several models answer one question; one answer is kept and none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.events import ComparisonChanged, QueueChanged
from chatglm_desktop.chat.model_titles import ModelTitles
from chatglm_desktop.chat.service import ReadyProvider, Service
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.history import History, Versions
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import MessageState, Role
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store
from tests.helpers.sessions import Watched

SETUPS = [Setup("one"), Setup("two"), Setup("three")]


class Choir:
    """Each account answers when it is told to."""

    supports_system_message = False
    supports_message_history = True
    default_model = "choir"
    models: list[str] = []  # noqa: RUF012 # the shape of the contract

    def __init__(self) -> None:
        self.said: dict[str, asyncio.Queue[Delta | None]] = {}
        self.requests: dict[str, list[RequestMessage]] = {}

    def say(self, account: str, *deltas: Delta | None) -> None:
        for delta in deltas:
            self._queue(account).put_nowait(delta)

    def finish(self) -> None:
        for setup in SETUPS:
            self.say(setup.account_id, FinishReason("stop"), None)

    def _queue(self, account: str) -> asyncio.Queue[Delta | None]:
        return self.said.setdefault(account, asyncio.Queue())

    def service(self, setup: Setup) -> Service:
        async def prepare() -> ReadyProvider:
            return ReadyProvider(self, setup.account_id)

        return Service(setup.account_id, prepare)

    async def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncGenerator[Delta, None]:
        self.requests[model] = messages
        while (said := await self._queue(model).get()) is not None:
            yield said


@pytest.fixture
def choir() -> Choir:
    return Choir()


@pytest_asyncio.fixture
async def watched(store: Store, choir: Choir, tasks: Tasks) -> AsyncIterator[Watched]:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    watched = Watched(ChatSession(Conversation(History("c")), choir.service, store, tasks))
    yield watched
    watched.session.stop()


def texts(session: ChatSession) -> list[str]:
    return [message.text for message in session.compared()]


async def half_said(watched: Watched, choir: Choir) -> None:
    """All have begun to answer."""
    for setup in SETUPS:
        choir.say(setup.account_id, "half")
    await watched.until(lambda: texts(watched.session) == ["half"] * 3)


async def all_said(choir: Choir, tasks: Tasks) -> None:
    """All answer with their names, and have ended."""
    for setup in SETUPS:
        choir.say(setup.account_id, setup.account_id)
    choir.finish()
    await tasks.finish()


async def test_all_answer_at_once_and_one_is_kept(
    watched: Watched, choir: Choir, tasks: Tasks, store: Store
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    for setup in SETUPS:
        choir.say(setup.account_id, f"I am {setup.account_id}")
    await watched.until(lambda: texts(session) == ["I am one", "I am two", "I am three"])
    assert session.history.messages[-1].text == "I am one"
    choir.finish()
    await tasks.finish()
    assert {tuple(m["content"] for m in sent) for sent in choir.requests.values()} == {("which?",)}
    assert session.comparison is not None
    session.keep("nobody")
    kept = session.comparison.ids[1]
    session.keep(kept)
    await tasks.finish()
    assert [m.text for m in session.history.messages] == ["which?", "I am two"]
    assert session.history.versions == {kept: Versions(1, 3, 2)}
    assert [m.model for m in session.history.messages] == ["", "two"]
    changes = [event for event in watched.events if isinstance(event, ComparisonChanged)]
    assert [change.comparison is None for change in changes] == [False, True]
    session.keep(kept)


async def test_one_is_kept_while_it_runs_and_the_others_end(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    await half_said(watched, choir)
    assert session.comparison is not None
    first, second, third = session.comparison.ids
    session.keep(third)
    choir.say("three", " and all", FinishReason("stop"), None)
    await tasks.finish()
    assert session.history.messages[-1].text == "half and all"
    session.show_version(third, 0)
    await tasks.finish()
    stopped = session.history.messages[-1]
    assert (stopped.id, stopped.text, stopped.state) == (first, "half", MessageState.STOPPED)
    assert second not in [m.id for m in session.history.messages]


async def test_what_waits_is_sent_when_the_answers_that_are_not_kept_have_ended(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    session.queue.add("next")
    choir.say("one", "I am one", FinishReason("stop"), None)
    await watched.ended()
    for account in ("two", "three"):
        choir.say(account, "half")
    await watched.until(lambda: texts(session) == ["I am one", "half", "half"])
    assert session.comparison is not None
    choir.say("", "and on", FinishReason("stop"), None)
    session.keep(session.comparison.ids[0])
    await tasks.finish()
    assert not session.queue.state.items
    assert [m.text for m in session.history.messages] == ["which?", "I am one", "next", "and on"]


async def test_what_waits_is_not_sent_when_the_answer_that_is_kept_is_stopped(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    session.queue.add("next")
    await half_said(watched, choir)
    assert session.comparison is not None
    session.keep(session.comparison.ids[0])
    session.stop()
    await tasks.finish()
    assert session.queue.state.stuck


async def test_what_waits_does_so_until_one_is_kept(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    session.queue.add("next")
    assert session.queue.state == QueueChanged(session.queue.state.items, False, True)
    await all_said(choir, tasks)
    told = [event for event in watched.events if isinstance(event, QueueChanged)]
    assert told[-1] == QueueChanged(session.queue.state.items, True, True)
    session.queue.add("and this")
    assert len(session.queue.state.items) == 2
    choir.say("", "and on", FinishReason("stop"), None, "still", FinishReason("stop"), None)
    assert session.comparison is not None
    session.keep(session.comparison.ids[2])
    await tasks.finish()
    said = [m.text for m in session.history.messages]
    assert said == ["which?", "three", "next", "and on", "and this", "still"]


async def test_what_waits_is_sent_without_a_choice_if_that_is_wanted(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    session.queue.add("next")
    await all_said(choir, tasks)
    choir.say("", "and on", FinishReason("stop"), None)
    session.queue.send_now()
    await tasks.finish()
    assert [m.text for m in session.history.messages] == ["which?", "one", "next", "and on"]
    assert session.comparison is None


@pytest.mark.parametrize("index", [0, 1])
async def test_one_answer_comes_anew_in_its_place(
    watched: Watched, choir: Choir, tasks: Tasks, store: Store, index: int
) -> None:
    session = watched.session
    session.compare("which?", SETUPS)
    account = SETUPS[index].account_id
    choir.say(account, "bad", FinishReason("stop"), None)
    await watched.ended()
    assert session.comparison is not None
    again, other = (session.comparison.ids[n] for n in (index, 2))
    assert not session.can_retry(other)
    with pytest.raises(RuntimeError):
        session.retry(other)
    session.retry(again)
    await watched.until(lambda: texts(session)[index] == "")
    assert not session.can_retry(again)
    choir.say(account, "good")
    choir.finish()
    await tasks.finish()
    assert texts(session)[index] == "good"
    assert [m.parent_id for m in session.compared()] == [session.comparison.question.id] * 3
    sent = [message["content"] for message in choir.requests[account]]
    assert sent == ["which?"]
    session.retry(again, Setup("other"))
    choir.say("other", "better", FinishReason("stop"), None)
    await tasks.finish()
    assert (session.compared()[index].text, session.compared()[index].model) == ("better", "other")
    session.keep(again)
    await tasks.finish()
    saved = (await store.load_history("c", 9)).messages
    assert [(m.text, m.model) for m in saved] == [("which?", ""), ("better", "other")]


async def test_a_question_that_was_asked_is_answered_by_others(
    watched: Watched, choir: Choir, tasks: Tasks
) -> None:
    session = watched.session
    choir.say("", "first", FinishReason("stop"), None)
    session.send("why?")
    await tasks.finish()
    question, reply = session.history.messages
    choir.finish()
    session.compare_again(reply.id, SETUPS[:2])
    await tasks.finish()
    assert len(session.compared()) == 2
    assert {m.parent_id for m in session.compared()} == {question.id}
    assert session.history.versions[session.history.messages[-1].id].count == 3
    session.queue.add("next")
    assert session.queue.state.items
    session.send("go on")
    await session.saved()
    assert session.comparison is None
    assert [m.role for m in session.history.messages].count(Role.USER) == 2


async def test_a_crash_while_comparing_loses_nothing(
    watched: Watched, choir: Choir, store: Store, tmp_path: Path, tasks: Tasks
) -> None:
    session = watched.session
    journalled = both_journalled(store)
    session.compare("which?", SETUPS[:2])
    choir.say("one", "alpha")
    choir.say("two", "beta")
    async with asyncio.timeout(10):
        await journalled.wait()
    opened = await Store.open(tmp_path / "data" / "conversations.db")
    try:
        assert await opened.recover_interrupted() == 2
        history = await opened.load_history("c", 9)
        assert [m.text for m in history.messages] == ["which?", "alpha"]
        aside = await opened.tree.aside("c")
        assert aside.versions == {history.messages[-1].id: Versions(0, 2, 1)}
        await opened.tree.show_version("c", history.messages[-1].id, 1)
        last = (await opened.load_history("c", 9)).messages[-1]
        assert (last.text, last.state) == ("beta", MessageState.INTERRUPTED)
    finally:
        await opened.close()
        session.stop()
        await tasks.finish()


def both_journalled(store: Store) -> asyncio.Event:
    """Set when something of two replies was written."""
    written, both = set[str](), asyncio.Event()
    append = store.append_journal

    async def note(message_id: str, entries: Sequence[JournalEntry]) -> None:
        await append(message_id, entries)
        written.add(message_id)
        if len(written) > 1:
            both.set()

    store.append_journal = note  # type: ignore[method-assign] # to know when
    return both


async def test_no_model_is_asked_for_a_title_while_answers_are_compared(
    store: Store, choir: Choir, tasks: Tasks
) -> None:
    library = Library(store, choir.service, tasks)
    ModelTitles(library, tasks, lambda: True)
    session = library.new()
    choir.finish()
    session.compare("which?", SETUPS)
    await tasks.finish()
    assert sorted(choir.requests) == sorted(setup.account_id for setup in SETUPS)
    assert library.title(session.id) == "which?"


async def test_a_comparison_is_there_again_when_its_tab_is(
    store: Store, choir: Choir, tasks: Tasks
) -> None:
    library = Library(store, choir.service, tasks)
    session = library.new()
    session.compare("which?", SETUPS)
    library.release(session.id)
    choir.finish()
    await tasks.finish()
    assert await library.open(session.id) is session
    assert session.comparison is not None
    session.comparison.put(replace(session.comparison.replies[0], id="another"))
    assert len(session.comparison.ids) == 3
    session.keep(session.comparison.ids[0])
    library.release(session.id)
    await tasks.finish()
    assert await library.open(session.id) is not session
