# SPDX-License-Identifier: MIT
"""Carries what the user does with single messages from a page to its session; decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.widgets.toast import Toast


class MessageActions(QObject):
    """Between one page, which owns it, and one session; what was deleted can be taken back."""

    def __init__(self, session: ChatSession, page: ConversationPage, toast: Toast) -> None:
        super().__init__(page)
        self._session = session
        self._toast = toast
        page.edit_requested.connect(session.edit)
        page.delete_requested.connect(self._delete)

    def _delete(self, message_id: str) -> None:
        self._session.delete(message_id)
        self._toast.show_message(tr("Message deleted"), tr("Undo"), self._session.undelete)
