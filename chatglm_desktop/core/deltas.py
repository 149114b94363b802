# SPDX-License-Identifier: MIT
"""What a provider yields while a reply arrives; knows neither wire formats nor storage.

A provider yields ``str`` for new answer text and one of the frozen values below for
everything else. Consumers ``match`` on :data:`Delta` exhaustively.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

StreamKind: TypeAlias = Literal["text", "reasoning"]


@dataclass(frozen=True, slots=True)
class FinishReason:
    """The reply is complete; ``reason`` is ``"stop"`` unless the service names another."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """New thinking text."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts of one reply, as the service reports them.

    ``cached_tokens`` are those of the prompt that the service had kept from an earlier one.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One web page that a reply refers to; ``mark`` pairs it with a mark in the text."""

    url: str
    title: str = ""
    snippet: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources known so far (replaces an earlier list)."""

    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture made by the service; it is never loaded without the user's click."""

    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Images:
    """All pictures known so far, in their final order (replaces an earlier list)."""

    items: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """The server rewrote what it had sent: ``text`` replaces all of that kind so far."""

    text: str
    kind: StreamKind = "text"


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """The service's own id for this conversation."""

    id: str


Delta: TypeAlias = (
    str | FinishReason | Reasoning | Usage | Sources | Images | Revision | ConversationRef
)
