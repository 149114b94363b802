# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.continuing import can_continue, continued, request_to_continue
from chatglm_desktop.core.deltas import (
    Delta,
    FinishReason,
    Image,
    Images,
    Revision,
    Source,
    Sources,
)
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    MessageState,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)

A, B = Source("https://a.example"), Source("https://b.example")
BEGUN = Message(
    "m",
    Role.ASSISTANT,
    (
        ReasoningPart("hm"),
        TextPart("half"),
        ImagesPart((Image("https://a.example/a.png"),)),
        SourcesPart((A,)),
    ),
    1.0,
    state=MessageState.STOPPED,
)


@pytest.mark.parametrize(
    ("state", "reason", "text", "can"),
    [
        (MessageState.STOPPED, "", "half", True),
        (MessageState.INTERRUPTED, "", "half", True),
        (MessageState.FAILED, "", "half", True),
        (MessageState.FAILED, "", " ", False),
        (MessageState.COMPLETE, "length", "half", True),
        (MessageState.COMPLETE, "stop", "all", False),
    ],
)
def test_only_answers_that_broke_off_go_on(
    state: MessageState, reason: str, text: str, can: bool
) -> None:
    reply = Message("m", Role.ASSISTANT, (TextPart(text),), 1.0, state=state, finish_reason=reason)
    assert can_continue(reply) == can
    assert not can_continue(Message("q", Role.USER, (TextPart(text),), 1.0, state=state))


def test_the_model_is_asked_in_the_language_of_its_answer() -> None:
    assert "exactly where" in request_to_continue(BEGUN).text
    chinese = Message("m", Role.ASSISTANT, (TextPart("排序算法有"),), 1.0)
    assert "继续" in request_to_continue(chinese).text


@pytest.mark.parametrize(
    ("delta", "whole"),
    [
        ("more", "more"),
        (FinishReason("stop"), FinishReason("stop")),
        (Revision(" new"), Revision("half new")),
        (Revision(" new", "reasoning"), Revision("hm new", "reasoning")),
        (Sources((B,)), Sources((A, B))),
        (
            Images((Image("https://b.example/b.png"),)),
            Images((Image("https://a.example/a.png"), Image("https://b.example/b.png"))),
        ),
    ],
)
def test_what_replaces_something_keeps_what_was_there(delta: Delta, whole: Delta) -> None:
    assert continued(BEGUN, delta) == whole
    bare = Message("m", Role.ASSISTANT, (), 1.0)
    assert continued(bare, delta) == delta
