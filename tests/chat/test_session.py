# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from chatglm_desktop.chat.clock import Clock
from chatglm_desktop.chat.events import (
    AsideChanged,
    BranchChanged,
    DeltaArrived,
    MessageAdded,
    MessageEnded,
    SavingFailed,
    SessionEvent,
    StatusChanged,
)
from chatglm_desktop.chat.service import ReadyProvider, Service, ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import Delta, FinishReason, Reasoning, Revision
from chatglm_desktop.core.errors import DiskFull, Failure, IncompleteReply
from chatglm_desktop.core.history import History, Versions
from chatglm_desktop.core.journal import JournalEntry
from chatglm_desktop.core.messages import MessageState, ReasoningPart, Role
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched


@pytest_asyncio.fixture
async def watched(store: Store, service: ServiceFor, tasks: Tasks) -> AsyncIterator[Watched]:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    ticks = itertools.count(1000)
    session = ChatSession(
        Conversation(History("c")), service, store, tasks, Clock(now=lambda: float(next(ticks)))
    )
    yield Watched(session)
    session.stop()


async def test_a_turn_streams_to_its_end(watched: Watched, provider: Dictated) -> None:
    provider.say("Hel", "lo", FinishReason("stop"), None)
    watched.session.send("Hi")
    reply = await watched.ended()
    assert reply.text == "Hello"
    assert reply.state is MessageState.COMPLETE
    assert reply.model == "Dictated"
    assert [type(event) for event in watched.events] == [
        MessageAdded,
        MessageAdded,
        StatusChanged,
        DeltaArrived,
        DeltaArrived,
        DeltaArrived,
        MessageEnded,
    ]
    assert [m.role for m in watched.session.history.messages] == [Role.USER, Role.ASSISTANT]
    assert provider.requests == [[{"role": "user", "content": "Hi"}]]


async def test_send_returns_at_once_with_both_bubbles(watched: Watched) -> None:
    watched.session.send("Hi")
    question, reply = (e.message for e in watched.events if isinstance(e, MessageAdded))
    assert (question.text, question.state) == ("Hi", MessageState.COMPLETE)
    assert reply.state is MessageState.SENDING
    assert watched.session.running


async def test_the_turn_is_saved_before_the_request(
    watched: Watched, provider: Dictated, store: Store
) -> None:
    provider.say("x")
    watched.session.send("Keep me")
    await watched.heard("x")
    saved = await store.load_history("c", 9)
    assert saved.messages[0].text == "Keep me"
    assert saved.messages[1].state is MessageState.SENDING


