# SPDX-License-Identifier: MIT
"""Runs one conversation: sends, streams, stops, retries; knows no window and no wire format."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from chatglm_desktop.chat.deletions import Deletions
from chatglm_desktop.chat.events import (
    BranchChanged,
    MessageAdded,
    MessageDeleted,
    MessageEnded,
    SavingFailed,
    SessionEvent,
    SetupChanged,
    StatusChanged,
)
from chatglm_desktop.chat.journal import Journal
from chatglm_desktop.chat.queue import Queue
from chatglm_desktop.chat.running_reply import RunningReply
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.errors import ChatError, Failure, StoreError
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from chatglm_desktop.chat.service import ServiceFor
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.conversation import Conversation
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.history import History
    from chatglm_desktop.core.journal import JournalEntry
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, injectable: ``now`` in seconds since the epoch, ``elapsed`` never goes back."""

    now: Callable[[], float] = time.time
    elapsed: Callable[[], float] = time.monotonic


class ChatSession:
    """The live object of one conversation; the only one that writes to it.

    Emits :data:`SessionEvent` values through ``events``. Owns the one reply that may run.
    ``services`` gives what answers in a conversation that is set up in some way. ``queue`` holds
    what is to be sent when that reply has ended.
    """

    def __init__(
        self,
        conversation: Conversation,
        services: ServiceFor,
        store: Store,
        tasks: Tasks,
        clock: Clock | None = None,
        *,
        setup: Setup | None = None,
        queued: Sequence[Draft] = (),
    ) -> None:
        self.conversation = conversation
        self._services = services
        self._setup = setup or Setup()
        self.events: Signal[SessionEvent] = Signal()
        self._store = store
        self._tasks = tasks
        self._clock = clock or Clock()
        self._reply_task: asyncio.Task[None] | None = None
        self._reply: RunningReply | None = None
        self._runs: set[asyncio.Task[None]] = set()
        self._streaming = False
        self._stop_requested = False
        self._deletions = Deletions(
            conversation,
            store,
            lambda work: tasks.spawn(work, name=f"delete {self.id}"),
            self._tell,
        )
        self.queue = Queue(self, queued, self._save_queue, self.events.emit)

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def running(self) -> bool:
        """A reply is on its way; nothing else can be sent."""
        return self._reply_task is not None

    @property
    def setup(self) -> Setup:
        """What the next reply is asked for from, and how."""
        return self._setup

    def choose(self, setup: Setup) -> None:
        """Ask for the next reply in another way; one that runs goes on as it began."""
        if setup != self._setup:
            self._setup = setup
            self.events.emit(SetupChanged(setup))

    @property
    def status(self) -> StatusChanged | None:
        """What the running reply waits for, as it was last told."""
        if self._reply is None or self._reply.status is None:
            return None
        return StatusChanged(self._reply.id, self._reply.status)

    def retry_now(self) -> None:
        """Try again at once where the running reply waits for its next try."""
        if self._reply is not None:
            self._reply.hurry()

    @property
    def history(self) -> History:
        """The newest messages; a running reply holds what has arrived so far."""
        history = self.conversation.history
        if self._reply is None:
            return history
        running = replace(
            self._reply.message(MessageState.STREAMING), parent_id=history.messages[-1].parent_id
        )
        return replace(history, messages=(*history.messages[:-1], running))

    async def load(self, first: int, count: int) -> tuple[Message, ...]:
        """At most ``count`` messages of the active branch from the position ``first`` on.

        Positions are those at the time when this returns. Raises StoreErrors.
        """
        while True:
            await self._deletions.saved()
            revision = self.conversation.revision
            missing = min(count, self.conversation.first - first)
            older = await self._store.load_slice(self.id, first, missing) if missing > 0 else ()
            if revision == self.conversation.revision:
                history = self.history
                start, end = first - history.first, first + count - history.first
                return older + history.messages[max(start, 0) : max(end, 0)]

    def send(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Add the user's turn and start the reply. Returns at once.

        Raises RuntimeError while a reply is running, ValueError for a blank text without files.
        """
        self._refuse(text, attachments)
        question = self._new_question(text, attachments)
        self.events.emit(MessageAdded(question))
        reply = self._new_reply()
        self.events.emit(MessageAdded(reply))
        self._start(reply, save=(question.id, reply.id))

    def retry(self, message_id: str) -> None:
        """Ask for the reply ``message_id`` again; the old one stays as a sibling.

        Where the conversation has gone on since, its question is asked anew at the end instead,
        so that nothing of what followed disappears. Raises RuntimeError while a reply is running.
        """
        self._refuse_while_running()
        self._with_message(message_id, self._retry)

    def edit(self, message_id: str, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Ask ``text`` in place of the question ``message_id``, which stays as a sibling.

        Raises RuntimeError while a reply is running, ValueError for a blank text without files.
        """
        self._refuse(text, attachments)
        self._with_message(message_id, partial(self._edit, text, attachments))

    def delete(self, message_id: str) -> None:
        """Take the message out of the conversation. Raises RuntimeError while a reply is running.

        What followed it stays.
        """
        self._refuse_while_running()
        self._with_message(message_id, self._delete)

    def undelete(self) -> None:
        """Take the latest deletion back; does nothing where there is none to take back."""
        if self._deletions.take_back():
            self.events.emit(BranchChanged(self.history))

    def stop(self) -> None:
        """End the running reply; what arrived is kept. Does nothing when none is running."""
        if self._reply_task is None:
            return
        if self._streaming:
            self._reply_task.cancel()
        else:
            # The question is still being saved: that must not be interrupted.
            self._stop_requested = True

    @property
    def can_undelete(self) -> bool:
        """Whether there is a deletion to take back."""
        return bool(self._deletions)

    async def saved(self) -> None:
        """Wait until all has been saved but for a reply that still runs."""
        while ended := self._runs - {self._reply_task}:
            await asyncio.wait(ended)
        await self._deletions.saved()

    async def settled(self) -> None:
        """Wait until no reply runs and all has been saved."""
        while self._runs:
            await asyncio.wait(self._runs)
        await self._deletions.saved()

    def _refuse(self, text: str, attachments: Sequence[AttachmentPart]) -> None:
        if not text.strip() and not attachments:
            raise ValueError("nothing to send")
        self._refuse_while_running()

    def _refuse_while_running(self) -> None:
        if self.running:
            raise RuntimeError("a reply is still running")

    def _with_message(self, message_id: str, act: Callable[[Message, int], None]) -> None:
        """Do ``act`` with a message of the active branch and its position, at once if possible."""
        if message_id in self.conversation:
            act(self.conversation[message_id], self.conversation.position(message_id))
        else:
            self._own(self._tasks.spawn(self._fetch(message_id, act), name=f"fetch {message_id}"))

    async def _fetch(self, message_id: str, act: Callable[[Message, int], None]) -> None:
        try:
            await self._deletions.saved()
            position = await self._store.position_of(self.id, message_id)
            messages = () if position is None else await self.load(position, 1)
        except StoreError as error:
            self._tell(error)
            return
        # Meanwhile the branch may have changed, or a reply may have been asked for.
        found = [message for message in messages if message.id == message_id]
        if position is not None and found and not self.running:
            act(found[0], position)

    def _retry(self, reply: Message, position: int) -> None:
        if reply.id != self.conversation.leaf_id and reply.parent_id is not None:
            self._with_message(reply.parent_id, self._ask_again)
            return
        self._cut(reply, position)
        again = self._new_reply()
        self.events.emit(BranchChanged(self.history))
        self._start(again, save=(again.id,))

    def _ask_again(self, question: Message, position: int) -> None:
        self.send(question.text, question.attachments)

    def _edit(
        self, text: str, attachments: Sequence[AttachmentPart], old: Message, position: int
    ) -> None:
        self._cut(old, position)
        question = self._new_question(text, attachments)
        reply = self._new_reply()
        self.events.emit(BranchChanged(self.history))
        self._start(reply, save=(question.id, reply.id))

    def _cut(self, message: Message, position: int) -> None:
        """Leave the branch before ``message``; what follows becomes its sibling."""
        self.conversation.cut(position, message.parent_id)
        self._deletions.forget_below(position)

    def _delete(self, message: Message, position: int) -> None:
        self._deletions.delete(message, position)
        self.events.emit(MessageDeleted(message.id))

    def _new_question(self, text: str, attachments: Sequence[AttachmentPart]) -> Message:
        written = (TextPart(text),) if text.strip() else ()
        question = Message(
            uuid.uuid4().hex,
            Role.USER,
            (*written, *attachments),
            self._clock.now(),
            self.conversation.leaf_id,
        )
        self.conversation.add(question)
        return question

    def _new_reply(self) -> Message:
        reply = Message(
            uuid.uuid4().hex,
            Role.ASSISTANT,
            (),
            self._clock.now(),
            self.conversation.leaf_id,
            state=MessageState.SENDING,
            model=self._services(self._setup).label,
        )
        self.conversation.add(reply)
        return reply

    def _start(self, reply: Message, save: Sequence[str]) -> None:
        self._stop_requested = False
        run = self._tasks.spawn(self._run(reply, save), name=f"reply {reply.id}")
        self._reply_task = run
        self._own(run)
        self.queue.reply_began()

    def _own(self, run: asyncio.Task[None]) -> None:
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)

    async def _run(self, message: Message, save: Sequence[str]) -> None:
        """Save, stream, and end the reply in exactly one way."""
        journal = Journal(
            lambda entries: self._write_journal(message.id, entries),
            lambda work: self._tasks.spawn(work, name=f"journal {message.id}"),
        )
        service = self._services(self._setup)
        reply = self._reply = RunningReply(
            message, service, journal.note, self.events.emit, self._clock.elapsed
        )
        state, failure, bug = MessageState.COMPLETE, None, None
        try:
            for id in save:
                await self._deletions.saved()
                # As it is now: its parent may be another since something was put back.
                await self._save(self._store.add_message(self.id, self.conversation[id]))
            if self._stop_requested:
                state = MessageState.STOPPED
            else:
                self._streaming = True
                await reply.stream(self.load, self.conversation.length - 1)
        except asyncio.CancelledError:
            state = MessageState.STOPPED
        except ChatError as error:
            state, failure = MessageState.FAILED, error.failure
            log.info("reply failed: %s", error)
        except StoreError as error:
            state, failure = MessageState.FAILED, Failure("ChatError", details=str(error))
            self._tell(error)
        except Exception as error:  # noqa: BLE001 # a bug must not cost the text; it is re-raised
            state, failure, bug = MessageState.FAILED, Failure("ChatError"), error
        finally:
            self._streaming = False
        self.conversation.replace(reply.message(state, failure))
        final = self.conversation[message.id]
        self._reply_task = self._reply = None
        try:
            self.events.emit(MessageEnded(final))
            self.queue.reply_ended(well=state is MessageState.COMPLETE)
        finally:
            await journal.close()
            await self._save(self._store.update_message(final))
        if bug is not None:
            raise bug

    def _save_queue(self, questions: Sequence[Draft]) -> None:
        saving = self._save(self._store.save_queue(self.id, questions))
        self._own(self._tasks.spawn(saving, name=f"queue {self.id}"))

    async def _write_journal(self, message_id: str, entries: Sequence[JournalEntry]) -> None:
        await self._save(self._store.append_journal(message_id, entries))

    async def _save(self, work: Awaitable[None]) -> None:
        try:
            await work
        except StoreError as error:
            self._tell(error)

    def _tell(self, error: StoreError) -> None:
        log.info("the store failed: %s", error)
        self.events.emit(SavingFailed(error))
