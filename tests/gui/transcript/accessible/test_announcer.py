# SPDX-License-Identifier: MIT
"""What is said aloud when an answer ends."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.transcript.accessible.announcer import ending


def reply(state: MessageState, text: str = "The answer", failure: Failure | None = None) -> Message:
    return Message("a", Role.ASSISTANT, (TextPart(text),), 0.0, state=state, failure=failure)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (reply(MessageState.COMPLETE), "ChatGLM has answered: The answer"),
        (reply(MessageState.STOPPED), "The answer was stopped"),
        (reply(MessageState.STREAMING), ""),
        (reply(MessageState.FAILED), "The answer failed: "),
    ],
)
def test_says_how_an_answer_ended(message: Message, words: str) -> None:
    assert ending(message, describe) == words


def test_says_why_an_answer_failed() -> None:
    failure = Failure("RateLimited")
    words = ending(reply(MessageState.FAILED, failure=failure), describe)
    assert describe(failure).summary in words


def test_a_long_answer_is_begun_only() -> None:
    words = ending(reply(MessageState.COMPLETE, "word " * 500), describe)
    assert words.endswith("word…")
    assert len(words) < 400
