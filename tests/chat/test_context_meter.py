# SPDX-License-Identifier: MIT
"""How much of a model's context a conversation takes, without reading all of a long one."""

from __future__ import annotations

import pytest

from chatglm_desktop.chat.context_meter import SLICE, ContextMeter
from chatglm_desktop.chat.service import ServiceFor
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.context import message_tokens
from chatglm_desktop.core.conversation import Conversation, ConversationSummary
from chatglm_desktop.core.deltas import FinishReason
from chatglm_desktop.core.messages import Message, Role, TextPart
from chatglm_desktop.store import Store
from tests.helpers.sessions import Dictated, Watched

LENGTH = 3 * SLICE + 2
TEXT = "some words of a message"
EACH = message_tokens(Message("", Role.USER, (TextPart(TEXT),), 0.0))


@pytest.fixture
async def watched(store: Store, service: ServiceFor, tasks: Tasks) -> Watched:
    """A conversation of which only the last two messages are at hand."""
    await store.create_conversation(ConversationSummary("c", "", 1.0, 1.0))
    parent = None
    for number in range(LENGTH):
        role = Role.ASSISTANT if number % 2 else Role.USER
        await store.add_message("c", Message(f"m{number}", role, (TextPart(TEXT),), 1.0, parent))
        parent = f"m{number}"
    conversation = Conversation(await store.load_history("c", 2))
    return Watched(ChatSession(conversation, service, store, tasks))


async def test_all_messages_are_counted_where_they_fit(watched: Watched) -> None:
    assert await ContextMeter(watched.session).used(10_000) == LENGTH * EACH


async def test_of_a_long_conversation_no_more_is_read_than_what_fits(watched: Watched) -> None:
    assert await ContextMeter(watched.session).used(EACH) == SLICE * EACH


async def test_a_reply_counts_when_it_has_ended(watched: Watched, provider: Dictated) -> None:
    meter = ContextMeter(watched.session)
    watched.session.send(TEXT)
    assert await meter.used(10_000) == (LENGTH + 1) * EACH
    provider.say(TEXT, FinishReason("stop"), None)
    await watched.ended()
    assert await meter.used(10_000) == (LENGTH + 2) * EACH
    await watched.session.settled()
