# SPDX-License-Identifier: MIT
from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.deltas import (
    ConversationRef,
    FinishReason,
    Image,
    Images,
    Reasoning,
    Revision,
    Source,
    Sources,
    Usage,
)
from chatglm_desktop.core.errors import IncompleteReply
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.reply import Reply


@pytest.fixture
def reply() -> Reply:
    ticks = itertools.count(100.0)
    blank = Message("r", Role.ASSISTANT, (), 1.0, state=MessageState.SENDING)
    return Reply(blank, lambda: next(ticks))


def test_text_deltas_join_to_one_text_part(reply: Reply) -> None:
    reply.fold("Hel")
    reply.fold("lo")
    message = reply.message(MessageState.STREAMING)
    assert message.parts == (TextPart("Hello"),)
    assert message.text == "Hello"
    assert message.state is MessageState.STREAMING
    assert message.reasoning is None


def test_thinking_is_timed_until_the_answer_begins(reply: Reply) -> None:
    reply.fold(Reasoning("let "))
    reply.fold(Reasoning("me"))
    reply.fold("Hi")
    reply.fold(" there")
    assert reply.message(MessageState.COMPLETE).parts == (
        ReasoningPart("let me", 1.0),
        TextPart("Hi there"),
    )


def test_thinking_that_resumes_adds_to_the_time(reply: Reply) -> None:
    for delta in (Reasoning("a"), "x", Reasoning("b"), "y"):
        reply.fold(delta)
    assert reply.message(MessageState.COMPLETE).reasoning == ReasoningPart("ab", 2.0)


def test_thinking_is_timed_while_it_goes_on_and_ends_with_the_reply(reply: Reply) -> None:
    reply.fold(Reasoning("a"))
    assert reply.message(MessageState.STREAMING).reasoning == ReasoningPart("a", 1.0)
    assert reply.message(MessageState.STOPPED).reasoning == ReasoningPart("a", 2.0)
    assert reply.message(MessageState.STOPPED).reasoning == ReasoningPart("a", 2.0)


def test_a_revision_replaces_the_text_of_its_kind_only(reply: Reply) -> None:
    reply.fold(Reasoning("hm"))
    reply.fold("draft")
    reply.fold(Revision("final"))
    assert reply.message(MessageState.COMPLETE).text == "final"
    reply.fold(Revision("thought", "reasoning"))
    thought = reply.message(MessageState.COMPLETE).reasoning
    assert thought is not None
    assert thought.text == "thought"


def test_sources_and_images_come_after_the_text(reply: Reply) -> None:
    source, image = Source("https://a.example"), Image("https://b.example/c.png")
    for delta in (Sources((source,)), Images((image,)), "text"):
        reply.fold(delta)
    assert reply.message(MessageState.COMPLETE).parts == (
        TextPart("text"),
        ImagesPart((image,)),
        SourcesPart((source,)),
    )


def test_the_reason_of_the_end_is_kept(reply: Reply) -> None:
    for delta in (ConversationRef("c1"), Usage(3, 5), FinishReason("stop")):
        reply.fold(delta)
    message = reply.message(MessageState.COMPLETE)
    assert message.finish_reason == "stop"
    assert message.parts == ()


def test_a_failed_reply_keeps_text_and_failure(reply: Reply) -> None:
    reply.fold("half")
    failure = IncompleteReply().failure
    message = reply.message(MessageState.FAILED, failure)
    assert (message.text, message.failure, message.id) == ("half", failure, reply.id)


@given(st.lists(st.text()))
def test_no_character_is_lost(pieces: list[str]) -> None:
    reply = Reply(Message("r", Role.ASSISTANT, (), 0.0), lambda: 0.0)
    for piece in pieces:
        reply.fold(piece)
    assert reply.message(MessageState.COMPLETE).text == "".join(pieces)


def test_what_is_there_is_gone_on_with() -> None:
    sources, images = SourcesPart((Source("https://a.example"),)), ImagesPart((Image("b"),))
    begun = (ReasoningPart("hm", 2.0), TextPart("half"), images, sources)
    ticks = itertools.count(100.0)
    reply = Reply(Message("r", Role.ASSISTANT, begun, 1.0), lambda: next(ticks))
    assert reply.message(MessageState.STREAMING).parts == begun
    reply.fold(Reasoning(" so"))
    reply.fold(" and half")
    thought, text, *others = reply.message(MessageState.COMPLETE).parts
    assert thought == ReasoningPart("hm so", 3.0)
    assert text == TextPart("half and half")
    assert others == [images, sources]
