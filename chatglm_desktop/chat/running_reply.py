# SPDX-License-Identifier: MIT
"""A reply that is on its way: what arrived, what it waits for, what it takes. Saves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import DeltaArrived, SessionEvent, StatusChanged
from chatglm_desktop.chat.memory import remember
from chatglm_desktop.chat.meter import Meter
from chatglm_desktop.chat.waiting import Waiting
from chatglm_desktop.core.continuing import continued, request_to_continue
from chatglm_desktop.core.reply import Reply
from chatglm_desktop.core.status import Asking, Status

if TYPE_CHECKING:
    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.core.deltas import Delta
    from chatglm_desktop.core.errors import Failure
    from chatglm_desktop.core.messages import Message, MessageState

SLICE = 0.004
"""Seconds of deltas that are folded before the loop gets its turn."""


class RunningReply:
    """``note`` is called with each delta, ``emit`` with what watchers are to hear.

    ``elapsed`` gives seconds and never goes back.
    """

    def __init__(
        self,
        message: Message,
        service: Service,
        note: Callable[[Delta], None],
        emit: Callable[[SessionEvent], None],
        elapsed: Callable[[], float],
    ) -> None:
        self.status: Status | None = None
        self._service = service
        self._begun = message if message.parts else None
        self._reply = Reply(message, elapsed)
        self._note = note
        self._emit = emit
        self._elapsed = elapsed
        self._meter = Meter(elapsed)
        self._waiting = Waiting(self._tell)
        self._memory_begins = ""
        self._asked = False

    @property
    def id(self) -> str:
        return self._reply.id

    def message(self, state: MessageState, failure: Failure | None = None) -> Message:
        """The message as it stands, in ``state``."""
        message = self._reply.message(state, failure)
        if state.running or not self._asked:
            return message
        service = self._service
        metrics = self._meter.metrics(service.model, self._memory_begins)
        metrics = replace(metrics, instead_of=service.instead_of)
        if self._begun is not None and self._begun.metrics is not None:
            metrics = self._begun.metrics.gone_on(metrics)
        return replace(message, metrics=metrics)

    def hurry(self) -> None:
        """Try again now, if a pause before another try is under way."""
        self._waiting.hurry()

    async def stream(
        self, load: Callable[[int, int], Awaitable[tuple[Message, ...]]], length: int
    ) -> None:
        """Ask for a reply to the first ``length`` messages and take in all that comes.

        One that has begun already is the last of them, and gone on with. Raises ChatErrors, and
        StoreErrors of ``load(first, count)``.
        """
        memory = await remember(load, length, self._service.room)
        self._memory_begins = memory.begins
        messages = memory.messages
        if self._begun is not None:
            messages = (*messages, request_to_continue(self._begun))
        async with aclosing(self._service.stream(messages, self._waiting)) as deltas:
            slice_began = self._elapsed()
            async for delta in deltas:
                self._take(delta)
                if self._elapsed() - slice_began > SLICE:
                    await asyncio.sleep(0)
                    slice_began = self._elapsed()

    def _take(self, delta: Delta) -> None:
        self._meter.hear(delta)
        if self._begun is not None:
            delta = continued(self._begun, delta)
        self._reply.fold(delta)
        self._note(delta)
        self._emit(DeltaArrived(self.id, delta))

    def _tell(self, status: Status) -> None:
        if isinstance(status, Asking):
            self._asked = True
            self._meter.restart()
        self.status = status
        self._emit(StatusChanged(self.id, status))
