# SPDX-License-Identifier: MIT
"""Carries a session's events to its page, at most one flush of text a frame; decides nothing.

And older messages, when the page has come to them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.chat.events import (
    AsideChanged,
    AskedAgain,
    BranchChanged,
    ComparisonChanged,
    DeltaArrived,
    MessageAdded,
    MessageDeleted,
    MessageEnded,
    QueueChanged,
    SavingFailed,
    SessionEvent,
    SetupChanged,
    StatusChanged,
)
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.delta_buffer import DeltaBuffer

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.history import History
    from chatglm_desktop.gui.conversation_page import ConversationPage

log = logging.getLogger(__name__)


class Bridge(QObject):
    """Between one session and one page. Owned by the page; call :meth:`close` before it goes.

    Emits ``failed(StoreError)`` when messages could not be read.
    """

    failed = Signal(object)

    def __init__(self, session: ChatSession, page: ConversationPage, tasks: Tasks) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._tasks = tasks
        self._closed = False
        self._deltas = DeltaBuffer(page.transcript.contents, self)
        page.submitted.connect(session.send)
        page.stop_requested.connect(session.stop)
        page.retry_requested.connect(session.retry)
        page.retry_now_requested.connect(session.retry_now)
        page.transcript.history_wanted.connect(self._read)
        session.events.connect(self._hear)
        page.set_running(session.running)
        page.show_aside(session.history.aside)
        self._show_status()

    def close(self) -> None:
        """Stop listening."""
        self._closed = True
        self._deltas.stop()
        self._session.events.disconnect(self._hear)

    def flush(self) -> None:
        """Hand all that waits to the page."""
        self._deltas.flush()

    def _hear(self, event: SessionEvent) -> None:
        match event:
            case DeltaArrived(id) | StatusChanged(id) if not self._shows(id):
                pass  # Of one that is compared with the reply on the branch.
            case AskedAgain(Message(id)) | MessageEnded(Message(id)) if not self._shows(id):
                self._page.set_running(self._session.running)
            case DeltaArrived(message_id, delta):
                self._deltas.take(message_id, delta)
            case MessageAdded(message):
                self._page.add_message(message)
                self._page.set_running(message.state.running)
            case BranchChanged(history):
                self._show(history)
            case MessageEnded(message):
                self.flush()
                self._page.set_running(self._session.running)
                self._page.end_message(message)
            case MessageDeleted(message_id):
                if not self._page.remove_message(message_id):
                    self._show(self._session.history)
            case StatusChanged(message_id, status):
                self._page.transcript.contents.set_status(message_id, status)
            case AsideChanged(aside):
                self._page.show_aside(aside)
            case (
                SetupChanged()
                | QueueChanged()
                | ComparisonChanged()
                | SavingFailed()
                | AskedAgain()
            ):
                pass  # Others listen for these; of what was not saved the library tells once.
            case _:
                assert_never(event)

    def _shows(self, message_id: str) -> bool:
        return message_id in self._page.transcript.contents

    def _show(self, history: History) -> None:
        """Show another branch: where the user reads, but a reply that begins is followed."""
        running = any(message.state.running for message in history.messages[-1:])
        self._page.show_history(history, None if running else self._page.transcript.anchor())
        self._page.show_aside(history.aside)
        self._page.set_running(running or self._session.running)
        self._show_status()

    def _show_status(self) -> None:
        """What a reply waits for that was asked for before the page saw it."""
        if (waits := self._session.status) is not None:
            self._page.transcript.contents.set_status(waits.message_id, waits.status)

    def _read(self, first: int, count: int) -> None:
        """The page has come to messages that are not at hand."""
        self._tasks.spawn(self._load(first, count), name=f"read {self._session.id}")

    async def _load(self, first: int, count: int) -> None:
        messages: tuple[Message, ...] = ()
        try:
            messages = await self._session.load(first, count)
        except StoreError as error:
            log.info("messages from %d on cannot be read: %s", first, error)
            if not self._closed:
                self.failed.emit(error)
        if not self._closed:
            self._page.transcript.contents.take(first, messages)
