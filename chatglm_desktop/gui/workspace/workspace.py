# SPDX-License-Identifier: MIT
"""Which conversations are open, with draft and position; knows no SQL and no wire."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chatglm_desktop.core.tab_row import TabRow
from chatglm_desktop.gui.panes.doubt import DoubtPage
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.workspace.drafts import Drafts
from chatglm_desktop.gui.workspace.dragging import TabDragging
from chatglm_desktop.gui.workspace.keys import PageKeys
from chatglm_desktop.gui.workspace.loading import Loading
from chatglm_desktop.gui.workspace.marks import Marks
from chatglm_desktop.gui.workspace.pages import Beginning, PageMaking, Pages
from chatglm_desktop.gui.workspace.places import Places
from chatglm_desktop.gui.workspace.tab_verbs import TabVerbs

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.arranging import LibraryChange
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.tabs import Anchor
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.onboarding.offers import ServiceOffers
    from chatglm_desktop.gui.setup_control import SetupSources
    from chatglm_desktop.gui.widgets.badge import Badge
    from chatglm_desktop.gui.workspace.opened import Opened
    from chatglm_desktop.gui.workspace.opening_marks import OpeningMarks

SAVE_AFTER_MS = 400
"""How long drafts and positions may wait to be saved."""


class Workspace(QObject):
    """Opens, closes and restores tabs; a tab gets its page when it is first shown.

    ``new_page`` makes an empty page; ``sources`` are where it looks up what can be chosen,
    ``offers`` asks on it for a service. :attr:`places` moves tabs about, :attr:`row` knows all.
    Emits ``follow_mode_chosen(mode)`` when the user chose in one tab how all follow replies,
    ``export_wanted(id, first, count)`` of messages by their positions, and
    ``tab_export_wanted(id)``.
    """

    follow_mode_chosen = Signal(str)
    export_wanted = Signal(str, int, int)
    tab_export_wanted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        tasks: Tasks,
        new_page: Callable[[], ConversationPage],
        sources: SetupSources,
        *,
        offers: ServiceOffers,
        opening: OpeningMarks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._tasks = tasks
        self._opening = opening
        self.row = TabRow()
        self._pages = Pages(window, library, tasks, PageMaking(new_page, sources, offers))
        self.places = Places(window, self.row, self._pages, self.title)
        self._loading = Loading(self, library, tasks, opening, anchor=self._anchor, take=self._take)
        self._drafts = Drafts(library.save_draft)
        self._marks = Marks(window, library, self.places.visible)
        TabVerbs(window, self, library, tasks)
        TabDragging(window, self)
        PageKeys(window, lambda: self._pages.opened(self.current_id))
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self.save)
        self._connect()

    def _connect(self) -> None:
        window, library = self._window, self._library
        window.new_requested.connect(partial(self.new_tab, None))
        window.close_tab_requested.connect(self.close_current)
        window.sidebar.open_requested.connect(self.open)
        window.tabs.close_requested.connect(self.close)
        window.tabs.moved.connect(self._arrange)
        window.tabs.new_requested.connect(partial(self.new_tab, None))
        self.places.shown.connect(self._show)
        self.places.page_wanted.connect(self._want)
        self.places.emptied.connect(self._fill)
        self.places.close_requested.connect(self.close)
        self.places.changed.connect(self._save_soon)
        self._loading.loaded.connect(self.places.page_came)
        self._loading.lost.connect(self._lose)
        self._loading.doubted.connect(self._doubt)
        self._pages.draft_changed.connect(self._note_draft)
        self._pages.finished.connect(self._finish)
        self._pages.open_wanted.connect(self.open)
        self._pages.position_changed.connect(self._save_soon)
        self._pages.follow_mode_chosen.connect(self.follow_mode_chosen)
        self._pages.export_wanted.connect(self.export_wanted)
        library.changed.connect(self._refresh)
        library.failed.connect(window.show_store_error)
        library.draft_refused.connect(self._drafts.refused)

    @property
    def current_id(self) -> str | None:
        """The conversation in front: keys go to it."""
        return self.places.front_id

    def page(self, conversation_id: str) -> ConversationPage:
        """The page of an open tab. Raises KeyError before the tab was first shown."""
        return self._pages[conversation_id]

    def loaded(self) -> frozenset[str]:
        """The conversations whose page is there."""
        return self._pages.ids()

    def badge(self, conversation_id: str) -> Badge:
        """How the tab is marked."""
        return self._marks.badge(conversation_id)

    def title(self, conversation_id: str) -> str:
        """What the tab is called."""
        return self._library.title(conversation_id) or tr("New conversation")

    async def restore(self) -> None:
        """Open the tabs of last time; only what is seen is loaded. Raises StoreErrors."""
        await self._library.load()
        self.row.take(await self._library.tabs())
        self._drafts.take(await self._library.drafts())
        self.places.restore()
        if not self.row.shown():
            self.new_tab()
        await self._loading.finish()

    def new_tab(self, folder_id: str | None = None) -> None:
        """A new conversation in a folder and a tab of its own; an untouched one is used again."""
        front = self._pages.opened(self.current_id)
        if front is not None and front.page.blank:
            self._library.place_new(self.current_id or "", folder_id)
            front.page.take_focus()
            return
        session = self._begin(folder_id)
        self.places.show(session.id)
        self._pages.offer_service(session)

    def open(self, conversation_id: str, after: str | None = None) -> None:
        """Show a saved conversation, in the tab or window that it has or in a new tab.

        A new one stands at the end, or to the right of ``after``.
        """
        if conversation_id not in self.row:
            self.row.add(conversation_id, after)
            self.places.halves.add(conversation_id)
        self.places.show(conversation_id)

    async def bring(self, conversation_id: str, *, beside: bool = False) -> Opened | None:
        """Show a saved conversation, in the right half if ``beside``; wait until it is there.

        None if it cannot be read, or the user has to be asked first.
        """
        await self._library.summaries([conversation_id])
        if beside and conversation_id != self.current_id:
            if conversation_id not in self.row:
                self.row.add(conversation_id)
                self.places.halves.add(conversation_id)
            self.places.split(conversation_id)
        else:
            self.open(conversation_id)
        await self._loading.finish()
        return self._pages.opened(conversation_id)

    def open_in_window(self, conversation_id: str) -> None:
        """Show a saved conversation in a window of its own."""
        self.open(conversation_id)
        if conversation_id not in self.places.windows:
            self.places.detach(conversation_id)

    def close_current(self) -> None:
        if self.current_id is not None:
            self.close(self.current_id)

    def close(self, *conversation_ids: str) -> None:
        """Close tabs. Their conversations stay, and so do replies that are on their way."""
        self.save()
        for id in conversation_ids:
            self._close(id)
        self.places.refill()

    def _close(self, conversation_id: str) -> None:
        self.row.close(conversation_id)
        self.places.remove(conversation_id)
        if self._library.summary(conversation_id) is None:
            # There is nothing to open again.
            self.row.forget(conversation_id)
        if self._pages.close(conversation_id):
            self._library.release(conversation_id)

    def pin(self, conversation_id: str, pinned: bool) -> None:
        """Keep a tab small and first, or no longer."""
        self.row.pin(conversation_id, pinned)
        self._window.tabs.set_pinned(conversation_id, pinned)
        self._window.tabs.arrange(self.row.shown())
        self._save_soon()

    def reopen(self, conversation_id: str | None = None) -> None:
        """Open a closed tab where it was, as it was: the last one, unless it is named."""
        for id in [conversation_id] if conversation_id else self.row.closed_ids():
            if id in self._library:
                self.row.reopen(id)
                self.places.reopen(id)
                return

    def save(self) -> None:
        """Save drafts that have changed, and all tabs with their positions."""
        self._save_timer.stop()
        self._drafts.save()
        for id in self._pages.ids() & set(self.row.open_ids()):
            transcript = self._pages[id].transcript
            selected = transcript.selection
            words = selected.to_text() if selected and not selected.empty else None
            self.row.note_reading(id, transcript.anchor(), words)
        self.places.windows.note_shapes()
        self._library.save_tabs(self.row.states())

    def leave(self) -> None:
        """The program ends: save, and let all windows but the main one go."""
        self.save()
        self._opening.clear()
        self.places.windows.dismiss()

    def _fill(self) -> None:
        """The bar is empty, perhaps because its last tab has a window now, which stays in front."""
        session = self._begin()
        self.places.show_behind(session.id)
        self._pages.offer_service(session)

    def _begin(self, folder_id: str | None = None) -> ChatSession:
        """A new conversation in a folder, with a tab and a page."""
        session = self._library.new(folder_id)
        self.row.add(session.id)
        self._take(session)
        self.places.halves.add(session.id)
        return session

    def _show(self, conversation_id: str) -> None:
        self._marks.seen(conversation_id)
        self._window.sidebar.set_current(conversation_id)

    def _want(self, conversation_id: str) -> None:
        """A page is to be shown that is not there."""
        if self._pages.revive(conversation_id):
            self.places.page_came(conversation_id)
        else:
            self._loading.want(conversation_id)

    def _take(self, session: ChatSession, position: int | None = None) -> None:
        """Make the page of a session, unless its tab was closed while the store was reading."""
        if session.id not in self.row:
            self._library.release(session.id)
        elif session.id not in self._pages:
            draft, tab = self._drafts.draft(session.id), self.row[session.id]
            self._pages.add(session, Beginning(draft, tab.anchor, position, tab.selection))

    def _lose(self, conversation_id: str) -> None:
        self._window.show_unopened(self.title(conversation_id))
        if conversation_id in self.row:
            self.close(conversation_id)

    def _doubt(self, conversation_id: str) -> None:
        question = DoubtPage(self._window.themes, self.title(conversation_id))
        question.opening_wanted.connect(partial(self._loading.trust, conversation_id))
        question.closing_wanted.connect(partial(self.close, conversation_id))
        self._pages.stand_in(conversation_id, question)
        self.places.page_came(conversation_id)

    def _note_draft(self, conversation_id: str) -> None:
        # A page that was closed may still hear of a file or of the end of an input method.
        if conversation_id in self._pages:
            self._drafts.note(conversation_id, self._pages[conversation_id].composer.draft())
            self._save_soon()

    def _finish(self, conversation_id: str, draft: Draft) -> None:
        """The files of a tab that was closed have been read."""
        self._drafts.note(conversation_id, draft)
        self._library.release(conversation_id)
        self._save_soon()

    def _arrange(self, ids: list[str]) -> None:
        self.row.arrange(ids)
        self._save_soon()

    def _save_soon(self) -> None:
        if not self._save_timer.isActive():
            self._save_timer.start()

    def _anchor(self, conversation_id: str) -> Anchor | None:
        return self.row[conversation_id].anchor if conversation_id in self.row else None

    def _refresh(self, _: LibraryChange) -> None:
        for id in self.row.open_ids():
            self.places.retitle(id)
