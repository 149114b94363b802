# SPDX-License-Identifier: MIT
"""An answer that broke off is gone on with in its place; nothing of its text is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason, Reasoning, Revision
from chatglm_desktop.core.errors import IncompleteReply
from chatglm_desktop.core.history import History
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched


@pytest_asyncio.fixture
async def watched(store: Store, service: ServiceFor, tasks: Tasks) -> AsyncIterator[Watched]:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    watched = Watched(ChatSession(Conversation(History("c")), service, store, tasks))
    yield watched
    watched.session.stop()


async def broken(watched: Watched, provider: Dictated, tasks: Tasks) -> str:
    """The id of an answer that has failed in the middle."""
    provider.say(Reasoning("hm"), "half", IncompleteReply("cut"))
    watched.session.send("Hi")
    await tasks.finish()
    watched.events.clear()
    return watched.session.history.messages[-1].id


async def test_the_rest_stands_after_what_was_there(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await broken(watched, provider, tasks)
    provider.say(Reasoning(" so"), " and half", FinishReason("stop"), None)
    watched.session.continue_reply(id)
    running = watched.session.history.messages[-1]
    assert (running.text, running.state) == ("half", MessageState.STREAMING)
    await tasks.finish()
    reply = watched.session.history.messages[-1]
    assert (reply.id, reply.text, reply.state) == (id, "half and half", MessageState.COMPLETE)
    assert reply.reasoning is not None
    assert reply.reasoning.text == "hm so"
    assert reply.failure is None
    asked = [message["content"] for message in provider.requests[1]]
    assert asked[:2] == ["Hi", "half"]
    assert asked[2].startswith("Continue your last answer")
    assert (await store.load_history("c", 9)).messages[-1] == reply
    assert not watched.session.history.versions


async def test_what_the_service_rewrites_is_only_the_rest(
    watched: Watched, provider: Dictated, tasks: Tasks
) -> None:
    id = await broken(watched, provider, tasks)
    provider.say("wrong", Revision(" right"), FinishReason("stop"), None)
    watched.session.continue_reply(id)
    await tasks.finish()
    assert watched.session.history.messages[-1].text == "half right"


async def test_a_crash_in_between_loses_neither_part(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    id = await broken(watched, provider, tasks)
    append, written = store.append_journal, asyncio.Event()

    async def note(message_id: str, entries: Sequence[JournalEntry]) -> None:
        await append(message_id, entries)
        written.set()

    store.append_journal = note  # type: ignore[method-assign] # to know when
    provider.say(" more")
    watched.session.continue_reply(id)
    async with asyncio.timeout(10):
        await written.wait()
    assert await store.recover_interrupted() == 1
    reply = (await store.load_history("c", 9)).messages[-1]
    assert (reply.text, reply.state) == ("half more", MessageState.INTERRUPTED)
    provider.say(None)


async def test_only_the_last_answer_that_broke_off_goes_on(
    watched: Watched, provider: Dictated, tasks: Tasks
) -> None:
    id = await broken(watched, provider, tasks)
    provider.say("all", FinishReason("stop"), None)
    watched.session.send("Next")
    await tasks.finish()
    watched.session.continue_reply(id)
    watched.session.continue_reply(watched.session.history.messages[-1].id)
    await tasks.finish()
    assert len(provider.requests) == 2
    provider.say("x")
    watched.session.send("Third")
    with pytest.raises(RuntimeError, match="still running"):
        watched.session.continue_reply(id)
