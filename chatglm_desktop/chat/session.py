# SPDX-License-Identifier: MIT
"""Runs one conversation: sends, streams, stops, retries; knows no window and no wire format."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatglm_desktop.chat.events import (
    BranchChanged,
    DeltaArrived,
    MessageAdded,
    MessageEnded,
    SavingFailed,
    SessionEvent,
)
from chatglm_desktop.chat.journal import Journal
from chatglm_desktop.core.errors import ChatError, Failure, StoreError
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.history import History
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from chatglm_desktop.chat.service import Service
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.conversation import Conversation
    from chatglm_desktop.core.journal import JournalEntry
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)

SLICE = 0.004
"""Seconds of deltas that are folded before the loop gets its turn."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, injectable: ``now`` in seconds since the epoch, ``elapsed`` never goes back."""

    now: Callable[[], float] = time.time
    elapsed: Callable[[], float] = time.monotonic


class ChatSession:
    """The live object of one conversation; the only one that writes to it.

    Emits :data:`SessionEvent` values through ``events``. Owns the one reply that may run.
    """

    def __init__(
        self,
        conversation: Conversation,
        service: Service,
        store: Store,
        tasks: Tasks,
        clock: Clock | None = None,
    ) -> None:
        self.conversation = conversation
        self.service = service
        self.events: Signal[SessionEvent] = Signal()
        self._store = store
        self._tasks = tasks
        self._clock = clock or Clock()
        self._reply_task: asyncio.Task[None] | None = None
        self._reply: Reply | None = None
        self._runs: set[asyncio.Task[None]] = set()
        self._streaming = False
        self._stop_requested = False

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def running(self) -> bool:
        """A reply is on its way; nothing else can be sent."""
        return self._reply_task is not None

    @property
    def history(self) -> History:
        """The active branch; a running reply holds what has arrived so far."""
        branch = self.branch()
        return History(self.id, self.conversation.leaf_id, len(branch), 0, tuple(branch))

    def branch(self) -> list[Message]:
        """The active branch; a running reply holds what has arrived so far."""
        branch = self.conversation.branch()
        if self._reply is not None and branch and branch[-1].id == self._reply.id:
            branch[-1] = self._reply.message(MessageState.STREAMING)
        return branch

    def send(self, text: str) -> None:
        """Add the user's turn and start the reply. Returns at once.

        Raises RuntimeError while a reply is running, ValueError for a blank text.
        """
        if not text.strip():
            raise ValueError("nothing to send")
        self._refuse_while_running()
        question = self._message(Role.USER, (TextPart(text),), self.conversation.leaf_id)
        self.conversation.add(question)
        self.events.emit(MessageAdded(question))
        reply = self._new_reply(question.id)
        self.events.emit(MessageAdded(reply))
        self._start(reply, save=(question, reply))

    def retry(self, message_id: str) -> None:
        """Ask for the reply ``message_id`` again; the old one stays as a sibling.

        Where the conversation has gone on since, its question is asked anew at the end instead,
        so that nothing of what followed disappears.
        """
        self._refuse_while_running()
        parent_id = self.conversation[message_id].parent_id
        if message_id != self.conversation.leaf_id and parent_id is not None:
            self.send(self.conversation[parent_id].text)
            return
        reply = self._new_reply(parent_id)
        self.events.emit(BranchChanged(self.history))
        self._start(reply, save=(reply,))

    def stop(self) -> None:
        """End the running reply; what arrived is kept. Does nothing when none is running."""
        if self._reply_task is None:
            return
        if self._streaming:
            self._reply_task.cancel()
        else:
            # The question is still being saved: that must not be interrupted.
            self._stop_requested = True

    async def settled(self) -> None:
        """Wait until no reply runs and the last one has been saved."""
        while self._runs:
            await asyncio.wait(self._runs)

    def _refuse_while_running(self) -> None:
        if self.running:
            raise RuntimeError("a reply is still running")

    def _message(self, role: Role, parts: tuple[TextPart, ...], parent_id: str | None) -> Message:
        return Message(uuid.uuid4().hex, role, parts, self._clock.now(), parent_id)

    def _new_reply(self, parent_id: str | None) -> Message:
        reply = Message(
            uuid.uuid4().hex,
            Role.ASSISTANT,
            (),
            self._clock.now(),
            parent_id,
            state=MessageState.SENDING,
            model=self.service.label,
        )
        self.conversation.add(reply)
        return reply

    def _start(self, reply: Message, save: Sequence[Message]) -> None:
        self._stop_requested = False
        run = self._tasks.spawn(self._run(reply, save), name=f"reply {reply.id}")
        self._reply_task = run
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)

    async def _run(self, message: Message, save: Sequence[Message]) -> None:
        """Save, stream, and end the reply in exactly one way."""
        reply = self._reply = Reply(message, self._clock.elapsed)
        journal = Journal(
            lambda entries: self._write_journal(message.id, entries),
            lambda work: self._tasks.spawn(work, name=f"journal {message.id}"),
        )
        state, failure, bug = MessageState.COMPLETE, None, None
        try:
            for unsaved in save:
                await self._save(self._store.add_message(self.id, unsaved))
            if self._stop_requested:
                state = MessageState.STOPPED
            else:
                self._streaming = True
                await self._stream(reply, journal)
        except asyncio.CancelledError:
            state = MessageState.STOPPED
        except ChatError as error:
            state, failure = MessageState.FAILED, error.failure
            log.info("reply failed: %s", error)
        except Exception as error:  # noqa: BLE001 # a bug must not cost the text; it is re-raised
            state, failure, bug = MessageState.FAILED, Failure("ChatError"), error
        finally:
            self._streaming = False
        final = reply.message(state, failure)
        self.conversation.replace(final)
        self._reply_task = self._reply = None
        try:
            self.events.emit(MessageEnded(final))
        finally:
            await journal.close()
            await self._save(self._store.update_message(final))
        if bug is not None:
            raise bug

    async def _stream(self, reply: Reply, journal: Journal) -> None:
        branch = self.conversation.path_to(self.conversation[reply.id].parent_id)
        async with aclosing(self.service.stream(branch)) as deltas:
            slice_began = self._clock.elapsed()
            async for delta in deltas:
                reply.fold(delta)
                journal.note(delta)
                self.events.emit(DeltaArrived(reply.id, delta))
                if self._clock.elapsed() - slice_began > SLICE:
                    await asyncio.sleep(0)
                    slice_began = self._clock.elapsed()

    async def _write_journal(self, message_id: str, entries: Sequence[JournalEntry]) -> None:
        await self._save(self._store.append_journal(message_id, entries))

    async def _save(self, work: Awaitable[None]) -> None:
        try:
            await work
        except StoreError as error:
            log.info("not saved: %s", error)
            self.events.emit(SavingFailed(error))
