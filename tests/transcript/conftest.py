# SPDX-License-Identifier: MIT
"""Messages for the tests of the transcript."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)

MakeMessage = Callable[..., Message]


@pytest.fixture
def make_message() -> MakeMessage:
    """Makes a message from its text, and thinking if there is any."""

    def make(
        text: str = "",
        *,
        id: str = "m",
        role: Role = Role.ASSISTANT,
        state: MessageState = MessageState.COMPLETE,
        reasoning: str = "",
        seconds: float = 0.0,
    ) -> Message:
        parts: list[Part] = []
        if reasoning:
            parts.append(ReasoningPart(reasoning, seconds))
        if text:
            parts.append(TextPart(text))
        return Message(id, role, tuple(parts), 1.0, state=state)

    return make
