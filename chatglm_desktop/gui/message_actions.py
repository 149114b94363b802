# SPDX-License-Identifier: MIT
"""Carries what the user does with messages from a page to its session; decides nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.model_picker.chooser import ModelChooser
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.steps import MessageStep
    from chatglm_desktop.core.accounts import Setup
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.setup_control import SetupSources
    from chatglm_desktop.gui.widgets.toast import Toast

log = logging.getLogger(__name__)


class MessageActions(QObject):
    """Owned by the page; call :meth:`close` before it goes.

    Emits ``opened(conversation id)`` when a new conversation was branched off, and
    ``failed(StoreError)`` when it was not.
    """

    opened = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: ChatSession,
        page: ConversationPage,
        library: Library,
        sources: SetupSources,
        toast: Toast,
    ) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self._library = library
        self._tasks = sources.tasks
        self._toast = toast
        self._about = ""
        self.chooser = ModelChooser(
            page, sources.themes, sources.catalogue, sources.accounts, tasks=sources.tasks
        )
        self._connect()

    def _connect(self) -> None:
        page, session = self._page, self._session
        page.edit_requested.connect(self._edit)
        page.rewrite_requested.connect(self._rewrite)
        page.delete_requested.connect(session.delete)
        page.version_wanted.connect(self._show_version)
        page.verb_wanted.connect(self._do)
        page.hidden_notice.show_wanted.connect(self._show_beyond)
        page.hidden_notice.restore_wanted.connect(session.undelete_all)
        self.chooser.chosen.connect(self._retry_with)
        self.chooser.several_chosen.connect(self._compare)
        self.chooser.service_wanted.connect(partial(page.service_wanted.emit, ""))
        self.chooser.left.connect(page.composer.focus_editor)
        self._library.message_done.connect(self._offer_undo)

    def close(self) -> None:
        """Stop listening."""
        self.chooser.close()
        self._library.message_done.disconnect(self._offer_undo)

    def _do(self, message_id: str, verb: str) -> None:
        session = self._session
        match verb:
            case "branch_off":
                self._tasks.spawn(self._branch_off(message_id), name=f"branch off {message_id}")
            case "restore":
                session.undelete_all()
            case "retry_with" if session.can_retry(message_id):
                self._about = message_id
                self.chooser.toggle(self._page.place_of(message_id), session.setup)
            case _ if session.running:
                pass
            case "continue":
                session.continue_reply(message_id)
            case "clear":
                session.clear()
            case "compare":
                self._about = message_id
                self.chooser.toggle(self._page.place_of(message_id), session.setup, several=True)

    def _edit(self, message_id: str, text: str, attachments: Sequence[AttachmentPart]) -> None:
        self._session.edit(message_id, text, attachments)

    def _rewrite(self, message_id: str, text: str, attachments: Sequence[AttachmentPart]) -> None:
        if not self._session.running:
            self._session.edit(message_id, text, attachments, ask=False)
            self._page.composer.end_edit()

    def _show_version(self, message_id: str, index: int) -> None:
        if not self._session.running:
            self._session.show_version(message_id, index)

    def _show_beyond(self) -> None:
        if not self._session.running:
            self._session.show_beyond()

    def _retry_with(self, account_id: str, model: str) -> None:
        if self._session.can_retry(self._about):
            self._session.retry(self._about, self._setup(account_id, model))

    def _compare(self, models: Sequence[tuple[str, str]]) -> None:
        if self._session.running:
            return
        setups = [self._setup(account_id, model) for account_id, model in models]
        if self._about:
            self._session.compare_again(self._about, setups)
            return
        composer = self._page.composer
        text, attachments = composer.text(), composer.attachments()
        if text.strip() or attachments:
            self._page.sending()
            self._session.compare(text, setups, attachments)

    def _setup(self, account_id: str, model: str) -> Setup:
        return replace(self._session.setup, account_id=account_id, model=model)

    async def _branch_off(self, message_id: str) -> None:
        try:
            self.opened.emit(await self._library.copying.branch_off(self._session.id, message_id))
        except StoreError as error:
            log.info("nothing was branched off: %s", error)
            self.failed.emit(error)
        except KeyError:
            log.info("message %s is gone", message_id)

    def _offer_undo(self, step: MessageStep) -> None:
        # A cleared conversation has a way back of its own, which a toast would cover.
        if step.conversation_id == self._session.id and step.kind != "clear":
            deleted = step.kind == "delete message"
            words = tr("Message deleted") if deleted else tr("Saved as another version")
            undo = partial(self._library.undo.undo, step)
            self._toast.show_message(words, tr("Undo"), undo)
