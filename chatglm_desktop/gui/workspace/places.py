# SPDX-License-Identifier: MIT
"""What the user sees: which tab is in front, in which half or window; loads nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from chatglm_desktop.gui.panes.halves import Side
from chatglm_desktop.gui.workspace.halving import Halving
from chatglm_desktop.gui.workspace.windows import Windows

if TYPE_CHECKING:
    from chatglm_desktop.core.tab_row import TabRow
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.pages import Pages


class Places(QObject):
    """Moves tabs between bar, halves and windows; ``row`` remembers where they are.

    Emits ``shown(id)`` when a conversation comes to the front, ``page_wanted(id)`` for one that
    has no page, ``emptied()`` when the last tab has left the bar, ``close_requested(id)`` when
    the user closes a window, and ``changed()`` when there is something to save.
    """

    shown = Signal(str)
    page_wanted = Signal(str)
    emptied = Signal()
    close_requested = Signal(str)
    changed = Signal()

    def __init__(
        self, window: MainWindow, row: TabRow, pages: Pages, title: Callable[[str], str]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._row = row
        self._pages = pages
        self._front_window: str | None = None
        self._recent: list[str] = []
        self.halves = Halving(window, row, pages, title)
        self.windows = Windows(window, row, pages, title)
        self._connect()

    def _connect(self) -> None:
        self.halves.page_wanted.connect(self.page_wanted)
        self.windows.page_wanted.connect(self.page_wanted)
        self.windows.close_requested.connect(self.close_requested)
        self.windows.changed.connect(self.changed)
        self.windows.activated.connect(self._enter_window)
        self.windows.back_requested.connect(self.attach)
        self._window.tabs.current_changed.connect(self.show)
        self._window.activated.connect(self._leave_window)
        self._window.pages.entered.connect(self._enter_half)
        self._window.pages.close_requested.connect(self.end_split)
        self._window.pages.swap_requested.connect(self.swap)

    @property
    def front_id(self) -> str | None:
        """The conversation that keys go to."""
        return self._front_window or self.halves.front_id

    def visible(self) -> frozenset[str]:
        """The conversations that the user can see."""
        halves = [] if self._window.isMinimized() else self.halves.ids()
        return frozenset(halves + self.windows.visible())

    def restore(self) -> None:
        """Show what the row says."""
        self.halves.restore()
        for id in self._row.windows():
            self.windows.open(id)
        if self.halves.front_id is not None:
            self._tell(self.halves.front_id)

    def show(self, conversation_id: str) -> None:
        """Bring an open tab to the front, wherever it is."""
        if conversation_id in self.windows:
            self.windows[conversation_id].bring_to_front()
            self._enter_window(conversation_id)
        elif conversation_id != self.front_id:
            if self._front_window is not None:
                self._window.bring_to_front()
            self._put_in_front(None)
            self.halves.show(conversation_id)
            self._tell(conversation_id)

    def show_behind(self, conversation_id: str) -> None:
        """Show a tab in the main window, but leave another window in front."""
        self.halves.show(conversation_id)
        self._tell_front()

    def page_came(self, conversation_id: str) -> None:
        """The page of a conversation is there now."""
        if conversation_id in self.windows:
            self.windows.show_page(conversation_id)
        elif conversation_id in self.halves.ids():
            self.halves.arrange()
        if conversation_id == self.front_id:
            self._tell(conversation_id)

    def split(self, conversation_id: str, side: Side = "right") -> None:
        """Show a tab in one half, and in the other what was in front, or was before."""
        if conversation_id in self.windows:
            self.attach(conversation_id)
        kept: Side = "left" if side == "right" or not self.halves.split else "right"
        beside = self.halves.half_of(kept)
        if beside == conversation_id:
            others = [id for id in self.halves.ids() if id != conversation_id]
            beside = others[0] if others else self.before(conversation_id)
        if beside is not None:
            self._put_in_front(None)
            self.halves.show_both(conversation_id, side, beside)
            self._tell(conversation_id)

    def end_split(self, side: Side | None = None) -> None:
        """Show one tab: close the half ``side``, or the one that keys do not go to."""
        if self.halves.split:
            stays = self.halves.front_id
            if side is not None:
                stays = self.halves.half_of("left" if side == "right" else "right")
            self.halves.unite(stays)
            self._tell_front()

    def swap(self) -> None:
        """Let the halves change places."""
        if self.halves.split:
            self.halves.swap()
            self._tell_front()

    def go_to_other_half(self) -> None:
        """Let keys go to the other half."""
        if self.halves.other_id is not None:
            self.show(self.halves.other_id)

    def detach(self, conversation_id: str, corner: QPoint | None = None) -> None:
        """Give a tab a window of its own, at ``corner`` of the screen, else where it had one."""
        self.halves.take_out(conversation_id)
        self._row.change(conversation_id, place="window", active=False)
        self.windows.open(conversation_id, corner)
        self.show(conversation_id)
        self.refill()

    def attach(self, conversation_id: str) -> None:
        """Bring the page of a window back into the bar."""
        self._close_window(conversation_id)
        self._row.change(conversation_id, place="main")
        self.halves.add(conversation_id)
        self.show(conversation_id)
        self._window.bring_to_front()

    def move_out_or_back(self, conversation_id: str) -> None:
        """Give a tab a window of its own, or bring it back from there."""
        if conversation_id in self.windows:
            self.attach(conversation_id)
        else:
            self.detach(conversation_id)

    def remove(self, conversation_id: str) -> None:
        """A tab that is closed goes from the screen; its page is still there."""
        if conversation_id in self.windows:
            self._close_window(conversation_id)
        else:
            self.halves.take_out(conversation_id)
        self._recent = [id for id in self._recent if id != conversation_id]

    def refill(self) -> None:
        """Show what has come to the front, or say that nothing has."""
        if not self._window.tabs.ids():
            self.emptied.emit()
        else:
            self._tell_front()
        self.changed.emit()

    def reopen(self, conversation_id: str) -> None:
        """Show a tab that was opened again, where the row says."""
        place = self._row[conversation_id].place
        if place == "window":
            self.windows.open(conversation_id)
            self.show(conversation_id)
            return
        self.halves.add(conversation_id)
        if place == "beside" and not self.halves.split:
            self.split(conversation_id)
        else:
            self.show(conversation_id)

    def retitle(self, conversation_id: str) -> None:
        """Take the title that the conversation has now."""
        self.halves.retitle(conversation_id)
        self.windows.retitle(conversation_id)

    def before(self, conversation_id: str) -> str | None:
        """The tab of the bar that was in front before this one, else any other."""
        others = [id for id in self._row.shown() if id != conversation_id]
        recent = [id for id in self._recent if id in others] or others
        return recent[-1] if recent else None

    def _put_in_front(self, conversation_id: str | None) -> None:
        """A window comes to the front, or (None) the main one; the toast goes along."""
        self._front_window = conversation_id
        main = self._window
        host = self.windows[conversation_id] if conversation_id else main.main_area
        main.toast.move_to(host)

    def _close_window(self, conversation_id: str) -> None:
        if self._front_window == conversation_id:
            self._put_in_front(None)
        self.windows.close(conversation_id)

    def _enter_window(self, conversation_id: str) -> None:
        if conversation_id in self.windows:
            self._put_in_front(conversation_id)
            self._tell(conversation_id)

    def _leave_window(self) -> None:
        """The main window is in front again, its focus where it was."""
        if self._front_window is not None:
            self._put_in_front(None)
            self._note_entered()

    def _enter_half(self, _: Side) -> None:
        """The focus has gone into the other half by itself."""
        self._put_in_front(None)
        self.halves.arrange()
        self._note_entered()

    def _note_entered(self) -> None:
        if (id := self.halves.front_id) is not None:
            self._note_recent(id)
            self.shown.emit(id)

    def _tell_front(self) -> None:
        if self.front_id is not None:
            self._tell(self.front_id)

    def _tell(self, conversation_id: str) -> None:
        """A conversation is in front: keys go to its page."""
        self._note_recent(conversation_id)
        opened = self._pages.opened(conversation_id)
        if opened is not None:
            opened.page.take_focus()
        elif (stand_in := self._pages.widget(conversation_id)) is not None:
            stand_in.setFocus()
        self.shown.emit(conversation_id)
        self.changed.emit()

    def _note_recent(self, conversation_id: str) -> None:
        self._recent = [id for id in self._recent if id != conversation_id]
        self._recent.append(conversation_id)
