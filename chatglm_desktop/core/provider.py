# SPDX-License-Identifier: MIT
"""The contract that every provider fulfils, as a protocol; knows no transport."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, Protocol, TypedDict

from chatglm_desktop.core.deltas import Delta


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A file that goes along with a message: a picture, or a document for the service to read."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


class RequestMessage(TypedDict):
    """One message as a provider takes it; ``files`` only where the provider can send them."""

    role: str
    content: str
    files: NotRequired[Sequence[RequestFile]]


class Provider(Protocol):
    """Talks to one API. ``create_async_generator`` raises ChatErrors only."""

    supports_system_message: bool
    supports_message_history: bool
    default_model: str
    models: list[str]

    def create_async_generator(
        self,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncIterator[Delta]:
        """Stream the reply to ``messages``; an empty ``model`` means the default one."""
        ...
