# SPDX-License-Identifier: MIT
"""Runs one conversation: sends, streams, stops, retries; knows no window and no wire format."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chatglm_desktop.chat.active_branch import ActiveBranch
from chatglm_desktop.chat.altering import Altering
from chatglm_desktop.chat.asking import Asking
from chatglm_desktop.chat.clock import Clock
from chatglm_desktop.chat.events import (
    SessionEvent,
    SetupChanged,
    StatusChanged,
)
from chatglm_desktop.chat.queue import Queue
from chatglm_desktop.chat.replies import Replies
from chatglm_desktop.chat.steps import MessageStep
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.messages import Message, MessageState

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from chatglm_desktop.chat.comparison import Comparison
    from chatglm_desktop.chat.service import ServiceFor
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.conversation import Conversation
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.history import History
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.store import Store


class ChatSession:
    """The live object of one conversation; the only one that writes to it.

    Emits :data:`SessionEvent` values through ``events``, and what can be taken back through
    ``done``. ``services`` gives what answers in a conversation that is set up in some way.
    ``queue`` holds what is to be sent when the running reply has ended.
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
        self.done: Signal[MessageStep] = Signal()
        self._store = store
        self._clock = clock or Clock()
        emit = self.events.emit
        self._branch = ActiveBranch(conversation, store, tasks, emit, lambda: self.history)
        self._replies = Replies(
            self._branch, store, tasks, self._clock, emit=emit, ended=self._ended
        )
        self._dropped: set[str] = set()
        self.queue = Queue(self, queued, self._branch.keep_queue, emit)
        self._asking = Asking(
            self._branch,
            self._replies,
            services,
            self._clock,
            emit=emit,
            history=lambda: self.history,
            began=self.queue.reply_began,
        )
        self._altering = Altering(self._branch, store, self._clock, emit=emit, done=self.done.emit)

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def running(self) -> bool:
        """A reply is on its way; nothing else can be sent."""
        return len(self._replies) > 0

    @property
    def busy(self) -> bool:
        """A reply is on its way, or one will be as soon as its branch is there."""
        return self.running or self._branch.waited_for

    @property
    def undecided(self) -> bool:
        """Answers are compared of which none is kept yet."""
        return self.comparison is not None

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
        return self._replies.status(self.conversation.leaf_id)

    def retry_now(self) -> None:
        """Try again at once where a running reply waits for its next try."""
        self._replies.hurry()

    @property
    def history(self) -> History:
        """The newest messages; a running reply holds what has arrived so far."""
        history = replace(self.conversation.history, aside=self._branch.aside)
        return self._replies.shown_in(history)

    def look_aside(self) -> None:
        """Find out what the branch hides; told of as an event."""
        self._branch.look()

    async def load(self, first: int, count: int) -> tuple[Message, ...]:
        """At most ``count`` messages of the active branch from the position ``first`` on.

        Positions are those at the time when this returns. Raises StoreErrors.
        """
        return await self._branch.load(first, count)

    def send(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Add the user's turn and start the reply. Returns at once.

        Raises RuntimeError while a reply is running, ValueError for a blank text without files.
        """
        self._refuse(text, attachments)
        ask = partial(self._asking.ask, text, attachments, self._setup)
        self._branch.when_ready(ask, self._idle)

    def retry(self, message_id: str, setup: Setup | None = None) -> None:
        """Ask for the reply ``message_id`` again; the old one, and what followed, is a version.

        One that is compared comes anew in its place, from its own model. With ``setup`` another
        model answers, this time only. Raises RuntimeError unless :meth:`can_retry`.
        """
        if not self.can_retry(message_id):
            raise RuntimeError("a reply is still running")
        if self._asking.compares(message_id):
            self._asking.ask_compared(message_id, setup)
            return
        again = partial(self._asking.ask_again, setup or self._setup)
        self._branch.with_message(message_id, again, self._idle)

    def can_retry(self, message_id: str) -> bool:
        """Whether a reply can be asked for again: one that is compared though others run."""
        compared = self._asking.compares(message_id)
        return message_id not in self._replies if compared else not self.running

    def continue_reply(self, message_id: str) -> None:
        """Let what is missing of the last reply come after its text; nothing else goes on.

        Raises RuntimeError while a reply is running.
        """
        self._refuse_while_running()
        go_on = partial(self._asking.go_on, self._setup)
        self._branch.with_message(message_id, go_on, self._idle)

    def compare(
        self, text: str, setups: Sequence[Setup], attachments: Sequence[AttachmentPart] = ()
    ) -> None:
        """Ask several models the same; :meth:`keep` one answer to go on with it.

        Raises as :meth:`send`.
        """
        self._refuse(text, attachments)
        ask = partial(self._asking.ask_several, text, attachments, setups)
        self._branch.when_ready(ask, self._idle)

    def compare_again(self, message_id: str, setups: Sequence[Setup]) -> None:
        """As :meth:`compare`, for the question ``message_id``, or the one of that reply."""
        self._refuse_while_running()
        compare = partial(self._asking.compare_turn, setups, self._idle)
        self._branch.with_message(message_id, compare, self._idle)

    @property
    def comparison(self) -> Comparison | None:
        """The answers of which none is kept yet."""
        return self._asking.comparison

    def compared(self) -> tuple[Message, ...]:
        """The answers that are compared, with what has arrived so far."""
        return self._asking.compared()

    def keep(self, message_id: str) -> None:
        """Go on with one of the compared answers; the others end and stay as versions."""
        others = self._asking.keep(message_id)
        if others is not None:
            self._dropped.update(id for id in others if id in self._replies)
            self._branch.change(lambda: self._store.tree.reveal(self.id, message_id))
            if message_id not in self._replies:
                self.queue.reply_ended(well=True)

    def edit(
        self,
        message_id: str,
        text: str,
        attachments: Sequence[AttachmentPart] = (),
        *,
        ask: bool = True,
    ) -> None:
        """Ask ``text`` in place of the question ``message_id``, which stays as a version.

        Unless it is to ``ask``, also of a reply: then what followed stays. Raises RuntimeError
        while a reply is running, ValueError for a blank text without files.
        """
        self._refuse(text, attachments)
        act = partial(self._altering.rewrite, text, attachments)
        if ask:
            act = partial(self._asking.ask_in_place, text, attachments, self._setup)
        self._branch.with_message(message_id, act, self._idle)

    def delete(self, message_id: str) -> None:
        """Take the message out of the conversation. Raises RuntimeError while a reply is running.

        What followed it stays.
        """
        self._refuse_while_running()
        self._branch.with_message(message_id, self._altering.delete, self._idle)

    def undelete(self) -> None:
        """Take the latest deletion back; does nothing where there is none to take back."""
        self._branch.change(lambda: self._store.tree.restore_latest(self.id))

    def undelete_all(self) -> None:
        """Put all messages back that were deleted from the conversation."""
        self._branch.change(lambda: self._store.tree.restore_all(self.id))

    def clear(self) -> None:
        """Begin anew; all messages stay as a version. Raises RuntimeError as :meth:`send`."""
        self._refuse_while_running()
        self._branch.when_ready(self._altering.clear, self._idle)

    def show_version(self, message_id: str, index: int) -> None:
        """Go over to version ``index`` of a message. Raises RuntimeError as :meth:`send`."""
        self._refuse_while_running()
        self._branch.change(lambda: self._store.tree.show_version(self.id, message_id, index))

    def show_beyond(self) -> None:
        """Go on with what follows the end of the branch. Raises RuntimeError as :meth:`send`."""
        self._refuse_while_running()
        self._branch.change(lambda: self._store.tree.show_beyond(self.id))

    async def reveal(self, message_id: str) -> bool:
        """Make the branch active that holds a message; whether there is one. Raises StoreErrors."""
        await self.saved()
        if await self._store.position_of(self.id, message_id) is not None:
            return True
        return await self.apply(lambda: self._store.tree.reveal(self.id, message_id))

    async def catch_up(self) -> None:
        """Show what another program has done to the conversation meanwhile. Raises StoreErrors.

        While a reply runs nothing is done: the next question follows it in any case.
        """
        await self.saved()
        stored, known = await self._store.load_history(self.id, 1), self.conversation
        if self._idle() and (stored.leaf_id, stored.length) != (known.leaf_id, known.length):
            await self.apply(_unchanged)

    async def apply(self, work: Callable[[], Awaitable[bool]]) -> bool:
        """Do with the store what changes the branch, and show it; the result of ``work``."""
        return await self._branch.apply(work)

    def stop(self, message_id: str | None = None) -> None:
        """End what runs, or only one reply; what arrived is kept."""
        self._replies.stop(message_id)

    def close(self) -> None:
        """The program ends: stop what runs, and what still waits for its branch when it begins."""
        self._replies.close()

    @property
    def unsaved(self) -> bool:
        """Whether there are messages that the store does not have."""
        return self._branch.behind

    def save_again(self) -> None:
        """Try once more to save what the store has refused."""
        self._branch.save_again()

    async def saved(self) -> None:
        """Wait until all has been saved but for a reply that still runs."""
        await self._branch.saved()

    async def settled(self) -> None:
        """Wait until no reply runs and all has been saved."""
        await self._replies.settled()
        await self._branch.settled()

    def _idle(self) -> bool:
        return not self.running

    def _refuse(self, text: str, attachments: Sequence[AttachmentPart]) -> None:
        if not text.strip() and not attachments:
            raise ValueError("nothing to send")
        self._refuse_while_running()

    def _refuse_while_running(self) -> None:
        if self.running:
            raise RuntimeError("a reply is still running")

    def _ended(self, final: Message) -> None:
        if self.comparison is not None:
            self.comparison.put(final)
            self.queue.reply_dropped()
        elif final.id in self._dropped:
            self._dropped.discard(final.id)
            self.queue.reply_dropped()
        else:
            self.queue.reply_ended(well=final.state is MessageState.COMPLETE)


async def _unchanged() -> bool:
    """The store is as it should be: it is what is in memory that follows."""
    return True
