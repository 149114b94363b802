# SPDX-License-Identifier: MIT
"""What a session asks, and how, and what it tells while a reply has to wait."""

from __future__ import annotations

from chatglm_desktop.chat.events import SetupChanged
from chatglm_desktop.chat.retries import Backoff
from chatglm_desktop.chat.service import ReadyProvider, Service, ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason, Usage
from chatglm_desktop.core.errors import RateLimited
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.status import Retrying
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched


async def test_another_service_is_asked_from_the_next_reply_on(
    store: Store, provider: Dictated, tasks: Tasks
) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))

    async def prepare() -> ReadyProvider:
        return ReadyProvider(provider)

    def services(setup: Setup) -> Service:
        return Service(setup.model or "default", prepare)

    watched = Watched(ChatSession(Conversation(History("c")), services, store, tasks))
    assert watched.session.setup == Setup()
    watched.session.send("Hi")
    watched.session.choose(Setup("work", "glm-b"))
    watched.session.choose(Setup("work", "glm-b"))
    provider.say("A", FinishReason("stop"), None)
    assert (await watched.ended()).model == "default"
    assert watched.events.count(SetupChanged(Setup("work", "glm-b"))) == 1
    watched.events.clear()
    watched.session.send("Again")
    provider.say("B", FinishReason("stop"), None)
    assert (await watched.ended()).model == "glm-b"


async def test_a_reply_tells_what_it_took_and_what_was_remembered(
    store: Store, provider: Dictated, tasks: Tasks
) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))

    async def prepare() -> ReadyProvider:
        return ReadyProvider(provider)

    model = ModelInfo("m", context=40, free=True)
    session = ChatSession(
        Conversation(History("c")),
        lambda _: Service("S", prepare, model, instead_of="old"),
        store,
        tasks,
    )
    watched = Watched(session)
    for text in ("First " * 15, "Second " * 15):
        watched.events.clear()
        session.send(text)
        provider.say("Answer", Usage(7, 3), FinishReason("stop"), None)
        reply = await watched.ended()
    await session.settled()
    assert reply.metrics is not None
    assert (reply.metrics.prompt_tokens, reply.metrics.completion_tokens) == (7, 3)
    assert reply.metrics.cost == 0.0
    assert reply.metrics.instead_of == "old"
    second = session.history.messages[2]
    assert reply.metrics.memory_begins == second.id
    assert [m["content"] for m in provider.requests[-1]] == [second.text]
    assert (await store.load_history("c", 1)).messages[0].metrics == reply.metrics


async def test_a_reply_that_waits_tells_so_and_can_be_hurried(
    store: Store, provider: Dictated, tasks: Tasks
) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))

    async def prepare() -> ReadyProvider:
        return ReadyProvider(provider)

    patient = Backoff(first=10_000.0, longest=10_000.0)
    session = ChatSession(
        Conversation(History("c")), lambda _: Service("S", prepare, backoff=patient), store, tasks
    )
    watched = Watched(session)
    assert session.status is None
    session.retry_now()
    session.send("Hi")
    assert session.status is None
    provider.say(RateLimited("slow"))
    await watched.until(
        lambda: session.status is not None and isinstance(session.status.status, Retrying)
    )
    session.retry_now()
    provider.say("Hello", FinishReason("stop"), None)
    assert (await watched.ended()).text == "Hello"


async def test_a_reply_that_was_never_asked_for_took_nothing(
    store: Store, service: ServiceFor, tasks: Tasks
) -> None:
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    watched = Watched(ChatSession(Conversation(History("c")), service, store, tasks))
    watched.session.send("Hi")
    watched.session.stop()
    reply = await watched.ended()
    assert reply.state is MessageState.STOPPED
    assert reply.metrics is None
