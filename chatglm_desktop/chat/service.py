# SPDX-License-Identifier: MIT
"""What answers: a provider made ready for use, on first need; knows no transport."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from chatglm_desktop.chat.prompt import request_messages

if TYPE_CHECKING:
    from chatglm_desktop.core.deltas import Delta
    from chatglm_desktop.core.messages import Message
    from chatglm_desktop.core.provider import Provider


@dataclass(frozen=True, slots=True)
class ReadyProvider:
    """A provider with model and proxy; ``extras`` are the keywords that it takes besides."""

    provider: Provider
    model: str = ""
    proxy: str | None = None
    extras: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Service:
    """``label`` is what the user sees; ``prepare`` is awaited before each reply."""

    label: str
    prepare: Callable[[], Awaitable[ReadyProvider]]

    async def stream(self, branch: Sequence[Message]) -> AsyncGenerator[Delta, None]:
        """The deltas of a reply to ``branch``; raises ChatErrors."""
        ready = await self.prepare()
        deltas = ready.provider.create_async_generator(
            ready.model,
            request_messages(branch, ready.provider),
            proxy=ready.proxy,
            **ready.extras,
        )
        async with aclosing(cast("AsyncGenerator[Delta, None]", deltas)) as closing:
            async for delta in closing:
                yield delta
