# SPDX-License-Identifier: MIT
"""The windows of conversations that have one of their own; knows neither bar nor halves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from chatglm_desktop.gui.panes.window import PageWindow

if TYPE_CHECKING:
    from chatglm_desktop.core.tab_row import TabRow
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.pages import Pages


class Windows(QObject):
    """Emits what the user does with a window, with the id of its conversation:
    ``activated(id)``, ``back_requested(id)``, ``close_requested(id)``; ``page_wanted(id)`` for one
    that has no page yet, and ``changed()`` when there is something to save.
    """

    activated = Signal(str)
    back_requested = Signal(str)
    close_requested = Signal(str)
    page_wanted = Signal(str)
    changed = Signal()

    def __init__(
        self, main: MainWindow, row: TabRow, pages: Pages, title: Callable[[str], str]
    ) -> None:
        super().__init__(main)
        self._main = main
        self._row = row
        self._pages = pages
        self._title = title
        self._windows: dict[str, PageWindow] = {}

    def __contains__(self, conversation_id: object) -> bool:
        return conversation_id in self._windows

    def __getitem__(self, conversation_id: str) -> PageWindow:
        return self._windows[conversation_id]

    def visible(self) -> list[str]:
        """Those that the user can see."""
        return [id for id, window in self._windows.items() if not window.isMinimized()]

    def open(self, conversation_id: str, corner: QPoint | None = None) -> None:
        """Open a window, at ``corner`` of the screen, else where the tab had one."""
        window = PageWindow(self._main.themes, self._main.shortcut("window"))
        # Keys do in it what they do in the main window.
        window.addActions(self._main.actions())
        window.set_title(self._title(conversation_id))
        shape = self._row[conversation_id].shape
        if shape is not None:
            window.take_shape(shape)
        window.back_requested.connect(partial(self.back_requested.emit, conversation_id))
        window.close_requested.connect(partial(self.close_requested.emit, conversation_id))
        window.activated.connect(partial(self.activated.emit, conversation_id))
        window.reshaped.connect(self.changed)
        self._windows[conversation_id] = window
        self.show_page(conversation_id)
        window.show_at(corner)
        if self._pages.widget(conversation_id) is None:
            self.page_wanted.emit(conversation_id)

    def show_page(self, conversation_id: str) -> None:
        """Show the page of a conversation in its window, if it is there."""
        self._windows[conversation_id].pane.show_page(self._pages.widget(conversation_id))

    def close(self, conversation_id: str) -> None:
        """Let a window go, but not the page in it."""
        window = self._windows.pop(conversation_id)
        self._row.note_shape(conversation_id, window.shape())
        if (shown := self._pages.widget(conversation_id)) is not None:
            shown.setParent(self._main)
        window.dismiss()

    def retitle(self, conversation_id: str) -> None:
        if conversation_id in self._windows:
            self._windows[conversation_id].set_title(self._title(conversation_id))

    def note_shapes(self) -> None:
        """Remember in the row where the windows are."""
        for id, window in self._windows.items():
            self._row.note_shape(id, window.shape())

    def dismiss(self) -> None:
        """The program ends: all go, and stay in the row."""
        self._main.toast.hide()
        self._main.toast.move_to(self._main.main_area)
        for window in self._windows.values():
            window.dismiss()
        self._windows = {}
