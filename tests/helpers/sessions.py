# SPDX-License-Identifier: MIT
"""A session under test, and all that it says; a conversation of one turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from chatglm_desktop.chat.conversations import Library
from chatglm_desktop.chat.events import DeltaArrived, MessageEnded, SessionEvent
from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.deltas import Delta, FinishReason
from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.provider import Provider, RequestMessage


class Dictated(Provider, Protocol):
    """The provider of the fixture, whose reply the test dictates."""

    requests: list[list[RequestMessage]]
    closed: int

    def say(self, *deltas: Delta | Exception | None) -> None: ...


class Watched:
    """A session and all that it has said."""

    def __init__(self, session: ChatSession) -> None:
        self.session = session
        self.events: list[SessionEvent] = []
        self._news = asyncio.Event()
        session.events.connect(self._hear)

    def _hear(self, event: SessionEvent) -> None:
        self.events.append(event)
        self._news.set()

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not there():
                self._news.clear()
                await self._news.wait()

    async def ended(self) -> Message:
        """The final version of the reply, when it has come."""
        await self.until(lambda: any(isinstance(e, MessageEnded) for e in self.events))
        return next(e.message for e in self.events if isinstance(e, MessageEnded))

    async def heard(self, delta: Delta) -> None:
        await self.until(lambda: delta in self.deltas())

    def deltas(self) -> list[Delta]:
        return [event.delta for event in self.events if isinstance(event, DeltaArrived)]


async def asked(library: Library, provider: Dictated, tasks: Tasks, question: str) -> str:
    """The id of a new conversation of one complete turn."""
    provider.say("Answer", FinishReason("stop"), None)
    session = library.new()
    session.send(question)
    await tasks.finish()
    return session.id