async def test_the_reply_is_saved_when_it_ends(
    watched: Watched, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    provider.say(Reasoning("hm"), "Answer", FinishReason("stop"), None)
    watched.session.send("Hi")
    reply = await watched.ended()
    await tasks.finish()
    assert (await store.load_history("c", 9)).messages[-1] == reply


async def test_the_next_turn_can_be_sent_as_soon_as_the_reply_has_ended(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    provider.say("one", FinishReason("stop"), None, "two", FinishReason("stop"), None)

    def send_next(event: SessionEvent) -> None:
        if isinstance(event, MessageEnded) and event.message.text == "one":
            watched.session.send("Second")

    watched.session.events.connect(send_next)
    watched.session.send("First")
    await watched.until(lambda: len([e for e in watched.events if isinstance(e, MessageEnded)]) > 1)
    await tasks.finish()
    saved = await store.load_history("c", 9)
    assert [m.text for m in saved.messages] == ["First", "one", "Second", "two"]
    assert len(provider.requests[1]) == 3


async def test_stop_keeps_the_partial_text(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    provider.say("half an ans")
    watched.session.send("Hi")
    await watched.heard("half an ans")
    watched.session.stop()
    watched.session.stop()
    reply = await watched.ended()
    assert (reply.state, reply.text, reply.failure) == (
        MessageState.STOPPED,
        "half an ans",
        None,
    )
    assert not watched.session.running
    assert provider.closed == 1
    await tasks.finish()
    assert (await store.load_history("c", 9)).messages[-1] == reply


async def test_stop_before_the_request_does_not_lose_the_question(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store
) -> None:
    watched.session.send("Keep me")
    watched.session.stop()
    reply = await watched.ended()
    await tasks.finish()
    assert reply.state is MessageState.STOPPED
    assert provider.requests == []
    saved = await store.load_history("c", 9)
    assert [m.text for m in saved.messages] == ["Keep me", ""]


async def test_stop_without_a_reply_does_nothing(watched: Watched) -> None:
    watched.session.stop()
    assert watched.events == []


async def test_failure_keeps_the_partial_text_and_says_why(
    watched: Watched, provider: Dictated
) -> None:
    provider.say("half", IncompleteReply("cut"))
    watched.session.send("Hi")
    reply = await watched.ended()
    assert (reply.state, reply.text) == (MessageState.FAILED, "half")
    assert reply.failure == Failure("IncompleteReply", "cut")


async def test_retry_asks_again_in_a_sibling(watched: Watched, provider: Dictated) -> None:
    provider.say(IncompleteReply(), "good", FinishReason("stop"), None)
    watched.session.send("Hi")
    failed = await watched.ended()
    watched.events.clear()
    watched.session.retry(failed.id)
    changed = watched.events[0]
    assert isinstance(changed, BranchChanged)
    assert [m.state for m in changed.history.messages] == [
        MessageState.COMPLETE,
        MessageState.SENDING,
    ]
    reply = await watched.ended()
    assert reply.text == "good"
    assert reply.parent_id == failed.parent_id
    assert failed.id not in watched.session.conversation
    assert provider.requests[1] == [{"role": "user", "content": "Hi"}]


async def test_retrying_an_earlier_reply_hides_what_followed_and_says_so(
    watched: Watched, provider: Dictated, tasks: Tasks
) -> None:
    provider.say(IncompleteReply())
    watched.session.send("First")
    failed = await watched.ended()
    await tasks.finish()
    provider.say("two", FinishReason("stop"), None)
    watched.session.send("Second")
    await tasks.finish()
    provider.say("one", FinishReason("stop"), None)
    watched.session.retry(failed.id)
    await tasks.finish()
    history = watched.session.history
    assert [m.text for m in history.messages] == ["First", "one"]
    assert history.versions == {history.messages[1].id: Versions(1, 2, hidden=3)}
    assert AsideChanged(history.aside) in watched.events


async def test_a_listener_that_fails_does_not_cost_the_reply(
    watched: Watched, provider: Dictated, tasks: Tasks, store: Store, bugs: list[BaseException]
) -> None:
    def fail(event: SessionEvent) -> None:
        if isinstance(event, MessageEnded):
            raise ZeroDivisionError("bug in a window")

    watched.session.events.connect(fail)
    provider.say("Answer", FinishReason("stop"), None)
    watched.session.send("Hi")
    await tasks.finish()
    saved = (await store.load_history("c", 9)).messages[-1]
    assert (saved.text, saved.state) == ("Answer", MessageState.COMPLETE)
    assert [str(bug) for bug in bugs] == ["bug in a window"]
    assert not watched.session.running


async def test_a_session_is_settled_when_its_reply_is_saved(
    watched: Watched, provider: Dictated, store: Store
) -> None:
    provider.say("Answer", FinishReason("stop"), None)
    watched.session.send("Hi")
    await watched.session.settled()
    saved = (await store.load_history("c", 9)).messages[-1]
    assert saved.state is MessageState.COMPLETE


async def test_while_a_reply_runs_nothing_else_is_sent(
    watched: Watched, provider: Dictated
) -> None:
    provider.say("x")
    watched.session.send("Hi")
    with pytest.raises(RuntimeError, match="still running"):
        watched.session.send("Me too")
    await watched.heard("x")
    with pytest.raises(RuntimeError, match="still running"):
        watched.session.retry(watched.session.history.messages[1].id)


@pytest.mark.parametrize("blank", ["", "  \n"])
async def test_blank_text_is_not_sent(watched: Watched, blank: str) -> None:
    with pytest.raises(ValueError, match="nothing to send"):
        watched.session.send(blank)
    assert watched.events == []


async def test_branch_shows_what_has_arrived_of_a_running_reply(
    watched: Watched, provider: Dictated
) -> None:
    provider.say("so far")
    watched.session.send("Hi")
    await watched.heard("so far")
    running = watched.session.history.messages[-1]
    assert (running.text, running.state) == ("so far", MessageState.STREAMING)


async def test_a_bug_in_the_provider_ends_the_reply_and_is_reported(
    watched: Watched, provider: Dictated, tasks: Tasks, bugs: list[BaseException]
) -> None:
    provider.say("half", ZeroDivisionError("our bug"))
    watched.session.send("Hi")
    reply = await watched.ended()
    assert (reply.state, reply.text) == (MessageState.FAILED, "half")
    await tasks.finish()
    assert [str(bug) for bug in bugs] == ["our bug"]


async def test_the_journal_holds_the_text_while_the_reply_runs(
    watched: Watched, provider: Dictated, store: Store
) -> None:
    provider.say(
        Reasoning("h"), Revision("hm", "reasoning"), "dra", "ft", Revision("Text"), " goes", " on"
    )
    watched.session.send("Hi")
    await watched.heard(" on")
    written = asyncio.Event()
    append = store.append_journal

    async def note(message_id: str, entries: list[JournalEntry]) -> None:
        await append(message_id, entries)
        written.set()

    store.append_journal = note  # type: ignore[method-assign, assignment] # to know when
    async with asyncio.timeout(10):
        await written.wait()
    # What a start after a crash would find:
    assert await store.recover_interrupted() == 1
    reply = (await store.load_history("c", 9)).messages[-1]
    assert (reply.text, reply.state) == ("Text goes on", MessageState.INTERRUPTED)
    assert reply.reasoning == ReasoningPart("hm")


async def test_text_stays_when_it_cannot_be_saved(
    tmp_path: Path, service: ServiceFor, provider: Dictated, tasks: Tasks
) -> None:
    store = await Store.open(tmp_path / "full.db")

    async def refuse(*_: object) -> None:
        raise DiskFull("no space")

    # A disk cannot be filled here; the store's own tests fill one.
    store.add_message = store.update_message = refuse  # type: ignore[method-assign, assignment]
    watched = Watched(ChatSession(Conversation(History("c")), service, store, tasks))
    provider.say("Answer", FinishReason("stop"), None)
    watched.session.send("Hi")
    reply = await watched.ended()
    await tasks.finish()
    await store.close()
    assert reply.text == "Answer"
    failed = [e for e in watched.events if isinstance(e, SavingFailed)]
    assert [type(e.error) for e in failed] == [DiskFull, DiskFull, DiskFull]


async def test_a_flood_of_deltas_leaves_the_loop_its_turn(store: Store, tasks: Tasks) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))

    class Flood:
        supports_system_message = supports_message_history = True
        default_model = "flood"
        models: list[str] = []  # noqa: RUF012 # the shape of the contract

        async def create_async_generator(
            self,
            model: str,
            messages: list[RequestMessage],
            proxy: str | None = None,
            **kwargs: object,
        ) -> AsyncIterator[Delta]:
            for _ in range(2_000):
                yield "x"
            yield FinishReason("stop")

    async def prepare() -> ReadyProvider:
        return ReadyProvider(Flood())

    ticks = itertools.count()
    clock = Clock(elapsed=lambda: next(ticks) * 0.001)
    watched = Watched(
        ChatSession(
            Conversation(History("c")), lambda _: Service("Flood", prepare), store, tasks, clock
        )
    )
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while watched.session.running:
            turns += 1
            await asyncio.sleep(0)

    watched.session.send("Hi")
    tasks.spawn(count_turns(), name="count")
    reply = await watched.ended()
    assert len(reply.text) == 2_000
    assert turns > 100


async def test_what_could_not_be_saved_is_saved_when_there_is_space_again(
    watched: Watched, provider: Dictated, store: Store, tasks: Tasks
) -> None:
    add = store.add_message

    async def refuse(*_: object) -> None:
        raise DiskFull("no space")

    store.add_message = refuse  # type: ignore[method-assign, assignment]
    provider.say("one", FinishReason("stop"), None)
    watched.session.send("First")
    await tasks.finish()
    watched.session.undelete()
    await tasks.finish()
    assert [m.text for m in watched.session.history.messages] == ["First", "one"]
    assert (await store.load_history("c", 9)).length == 0
    store.add_message = add  # type: ignore[method-assign]
    provider.say("two", FinishReason("stop"), None)
    watched.session.send("Second")
    await tasks.finish()
    saved = await store.load_history("c", 9)
    assert [m.text for m in saved.messages] == ["First", "one", "Second", "two"]
    assert saved.messages == watched.session.history.messages


async def test_what_waits_for_a_branch_is_not_done_when_it_may_no_longer(
    watched: Watched, provider: Dictated
) -> None:
    provider.say("Hello", FinishReason("stop"), None)
    watched.session.send("Hi")
    await watched.ended()
    watched.session.clear()
    done: list[str] = []
    watched.session._branch.when_ready(lambda: done.append("late"), lambda: False)
    await watched.session.settled()
    assert done == []
