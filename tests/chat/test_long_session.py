# SPDX-License-Identifier: MIT
"""A session holds only the end of a long conversation, and every message can be acted on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from chatglm_desktop.chat.events import (
    AsideChanged,
    BranchChanged,
    MessageAdded,
    MessageDeleted,
    MessageEnded,
    SavingFailed,
    SessionEvent,
)
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.errors import DiskFull, Failure
from chatglm_desktop.core.history import Aside, Versions
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated

HELD = 4
TEXTS = ["q0", "a1", "q2", "a3", "q4", "a5", "q6", "a7", "q8", "a9"]


@pytest_asyncio.fixture
async def session(store: Store, service: ServiceFor, tasks: Tasks) -> AsyncIterator[ChatSession]:
    """Of ten messages, whose ids are their texts, it holds the last four."""
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    parent = None
    for text in TEXTS:
        role = Role.USER if text[0] == "q" else Role.ASSISTANT
        await store.add_message("c", Message(text, role, (TextPart(text),), 1.0, parent))
        parent = text
    session = await opened(store, service, tasks)
    yield session
    session.stop()


async def opened(store: Store, service: ServiceFor, tasks: Tasks) -> ChatSession:
    return ChatSession(Conversation(await store.load_history("c", HELD)), service, store, tasks)


@pytest.fixture
def events(session: ChatSession) -> list[SessionEvent]:
    heard: list[SessionEvent] = []
    session.events.connect(heard.append)
    return heard


async def shown(session: ChatSession) -> list[str]:
    return [message.text for message in await session.load(0, session.history.length)]


async def saved(store: Store) -> list[str]:
    return [message.text for message in await store.load_slice("c", 0, 99)]


async def agree(session: ChatSession, store: Store, tasks: Tasks, *texts: str) -> None:
    """What is shown is ``texts``, in the window, in the store, and as a tree of both."""
    await tasks.finish()
    assert session.history.length == len(texts)
    assert await shown(session) == list(texts)
    assert await saved(store) == list(texts)
    assert await session.load(0, 99) == await store.load_slice("c", 0, 99)


async def test_only_the_newest_are_held_and_the_others_are_loaded(session: ChatSession) -> None:
    assert [m.text for m in session.history.messages] == ["q6", "a7", "q8", "a9"]
    assert (session.history.length, session.history.first) == (10, 6)
    for first in range(11):
        for count in (0, 1, 3, 10):
            loaded = await session.load(first, count)
            assert [m.text for m in loaded] == TEXTS[first : first + count]


async def test_the_service_gets_the_whole_branch(
    session: ChatSession, provider: Dictated, tasks: Tasks
) -> None:
    provider.say("a", FinishReason("stop"), None)
    session.send("q")
    await tasks.finish()
    assert [message["content"] for message in provider.requests[0]] == [*TEXTS, "q"]


async def test_what_is_loaded_holds_what_has_arrived_of_a_running_reply(
    session: ChatSession, provider: Dictated
) -> None:
    provider.say("so far")
    session.send("q")
    heard = asyncio.Event()
    session.events.connect(lambda _: heard.set())
    await heard.wait()
    question, reply = await session.load(10, 9)
    assert (question.text, reply.text, reply.state) == ("q", "so far", MessageState.STREAMING)
    assert session.history.messages[-1] == reply


@pytest.mark.parametrize("text", TEXTS)
async def test_any_message_is_deleted_and_comes_back(
    session: ChatSession, store: Store, tasks: Tasks, events: list[SessionEvent], text: str
) -> None:
    session.delete(text)
    await tasks.finish()
    assert events == [MessageDeleted(text), AsideChanged(Aside(removed=1))]
    await agree(session, store, tasks, *(other for other in TEXTS if other != text))
    session.undelete()
    await agree(session, store, tasks, *TEXTS)
    assert events[3:] == [AsideChanged(Aside())]
    session.undelete()
    await agree(session, store, tasks, *TEXTS)


async def test_all_are_deleted_and_come_back(
    session: ChatSession, store: Store, tasks: Tasks
) -> None:
    # The held ones at once, all in one turn of the loop; then the others.
    for text in ("q8", "a9", "q6", "a7"):
        session.delete(text)
    await agree(session, store, tasks, *TEXTS[:6])
    for text in ("a5", "q0", "a3", "a1", "q2", "q4"):
        session.delete(text)
        await tasks.finish()
    await agree(session, store, tasks)
    assert session.history.leaf_id is None
    for _ in TEXTS[:4]:
        session.undelete()
    await agree(session, store, tasks, "a1", "q2", "a3", "q4")
    session.undelete_all()
    await agree(session, store, tasks, *TEXTS)


@pytest.mark.parametrize("position", [0, 4, 6, 8])
async def test_a_question_is_asked_anew_in_its_place(
    session: ChatSession,
    provider: Dictated,
    store: Store,
    tasks: Tasks,
    *,
    events: list[SessionEvent],
    position: int,
) -> None:
    provider.say("new answer", FinishReason("stop"), None)
    session.edit(TEXTS[position], "new question")
    await tasks.finish()
    (ended,) = [event for event in events if isinstance(event, MessageEnded)]
    changed = events[0]
    assert isinstance(changed, BranchChanged)
    assert ended.message.text == "new answer"
    assert changed.history.length == position + 2
    question, reply = changed.history.messages[-2:]
    assert (question.text, reply.state) == ("new question", MessageState.SENDING)
    assert not any(isinstance(event, MessageAdded) for event in events)
    await agree(session, store, tasks, *TEXTS[:position], "new question", "new answer")
    # The old path is still there.
    await store.add_message("c", Message("again", Role.USER, (TextPart("again"),), 1.0, "a9"))
    assert await saved(store) == [*TEXTS, "again"]


async def test_the_last_reply_is_asked_for_again_where_its_question_is_not_held(
    provider: Dictated, store: Store, service: ServiceFor, tasks: Tasks, session: ChatSession
) -> None:
    short = ChatSession(Conversation(await store.load_history("c", 1)), service, store, tasks)
    provider.say("again", FinishReason("stop"), None)
    short.retry("a9")
    await tasks.finish()
    await agree(short, store, tasks, *TEXTS[:9], "again")


@pytest.mark.parametrize("position", [1, 5, 7])
async def test_an_earlier_reply_gets_another_version(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks, position: int
) -> None:
    provider.say("again", FinishReason("stop"), None)
    session.retry(TEXTS[position])
    await agree(session, store, tasks, *TEXTS[:position], "again")
    again = session.history.messages[-1].id
    assert session.history.versions == {again: Versions(1, 2, 10 - position)}
    session.show_version(again, 0)
    await agree(session, store, tasks, *TEXTS)
    assert session.history.versions == {TEXTS[position]: Versions(0, 2, 1)}


async def test_what_is_put_back_stands_before_what_came_meanwhile(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    session.delete("a9")
    provider.say("answer")
    session.send("next")
    # In the middle of saving: neither may come to the store before its parent.
    session.undelete()
    await session.saved()
    assert session.history.messages[-2].parent_id == "a9"
    provider.say(FinishReason("stop"), None)
    await agree(session, store, tasks, *TEXTS, "next", "answer")


async def test_a_reply_that_runs_gets_another_parent(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    session.delete("q8")
    provider.say("again")
    session.retry("a9")
    session.undelete()
    await session.saved()
    assert session.history.messages[-1].parent_id == "q8"
    provider.say(FinishReason("stop"), None)
    await session.settled()
    await agree(session, store, tasks, *TEXTS[:9], "again")


async def test_a_deletion_on_a_branch_that_was_left_is_taken_back_there(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    session.delete("q6")
    session.delete("a9")
    provider.say("new answer", FinishReason("stop"), None)
    session.edit("q8", "new question")
    await tasks.finish()
    session.undelete()
    new = ("a7", "new question", "new answer")
    await agree(session, store, tasks, *TEXTS[:6], *new)
    session.undelete()
    await agree(session, store, tasks, *TEXTS[:7], *new)
    session.show_version(session.history.messages[-2].id, 0)
    await agree(session, store, tasks, *TEXTS)


async def test_a_reply_that_is_deleted_as_it_ends_comes_back_whole(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    def delete(event: SessionEvent) -> None:
        if isinstance(event, MessageEnded):
            session.delete(event.message.id)
            session.undelete()

    session.events.connect(delete)
    provider.say("answer", FinishReason("stop"), None)
    session.send("next")
    await tasks.finish()
    await agree(session, store, tasks, *TEXTS, "next", "answer")


async def test_while_a_reply_runs_nothing_is_deleted_or_edited(session: ChatSession) -> None:
    session.send("next")
    with pytest.raises(RuntimeError, match="still running"):
        session.delete("q8")
    with pytest.raises(RuntimeError, match="still running"):
        session.edit("q8", "new")
    with pytest.raises(ValueError, match="nothing to send"):
        session.edit("q8", " ")


async def test_what_is_asked_of_an_unknown_message_does_nothing(
    session: ChatSession, store: Store, tasks: Tasks, events: list[SessionEvent]
) -> None:
    session.delete("nobody")
    session.retry("nobody")
    session.edit("nobody", "text")
    await agree(session, store, tasks, *TEXTS)
    assert events == []


async def test_what_was_sent_meanwhile_goes_first(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    session.delete("q0")
    provider.say("answer")
    session.send("next")
    await session.saved()
    for _ in range(3):
        await store.position_of("c", "q0")
    provider.say(FinishReason("stop"), None)
    await agree(session, store, tasks, *TEXTS, "next", "answer")


async def test_a_slice_is_read_again_where_the_branch_has_changed(
    session: ChatSession, store: Store, tasks: Tasks
) -> None:
    loading = tasks.spawn(session.load(2, 3), name="load")
    await asyncio.sleep(0)
    session.delete("a7")
    session.delete("q6")
    await tasks.finish()
    assert [m.text for m in loading.result()] == ["q2", "a3", "q4"]


async def test_an_answer_cannot_be_asked_for_where_the_branch_cannot_be_read(
    session: ChatSession, provider: Dictated, store: Store, tasks: Tasks, events: list[SessionEvent]
) -> None:
    refuse_all(store)
    session.send("next")
    await tasks.finish()
    ended = next(event for event in events if isinstance(event, MessageEnded))
    assert ended.message.state is MessageState.FAILED
    assert isinstance(ended.message.failure, Failure)
    assert "no space" in ended.message.failure.details
    assert provider.requests == []


async def test_what_the_store_refuses_is_told(
    session: ChatSession, store: Store, tasks: Tasks, events: list[SessionEvent]
) -> None:
    refuse_all(store)
    session.delete("q0")
    await tasks.finish()
    session.delete("q8")
    session.undelete()
    session.look_aside()
    await tasks.finish()
    with pytest.raises(DiskFull):
        await session.apply(lambda: store.tree.restore("q8"))
    failed = [event for event in events if isinstance(event, SavingFailed)]
    assert {type(event.error) for event in failed} == {DiskFull}
    assert len(failed) == 5


def refuse_all(store: Store) -> None:
    async def refuse(*_: object) -> None:
        raise DiskFull("no space")

    # A disk cannot be filled here; the store's own tests fill one.
    for name in ("load_slice", "position_of"):
        setattr(store, name, refuse)
    for name in ("delete", "restore", "restore_latest", "aside"):
        setattr(store.tree, name, refuse)


async def test_a_root_without_a_question_is_asked_for_in_its_place(
    service: ServiceFor, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    greeting = Message("hi", Role.ASSISTANT, (TextPart("hi"),), 1.0)
    await store.add_message("c", greeting)
    await store.add_message("c", replace(greeting, id="q", role=Role.USER, parent_id="hi"))
    session = await opened(store, service, tasks)
    provider.say("hello", FinishReason("stop"), None)
    session.retry("hi")
    await tasks.finish()
    await agree(session, store, tasks, "hello")
