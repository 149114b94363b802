# SPDX-License-Identifier: MIT
"""The contract that every provider fulfils, as a protocol; knows no transport."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol, TypedDict

from chatglm_desktop.core.deltas import Delta


class RequestMessage(TypedDict):
    """One message as a provider takes it."""

    role: str
    content: str


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
