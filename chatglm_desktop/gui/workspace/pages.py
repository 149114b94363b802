# SPDX-License-Identifier: MIT
"""Makes the pages of conversations and ties each to its session; knows no tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.accounts import DEMO, Setup
from chatglm_desktop.gui.bridge import Bridge
from chatglm_desktop.gui.comparing.control import ComparingControl
from chatglm_desktop.gui.message_actions import MessageActions
from chatglm_desktop.gui.navigation import Navigation
from chatglm_desktop.gui.queue_control import QueueControl
from chatglm_desktop.gui.setup_control import SetupControl
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.workspace.opened import Opened
from chatglm_desktop.transcript.selection import Selection

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.session import ChatSession
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.core.tabs import Anchor
    from chatglm_desktop.gui.conversation_page import ConversationPage
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.onboarding.offers import ServiceOffers
    from chatglm_desktop.gui.setup_control import SetupSources
    from chatglm_desktop.settings.options import FollowMode


@dataclass(frozen=True, slots=True)
class PageMaking:
    """``new_page`` makes an empty page; ``sources`` are where it looks up what can be chosen,
    ``offers`` asks on it for a service.
    """

    new_page: Callable[[], ConversationPage]
    sources: SetupSources
    offers: ServiceOffers


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a page begins: ``position`` is that of the anchor's message where that is not new."""

    draft: Draft
    anchor: Anchor | None = None
    position: int | None = None
    selection: str | None = None


class Pages(QObject):
    """The pages that are there, by conversation id.

    Emits ``draft_changed(id)``, ``position_changed()``, ``follow_mode_chosen(mode)`` when the user
    chose on one page how all follow replies, ``open_wanted(id)`` for a conversation that was
    branched off, and ``export_wanted(id, first, count)`` of messages by their positions. A page on
    which files are still being read when it is closed goes on unseen until they are; then
    ``finished(id, draft)`` is emitted.
    """

    draft_changed = Signal(str)
    position_changed = Signal()
    follow_mode_chosen = Signal(str)
    finished = Signal(str, object)
    open_wanted = Signal(str)
    export_wanted = Signal(str, int, int)

    def __init__(
        self, window: MainWindow, library: Library, tasks: Tasks, making: PageMaking
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._tasks = tasks
        self._making = making
        self._opened: dict[str, Opened] = {}
        self._finishing: dict[str, Opened] = {}
        self._stand_ins: dict[str, QWidget] = {}

    def __contains__(self, conversation_id: str) -> bool:
        return conversation_id in self._opened

    def __getitem__(self, conversation_id: str) -> ConversationPage:
        return self._opened[conversation_id].page

    def ids(self) -> frozenset[str]:
        return frozenset(self._opened)

    def opened(self, conversation_id: str | None) -> Opened | None:
        return self._opened.get(conversation_id or "")

    def widget(self, conversation_id: str | None) -> QWidget | None:
        """What is shown of a conversation: its page, or what stands in for it."""
        id = conversation_id or ""
        return self._opened[id].page if id in self._opened else self._stand_ins.get(id)

    def stand_in(self, conversation_id: str, widget: QWidget) -> None:
        """Show ``widget`` as long as a conversation has no page."""
        self._end_stand_in(conversation_id)
        self._stand_ins[conversation_id] = widget

    def add(self, session: ChatSession, beginning: Beginning) -> ConversationPage:
        """Make the page of a session that has none."""
        self._end_stand_in(session.id)
        page = self._making.new_page()
        page.show_history(session.history, beginning.anchor, beginning.position)
        if beginning.selection is not None:
            page.transcript.selecting.select(Selection.from_text(beginning.selection))
        page.composer.set_draft(beginning.draft)
        self._connect(session, page)
        self._opened[session.id] = Opened(
            page,
            self._bridge(session, page),
            self._navigation(session, page),
            SetupControl(session, page, self._making.sources, self._window.toast),
            QueueControl(session, page, self._window.toast),
            self._actions(session, page),
            ComparingControl(session, page, self._making.sources.themes, self._window.zoom),
        )
        return page

    def offer_service(self, session: ChatSession) -> None:
        """Let the page of ``session``, which has its place now, ask for a service."""
        self._making.offers.serve(session, self[session.id])

    def close(self, conversation_id: str) -> bool:
        """Let a page go, if it is there; False if files are still being read on it."""
        self._end_stand_in(conversation_id)
        opened = self._opened.pop(conversation_id, None)
        if opened is None:
            return True
        shelf = opened.page.composer.tray.shelf
        if not shelf.busy:
            opened.close()
            return True
        opened.page.setParent(self._window)
        self._finishing[conversation_id] = opened
        shelf.changed.connect(partial(self._look, conversation_id))
        return False

    def revive(self, conversation_id: str) -> bool:
        """Have a page back on which files are still being read; False if there is none."""
        opened = self._finishing.pop(conversation_id, None)
        if opened is not None:
            self._opened[conversation_id] = opened
        return opened is not None

    def _look(self, conversation_id: str) -> None:
        opened = self._finishing.get(conversation_id)
        if opened is not None and not opened.page.composer.tray.shelf.busy:
            del self._finishing[conversation_id]
            self.finished.emit(conversation_id, opened.page.composer.draft())
            opened.close()

    def _end_stand_in(self, conversation_id: str) -> None:
        if (widget := self._stand_ins.pop(conversation_id, None)) is not None:
            widget.deleteLater()

    def _connect(self, session: ChatSession, page: ConversationPage) -> None:
        window, transcript = self._window, page.transcript
        transcript.set_zoom(window.zoom.factor)
        window.zoom.changed.connect(transcript.set_zoom)
        transcript.zoom_wanted.connect(window.zoom.step)
        transcript.follow_mode_chosen.connect(self._set_follow_mode)
        transcript.position_changed.connect(self.position_changed)
        transcript.selecting.changed.connect(self.position_changed)
        transcript.told.connect(window.toast.show_message)
        transcript.export_wanted.connect(partial(self.export_wanted.emit, session.id))
        page.draft_changed.connect(partial(self.draft_changed.emit, session.id))
        page.link_activated.connect(_open_link)
        page.demo_requested.connect(partial(_try_demo, session))
        page.details_copied.connect(partial(window.toast.show_message, tr("Copied")))
        page.settings_wanted.connect(window.settings_requested)

    def _bridge(self, session: ChatSession, page: ConversationPage) -> Bridge:
        bridge = Bridge(session, page, self._tasks)
        bridge.failed.connect(self._window.show_store_error)
        return bridge

    def _actions(self, session: ChatSession, page: ConversationPage) -> MessageActions:
        sources, toast = self._making.sources, self._window.toast
        actions = MessageActions(session, page, self._library, sources, toast)
        actions.opened.connect(self.open_wanted)
        actions.failed.connect(self._window.show_store_error)
        return actions

    def _navigation(self, session: ChatSession, page: ConversationPage) -> Navigation:
        navigation = Navigation(session.id, page, self._library, self._tasks)
        navigation.failed.connect(self._window.show_store_error)
        navigation.told.connect(self._window.toast.show_message)
        return navigation

    def _set_follow_mode(self, mode: FollowMode) -> None:
        for opened in self._opened.values():
            opened.page.transcript.set_follow_mode(mode)
        self.follow_mode_chosen.emit(mode)


def _try_demo(session: ChatSession, message_id: str) -> None:
    if not session.running:
        session.choose(Setup(DEMO.id))
        session.retry(message_id)


def _open_link(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))
