# SPDX-License-Identifier: MIT
"""Between a session's queue and the rows that show it; sends nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.chat.events import ComparisonChanged, QueueChanged
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.events import SessionEvent
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.widgets.toast import Toast


class QueueControl(QObject):
    """Owned by the page; call :meth:`close` before it goes."""

    def __init__(self, session: ChatSession, page: ConversationPage, toast: Toast) -> None:
        super().__init__(page)
        self._session = session
        self._queue = session.queue
        self._composer = page.composer
        self._rows = page.composer.queue
        self._toast = toast
        page.queued.connect(self._add)
        page.requeued.connect(self._change)
        page.composer.edit_ended.connect(self._queue.release)
        self._rows.edit_wanted.connect(self._edit)
        self._rows.removed.connect(self._remove)
        self._rows.moved.connect(self._queue.move)
        self._rows.send_now_wanted.connect(self._queue.send_now)
        session.events.connect(self._hear)
        self._hear(self._queue.state)

    def close(self) -> None:
        """Stop listening, and let go of what is edited: nobody sees it any more."""
        self._session.events.disconnect(self._hear)
        self._queue.release()

    def _hear(self, event: SessionEvent) -> None:
        if isinstance(event, ComparisonChanged):
            # It tells what is waited for.
            event = self._queue.state
        if isinstance(event, QueueChanged):
            self._rows.show_items(event.items, stuck=event.stuck, undecided=event.undecided)
            self._composer.set_undecided(event.undecided)

    def _add(self, text: str, attachments: Sequence[AttachmentPart]) -> None:
        self._queue.add(text, attachments)
        self._composer.clear()

    def _edit(self, id: int) -> None:
        self._queue.hold(id)
        self._composer.edit_queued(id, self._rows.item(id).question)

    def _change(self, id: int, text: str, attachments: Sequence[AttachmentPart]) -> None:
        if id in self._rows.ids:
            self._queue.change(id, text, attachments)
        else:
            # Taken out in another window meanwhile; what was written is worth more.
            self._queue.add(text, attachments)
        self._composer.end_edit()

    def _remove(self, id: int) -> None:
        item = self._rows.item(id)
        if self._composer.editing_queued == id:
            self._composer.end_edit()
        index = self._queue.remove(id)
        back = partial(self._queue.put_back, index, item)
        self._toast.show_message(tr("The message is not sent."), tr("Undo"), back)
