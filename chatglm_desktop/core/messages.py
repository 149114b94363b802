# SPDX-License-Identifier: MIT
"""What a conversation is made of, as plain values; knows no identity beyond ids, no storage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.metrics import Metrics


class Role(Enum):
    """Who speaks."""

    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"


class MessageState(Enum):
    """Where a message is in its life; only the first two are unfinished."""

    SENDING = "sending"
    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def running(self) -> bool:
        return self in (MessageState.SENDING, MessageState.STREAMING)


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """The model's thinking; ``seconds`` it took, as seen here."""

    text: str
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SourcesPart:
    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ImagesPart:
    items: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class AttachmentPart:
    """A file that the user sent along: its ``size`` in bytes, the SHA-256 ``digest`` of them."""

    name: str
    media_type: str
    size: int
    digest: str


Part: TypeAlias = TextPart | ReasoningPart | SourcesPart | ImagesPart | AttachmentPart


@dataclass(frozen=True, slots=True)
class Message:
    """One half of a turn; ``parent_id`` builds the tree, ``created_at`` is in epoch seconds."""

    id: str
    role: Role
    parts: tuple[Part, ...]
    created_at: float
    parent_id: str | None = None
    state: MessageState = MessageState.COMPLETE
    model: str = ""
    finish_reason: str = ""
    failure: Failure | None = None
    metrics: Metrics | None = None

    @property
    def text(self) -> str:
        """The message's own text (Markdown for a reply)."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def attachments(self) -> tuple[AttachmentPart, ...]:
        """The files that go along with it."""
        return tuple(part for part in self.parts if isinstance(part, AttachmentPart))

    @property
    def reasoning(self) -> ReasoningPart | None:
        return next((part for part in self.parts if isinstance(part, ReasoningPart)), None)
