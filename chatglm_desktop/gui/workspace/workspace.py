# SPDX-License-Identifier: MIT
"""Which conversation is open in which tab, with draft and position; knows no SQL and no wire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.tabs import Anchor, TabState
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.workspace.drafts import Drafts
from chatglm_desktop.gui.workspace.keys import PageKeys
from chatglm_desktop.gui.workspace.marks import Marks
from chatglm_desktop.gui.workspace.pages import Beginning, PageMaking, Pages

if TYPE_CHECKING:
    from chatglm_desktop.chat.library import Library
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.onboarding.offers import ServiceOffers
    from chatglm_desktop.gui.setup_control import SetupSources
    from chatglm_desktop.gui.widgets.badge import Badge

log = logging.getLogger(__name__)

SAVE_AFTER_MS = 400
"""How long drafts and positions may wait to be saved."""


class Workspace(QObject):
    """Opens, closes and restores tabs; a tab gets its page when it is first shown.

    ``new_page`` makes an empty page; ``sources`` are where it looks up what can be chosen,
    ``offers`` asks on it for a service.
    Emits ``follow_mode_chosen(mode)`` when the user chose in one tab how all follow replies.
    """

    follow_mode_chosen = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        tasks: Tasks,
        new_page: Callable[[], ConversationPage],
        sources: SetupSources,
        *,
        offers: ServiceOffers,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._tasks = tasks
        self._pages = Pages(window, library, tasks, PageMaking(new_page, sources, offers))
        self._anchors: dict[str, Anchor | None] = {}
        self._drafts = Drafts(library.save_draft)
        self._marks = Marks(window, library, lambda: self.current_id)
        PageKeys(window, lambda: self._pages.opened(self.current_id))
        self._blank = QWidget()
        window.pages.addWidget(self._blank)
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self.save)
        self._connect()

    def _connect(self) -> None:
        window, library = self._window, self._library
        window.new_requested.connect(self.new_tab)
        window.close_tab_requested.connect(self.close_current)
        window.sidebar.open_requested.connect(self.open)
        window.sidebar.rename_requested.connect(library.rename)
        window.sidebar.delete_requested.connect(self.trash)
        window.tabs.current_changed.connect(self._show)
        window.tabs.close_requested.connect(self.close)
        window.tabs.moved.connect(self._save_soon)
        window.tabs.new_requested.connect(self.new_tab)
        self._pages.draft_changed.connect(self._note_draft)
        self._pages.position_changed.connect(self._save_soon)
        self._pages.follow_mode_chosen.connect(self.follow_mode_chosen)
        library.changed.connect(self._refresh)
        library.failed.connect(window.show_store_error)

    @property
    def current_id(self) -> str | None:
        return self._window.tabs.current_id()

    def page(self, conversation_id: str) -> ConversationPage:
        """The page of an open tab. Raises KeyError before the tab was first shown."""
        return self._pages[conversation_id]

    def loaded(self) -> frozenset[str]:
        """The conversations whose page is there."""
        return self._pages.ids()

    def badge(self, conversation_id: str) -> Badge:
        """How the tab is marked."""
        return self._marks.badge(conversation_id)

    async def restore(self) -> None:
        """Open the tabs of last time; only the one in front is loaded. Raises StoreErrors."""
        await self._library.load()
        tabs = await self._library.tabs()
        self._drafts.take(await self._library.drafts())
        active = next((tab for tab in tabs if tab.active), tabs[-1] if tabs else None)
        if active is None:
            self.new_tab()
            return
        # Only the tab in front is loaded: the others do not come to the front on their way in.
        with QSignalBlocker(self._window.tabs):
            for tab in tabs:
                self._anchors[tab.conversation_id] = tab.anchor
                self._window.tabs.add_tab(tab.conversation_id, self._title(tab.conversation_id))
            self._window.tabs.set_current(active.conversation_id)
        await self._load(active.conversation_id)

    def new_tab(self) -> None:
        """A new conversation in a tab of its own; an untouched one is used again."""
        front = self._pages.opened(self.current_id)
        if front is not None and front.page.blank:
            front.page.take_focus()
            return
        session = self._library.new()
        self._add_page(session)
        self._window.tabs.add_tab(session.id, self._title(session.id))
        self._window.tabs.set_current(session.id)

    def open(self, conversation_id: str) -> None:
        """Show a saved conversation, in the tab that it has or in a new one."""
        if conversation_id not in self._window.tabs.ids():
            self._window.tabs.add_tab(conversation_id, self._title(conversation_id))
        self._window.tabs.set_current(conversation_id)

    def close_current(self) -> None:
        if self.current_id is not None:
            self.close(self.current_id)

    def close(self, conversation_id: str) -> None:
        """Close a tab. Its conversation stays, and so does a reply that is on its way."""
        self.save()
        self._window.tabs.remove_tab(conversation_id)
        if conversation_id in self._pages:
            self._window.pages.removeWidget(self._pages[conversation_id])
            self._anchors[conversation_id] = self._pages.close(conversation_id)
        self._library.release(conversation_id)
        if not self._window.tabs.ids():
            self.new_tab()
        self._save_soon()

    def trash(self, conversation_id: str) -> None:
        """Delete with a way back."""
        self.save()
        title = self._title(conversation_id)
        was_open = conversation_id in self._window.tabs.ids()
        self._library.trash(conversation_id)
        if was_open:
            self.close(conversation_id)
        self._window.toast.show_message(
            tr("“{title}” is in the trash.", title=title),
            tr("Undo"),
            partial(self._untrash, conversation_id, was_open),
            title=title,
        )

    def save(self) -> None:
        """Save drafts that have changed, and all tabs with their positions."""
        self._save_timer.stop()
        self._drafts.save()
        current = self.current_id
        self._library.save_tabs(
            [
                TabState(id, active=id == current, anchor=self._anchor(id))
                for id in self._window.tabs.ids()
            ]
        )

    def _untrash(self, conversation_id: str, reopen: bool) -> None:
        async def restore() -> None:
            await self._library.restore(conversation_id)
            if reopen:
                self.open(conversation_id)

        self._tasks.spawn(restore(), name=f"restore {conversation_id}")

    def _show(self, conversation_id: str) -> None:
        """Bring the tab's page to the front, loading it first where that is still to do."""
        self._marks.seen(conversation_id)
        self._window.sidebar.set_current(conversation_id)
        opened = self._pages.opened(conversation_id)
        if opened is None:
            # Never another conversation's page: what is typed now must not go there.
            self._window.pages.setCurrentWidget(self._blank)
            self._tasks.spawn(self._load(conversation_id), name=f"open {conversation_id}")
        else:
            self._window.pages.setCurrentWidget(opened.page)
            opened.page.take_focus()
        self._save_soon()

    async def _load(self, conversation_id: str) -> None:
        try:
            session = await self._library.open(conversation_id)
            position = await self._position(session)
        except (StoreError, KeyError) as error:
            log.info("conversation %s cannot be opened: %s", conversation_id, error)
            self._window.show_unopened(self._title(conversation_id))
            if conversation_id in self._window.tabs.ids():
                self.close(conversation_id)
            return
        # The tab may have been shown twice, or closed, while the store was reading.
        if conversation_id not in self._window.tabs.ids():
            self._library.release(conversation_id)
        elif conversation_id not in self._pages:
            self._add_page(session, position)
            # A long conversation takes a frame to take in, and one to show.
            await asyncio.sleep(0)
            if self.current_id == conversation_id:
                self._show(conversation_id)

    async def _position(self, session: ChatSession) -> int | None:
        """Where the message is at which the user stopped reading, if it is not a new one."""
        anchor = self._anchors.get(session.id)
        if anchor is None or any(m.id == anchor.message_id for m in session.history.messages):
            return None
        return await self._library.position_of(session.id, anchor.message_id)

    def _add_page(self, session: ChatSession, position: int | None = None) -> None:
        draft, anchor = self._drafts.draft(session.id), self._anchors.get(session.id)
        page = self._pages.add(session, Beginning(draft, anchor, position))
        self._window.pages.addWidget(page)
        self._pages.offer_service(session)

    def _note_draft(self, conversation_id: str) -> None:
        # A page that was closed may still hear of a file or of the end of an input method.
        if conversation_id in self._pages:
            self._drafts.note(conversation_id, self._pages[conversation_id].composer.draft())
            self._save_soon()

    def _save_soon(self) -> None:
        if not self._save_timer.isActive():
            self._save_timer.start()

    def _anchor(self, conversation_id: str) -> Anchor | None:
        opened = self._pages.opened(conversation_id)
        return opened.page.transcript.anchor() if opened else self._anchors.get(conversation_id)

    def _title(self, conversation_id: str) -> str:
        return self._library.title(conversation_id) or tr("New conversation")

    def _refresh(self, _: None) -> None:
        self._window.sidebar.set_conversations(self._library.summaries)
        for id in self._window.tabs.ids():
            self._window.tabs.set_title(id, self._title(id))
