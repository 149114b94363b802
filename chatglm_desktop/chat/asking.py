# SPDX-License-Identifier: MIT
"""Asks: puts questions and replies on the active branch and starts what runs; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from chatglm_desktop.chat.comparison import Comparison
from chatglm_desktop.chat.events import (
    AskedAgain,
    BranchChanged,
    ComparisonChanged,
    MessageAdded,
    SessionEvent,
)
from chatglm_desktop.chat.turns import new_question, new_reply
from chatglm_desktop.core.continuing import can_continue
from chatglm_desktop.core.messages import Message, MessageState, Role

if TYPE_CHECKING:
    import asyncio

    from chatglm_desktop.chat.active_branch import ActiveBranch
    from chatglm_desktop.chat.clock import Clock
    from chatglm_desktop.chat.replies import Replies
    from chatglm_desktop.chat.service import ServiceFor
    from chatglm_desktop.core.accounts import Setup
    from chatglm_desktop.core.history import History
    from chatglm_desktop.core.messages import AttachmentPart


class Asking:
    """``history`` gives the branch as it is shown, ``began`` hears that a reply is on its way.

    The methods must not be called while a reply runs. Each ends a comparison, but for
    :meth:`ask_compared`.
    """

    def __init__(
        self,
        branch: ActiveBranch,
        replies: Replies,
        services: ServiceFor,
        clock: Clock,
        *,
        emit: Callable[[SessionEvent], None],
        history: Callable[[], History],
        began: Callable[[], None],
    ) -> None:
        self.comparison: Comparison | None = None
        self._branch = branch
        self._conversation = branch.conversation
        self._replies = replies
        self._services = services
        self._clock = clock
        self._emit = emit
        self._history = history
        self._began = began

    def ask(self, text: str, attachments: Sequence[AttachmentPart], setup: Setup) -> None:
        """Go on at the end of the branch."""
        self.end_comparison()
        question = self._add(new_question(text, attachments, *self._here()))
        self._emit(MessageAdded(question))
        reply = self._add(self._new_reply(setup))
        self._emit(MessageAdded(reply))
        self._branch.add(question)
        self._start(reply, setup, self._branch.add(reply))
        self._branch.grown()

    def ask_in_place(
        self,
        text: str,
        attachments: Sequence[AttachmentPart],
        setup: Setup,
        old: Message,
        position: int,
    ) -> None:
        """Ask another version of the question ``old``."""
        self.end_comparison()
        self._conversation.cut(position, old.parent_id)
        question = self._add(new_question(text, attachments, *self._here()))
        reply = self._add(self._new_reply(setup))
        self._emit(BranchChanged(self._history()))
        self._branch.add(question)
        self._start(reply, setup, self._branch.add(reply))
        self._branch.look()

    def ask_again(self, setup: Setup, old: Message, position: int) -> None:
        """Let another version of the reply ``old`` come."""
        self.end_comparison()
        self._conversation.cut(position, old.parent_id)
        again = self._add(self._new_reply(setup))
        self._emit(BranchChanged(self._history()))
        self._start(again, setup, self._branch.add(again))
        self._branch.look()

    def go_on(self, setup: Setup, old: Message, position: int) -> None:
        """Let what is missing of the last reply come after its text, if anything is."""
        if old.id != self._conversation.leaf_id or not can_continue(old):
            return
        self.end_comparison()
        reply = replace(old, state=MessageState.SENDING, failure=None, finish_reason="")
        reply = self._branch.put(reply)
        self._emit(BranchChanged(self._history()))
        self._start(reply, setup, self._branch.write(reply))

    def ask_several(
        self, text: str, attachments: Sequence[AttachmentPart], setups: Sequence[Setup]
    ) -> None:
        """Go on with a question that several models answer."""
        self.end_comparison()
        question = self._add(new_question(text, attachments, *self._here()))
        self._emit(MessageAdded(question))
        self._branch.add(question)
        self.compare(setups, question, self._conversation.length - 1)

    def compare(self, setups: Sequence[Setup], question: Message, position: int) -> None:
        """Let several models answer a question of the branch; the first one's answer is on it."""
        self.end_comparison()
        self._conversation.cut(position + 1, question.id)
        replies = [self._new_reply(setup) for setup in setups]
        self._add(replies[0])
        self.comparison = Comparison(question, replies, setups)
        self._emit(BranchChanged(self._history()))
        saved = self._branch.add(*replies)
        for reply, setup in zip(replies, setups, strict=True):
            self._start(reply, setup, saved)
        self._emit(ComparisonChanged(self.comparison))
        self._branch.look()

    def compare_turn(
        self, setups: Sequence[Setup], ready: Callable[[], bool], message: Message, position: int
    ) -> None:
        """As :meth:`compare`, for a question or the one of a reply, if then still ``ready``."""
        if message.role is Role.USER or message.parent_id is None:
            self.compare(setups, message, position)
        else:
            compare = partial(self.compare_turn, setups, ready)
            self._branch.with_message(message.parent_id, compare, ready)

    def compares(self, message_id: str) -> bool:
        """Whether a message is one of the answers of which none is kept yet."""
        return self.comparison is not None and message_id in self.comparison.ids

    def ask_compared(self, message_id: str, setup: Setup | None) -> None:
        """Let one of the compared answers, which does not run, come anew in its place.

        From the model that it was asked from, unless another ``setup`` is given.
        """
        assert self.comparison is not None  # see :meth:`compares`
        setup = setup or self.comparison.setup(message_id)
        old = self.comparison.reply(message_id)
        fresh = new_reply(self._services(setup).label, self._clock.now(), old.parent_id)
        reply = self._branch.put(replace(fresh, id=message_id))
        self.comparison.ask(reply, setup)
        if message_id in self._conversation:
            self._emit(BranchChanged(self._history()))
        self._start(reply, setup, self._branch.write(reply))
        self._emit(AskedAgain(reply))

    def compared(self) -> tuple[Message, ...]:
        """The answers that are compared, with what has arrived so far."""
        replies = () if self.comparison is None else self.comparison.replies
        return tuple(map(self._replies.newest, replies))

    def keep(self, message_id: str) -> tuple[str, ...] | None:
        """End all compared answers but one; which those are, None if that is none of them."""
        if self.comparison is None or message_id not in self.comparison.ids:
            return None
        others = tuple(id for id in self.comparison.ids if id != message_id)
        for id in others:
            self._replies.stop(id)
        self.end_comparison()
        return others

    def end_comparison(self) -> None:
        """What was compared stays as versions."""
        if self.comparison is not None:
            self.comparison = None
            self._emit(ComparisonChanged(None))

    def _here(self) -> tuple[float, str | None]:
        """When and where the next message is made."""
        return self._clock.now(), self._conversation.leaf_id

    def _new_reply(self, setup: Setup) -> Message:
        return new_reply(self._services(setup).label, *self._here())

    def _add(self, message: Message) -> Message:
        self._conversation.add(message)
        return message

    def _start(self, reply: Message, setup: Setup, saved: asyncio.Task[None]) -> None:
        length = self._conversation.length
        # An answer that is gone on with is itself part of what is asked.
        length -= not reply.parts
        self._replies.start(reply, self._services(setup), saved, length)
        self._began()
