# SPDX-License-Identifier: MIT
"""What answers: a provider made ready for use, on first need; knows no transport."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from chatglm_desktop.chat.prompt import Turn, request_messages
from chatglm_desktop.chat.retries import NEVER, Backoff
from chatglm_desktop.core.context import room
from chatglm_desktop.core.deltas import ConversationRef
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.generation import Abilities, Generation, supported
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.status import Asking, Queued, Retrying

if TYPE_CHECKING:
    from chatglm_desktop.chat.lanes import Lane
    from chatglm_desktop.chat.waiting import Waiting
    from chatglm_desktop.core.accounts import Setup
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


async def text_only(branch: Sequence[Message], abilities: Abilities) -> Sequence[Turn]:
    """What messages say, without their attachments."""
    return [Turn(message.role, message.text) for message in branch]


@dataclass(frozen=True, slots=True)
class Service:
    """``label`` is what the user sees; ``prepare`` is awaited before each request.

    ``model``, ``abilities`` and ``generation`` say what is asked for and how. ``read`` turns
    messages into what the service takes of them. Requests wait for their place in ``lane``, and
    what is refused for the moment is tried again as ``backoff`` says; ``elapsed`` is its clock.
    ``instead_of`` is the model that was chosen, if it is retired and ``model`` its successor.
    """

    label: str
    prepare: Callable[[], Awaitable[ReadyProvider]]
    model: ModelInfo = field(default_factory=lambda: ModelInfo(""))
    abilities: Abilities = field(default_factory=Abilities)
    generation: Generation = field(default_factory=Generation)
    read: Callable[[Sequence[Message], Abilities], Awaitable[Sequence[Turn]]] = text_only
    lane: Lane | None = None
    backoff: Backoff = NEVER
    elapsed: Callable[[], float] = time.monotonic
    instead_of: str = ""

    @property
    def room(self) -> int:
        """Tokens that the messages of a request may take, 0 if that is not known."""
        return room(self.model, self.generation)

    async def stream(
        self, branch: Sequence[Message], waiting: Waiting
    ) -> AsyncGenerator[Delta, None]:
        """The deltas of a reply to ``branch``; raises ChatErrors.

        ``waiting`` hears what comes before the first delta. Nothing is tried again after that.
        """
        turns = await self.read(branch, self.abilities)
        async with self._place(waiting), aclosing(self._persist(turns, waiting)) as deltas:
            async for delta in deltas:
                yield delta

    @asynccontextmanager
    async def _place(self, waiting: Waiting) -> AsyncIterator[None]:
        if self.lane is None:
            yield
            return
        async with self.lane.place(lambda ahead: waiting.tell(Queued(ahead))):
            yield

    async def _persist(
        self, turns: Sequence[Turn], waiting: Waiting
    ) -> AsyncGenerator[Delta, None]:
        """Ask, and ask again after a pause where that may help."""
        began = False
        attempt = 0
        while True:
            attempt += 1
            waiting.tell(Asking())
            try:
                async with aclosing(self._ask(turns, waiting)) as deltas:
                    async for delta in deltas:
                        began = began or not isinstance(delta, ConversationRef)
                        yield delta
                return
            except ChatError as error:
                pause = None if began else self.backoff.pause(attempt, error)
                if pause is None:
                    raise
                at, attempts = self.elapsed() + pause, self.backoff.attempts
                waiting.tell(Retrying(error.failure, at, attempt + 1, attempts))
            await waiting.pause(pause)

    async def _ask(self, turns: Sequence[Turn], waiting: Waiting) -> AsyncGenerator[Delta, None]:
        ready = await self.prepare()
        sent = supported(self.generation, self.abilities)
        deltas = ready.provider.create_async_generator(
            ready.model,
            request_messages(turns, ready.provider, sent.system_prompt or ""),
            proxy=ready.proxy,
            generation=sent,
            tell=waiting.tell,
            **ready.extras,
        )
        async with aclosing(cast("AsyncGenerator[Delta, None]", deltas)) as closing:
            async for delta in closing:
                yield delta


ServiceFor: TypeAlias = "Callable[[Setup], Service]"
"""The service of a conversation that is set up so."""
