# SPDX-License-Identifier: MIT
"""Makes the messages of a turn; knows no conversation and no store."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from chatglm_desktop.core.messages import (
    AttachmentPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    TextPart,
)


def new_question(
    text: str, attachments: Sequence[AttachmentPart], at: float, parent_id: str | None
) -> Message:
    """The user's half of a turn, written at the time ``at``."""
    return Message(uuid.uuid4().hex, Role.USER, _written(text, attachments), at, parent_id)


def new_reply(model: str, at: float, parent_id: str | None) -> Message:
    """A reply of which nothing has come yet, asked for at the time ``at``."""
    state = MessageState.SENDING
    return Message(uuid.uuid4().hex, Role.ASSISTANT, (), at, parent_id, state, model)


def rewritten(old: Message, text: str, attachments: Sequence[AttachmentPart], at: float) -> Message:
    """Another version of ``old`` that says ``text``; of a reply all but its text stays."""
    kept = tuple(part for part in old.parts if not isinstance(part, TextPart | AttachmentPart))
    before = tuple(part for part in kept if isinstance(part, ReasoningPart))
    after = tuple(part for part in kept if not isinstance(part, ReasoningPart))
    return replace(
        old,
        id=uuid.uuid4().hex,
        parts=(*before, *_written(text, attachments), *after),
        created_at=at,
        state=MessageState.COMPLETE,
        finish_reason="",
        failure=None,
        metrics=None,
    )


def _written(text: str, attachments: Sequence[AttachmentPart]) -> tuple[Part, ...]:
    written = (TextPart(text),) if text.strip() else ()
    return (*written, *attachments)
