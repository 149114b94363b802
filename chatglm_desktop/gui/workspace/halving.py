# SPDX-License-Identifier: MIT
"""Which tabs of the bar are shown in the halves of the window; knows no other window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from chatglm_desktop.gui.panes.halves import Side

if TYPE_CHECKING:
    from chatglm_desktop.core.tab_row import TabRow
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.pages import Pages

_SIDES: tuple[Side, Side] = ("left", "right")


class Halving(QObject):
    """Keeps halves and bar true to each other, and tells the row.

    Without a split the left half is all there is. Emits ``page_wanted(id)`` for a tab that is
    shown and has no page.
    """

    page_wanted = Signal(str)

    def __init__(
        self, window: MainWindow, row: TabRow, pages: Pages, title: Callable[[str], str]
    ) -> None:
        super().__init__(window)
        self._bar = window.tabs
        self._halves = window.pages
        self._row = row
        self._pages = pages
        self._title = title
        self._ids: dict[Side, str | None] = {"left": None, "right": None}

    @property
    def front_id(self) -> str | None:
        """The tab in the half that keys go to."""
        return self._ids[self._halves.side]

    @property
    def other_id(self) -> str | None:
        """The tab in the other half."""
        return self._ids[_other(self._halves.side)]

    @property
    def split(self) -> bool:
        return self._halves.split

    def ids(self) -> list[str]:
        """The tabs that are shown."""
        return [id for id in self._ids.values() if id is not None]

    def restore(self) -> None:
        """Show what the row says was shown; a half that was lost leaves the other alone."""
        row, shown = self._row, self._row.shown()
        right = next((id for id in shown if row[id].place == "beside"), None)
        mains = [id for id in shown if id != right]
        left = next((id for id in mains if row[id].active), mains[-1] if mains else None)
        if left is None:
            left, right = right, None
        with QSignalBlocker(self._bar):
            self._bar.add_tabs([(id, self._title(id), row[id].pinned) for id in shown])
        self._ids = {"left": left, "right": right}
        self._halves.set_split(right is not None)
        if right is not None and row[right].active:
            self._halves.set_side("right")
        self.arrange()

    def add(self, conversation_id: str) -> None:
        """Give a tab of the row its place in the bar."""
        index, pinned = self._row.index(conversation_id), self._row[conversation_id].pinned
        with QSignalBlocker(self._bar):
            title = self._title(conversation_id)
            self._bar.add_tab(conversation_id, title, index, pinned=pinned)

    def show(self, conversation_id: str) -> None:
        """Bring a tab to the front: its half, or in the half that keys go to."""
        for side in _SIDES:
            if self._ids[side] == conversation_id:
                self._halves.set_side(side)
                break
        else:
            self._ids[self._halves.side] = conversation_id
        self.arrange()

    def show_both(self, conversation_id: str, side: Side, beside: str) -> None:
        """Show a tab at ``side``, where keys go now, and ``beside`` in the other half."""
        self._ids[side], self._ids[_other(side)] = conversation_id, beside
        self._halves.set_split(True)
        self._halves.set_side(side)
        self.arrange()

    def unite(self, stays: str | None) -> None:
        """Show one tab, or none, in all of the window."""
        self._ids = {"left": stays, "right": None}
        self._halves.set_split(False)
        self.arrange()

    def swap(self) -> None:
        """Let the halves change places; keys go where they went."""
        self._ids = {"left": self._ids["right"], "right": self._ids["left"]}
        self._halves.set_side(_other(self._halves.side))
        self.arrange()

    def take_out(self, conversation_id: str) -> None:
        """Take a tab out of the bar; what is beside it, or a neighbour, takes its room."""
        if conversation_id in self.ids():
            others = [id for id in self.ids() if id != conversation_id]
            self.unite(others[0] if others else _neighbour(self._bar.ids(), conversation_id))
        with QSignalBlocker(self._bar):
            self._bar.remove_tab(conversation_id)

    def retitle(self, conversation_id: str) -> None:
        title = self._title(conversation_id)
        self._bar.set_title(conversation_id, title)
        for side in _SIDES:
            if self._ids[side] == conversation_id:
                self._halves.pane(side).header.set_title(title)

    def half_of(self, side: Side) -> str | None:
        return self._ids[side]

    def arrange(self) -> None:
        """Put pages, titles and marks where they are to be now."""
        for side in _SIDES:
            id = self._ids[side]
            # Never another conversation's page: what is typed now must not go there.
            self._halves.pane(side).show_page(self._pages.widget(id))
            if id is not None:
                self._halves.pane(side).header.set_title(self._title(id))
        self._note()
        with QSignalBlocker(self._bar):
            if self.front_id is not None:
                self._bar.set_current(self.front_id)
        self._bar.set_beside(self.other_id)
        for id in self.ids():
            if self._pages.widget(id) is None:
                self.page_wanted.emit(id)

    def _note(self) -> None:
        left, right = self._ids["left"], self._ids["right"]
        for id in self._row.shown():
            active = id == left or (id == right and self._halves.side == "right")
            self._row.change(id, active=active, place="beside" if id == right else "main")


def _other(side: Side) -> Side:
    return "left" if side == "right" else "right"


def _neighbour(ids: list[str], id: str) -> str | None:
    """What comes to the front when ``id`` goes: the tab to the right, else to the left."""
    place = ids.index(id)
    others = ids[place + 1 : place + 2] or ids[max(place - 1, 0) : place]
    return others[0] if others else None
