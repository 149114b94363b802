# SPDX-License-Identifier: MIT
"""Messages and conversations for views under test."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.core.tabs import Anchor
from chatglm_desktop.gui.transcript.view import TranscriptView


def show_messages(
    view: TranscriptView, messages: Sequence[Message], anchor: Anchor | None = None
) -> None:
    """Show all of a conversation, at ``anchor`` or at the end."""
    view.contents.show(History("", None, len(messages), 0, tuple(messages)), anchor)


def message(
    text: str = "",
    *,
    id: str = "m",
    role: Role = Role.ASSISTANT,
    state: MessageState = MessageState.COMPLETE,
    reasoning: str = "",
    extra: tuple[Part, ...] = (),
    failure: Failure | None = None,
) -> Message:
    parts: list[Part] = []
    if reasoning:
        parts.append(ReasoningPart(reasoning, 6.0))
    if text:
        parts.append(TextPart(text))
    return Message(id, role, (*parts, *extra), 1.0e9, state=state, model="GLM", failure=failure)
