# SPDX-License-Identifier: MIT
"""What keys, menus and the list of all tabs do with tabs; knows no page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.tabs.menu import TabFacts, TabMenu, TabVerb
from chatglm_desktop.gui.tabs.tab_list import Kind, ListedTab

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.workspace import Workspace

log = logging.getLogger(__name__)

_LISTED_CLOSED = 10
"""How many closed tabs stand in the list of all."""


class TabVerbs(QObject):
    """Between the window's keys and menus, and ``workspace``."""

    def __init__(
        self, window: MainWindow, workspace: Workspace, library: Library, tasks: Tasks
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._library = library
        self._tasks = tasks
        window.tab_verb_requested.connect(self._do_in_front)
        window.tabs.menu_wanted.connect(self.show_menu)
        window.tabs.list_requested.connect(self.show_list)

    def do(self, conversation_id: str, verb: TabVerb) -> None:
        """Do something with an open tab."""
        workspace, places, row = self._workspace, self._workspace.places, self._workspace.row
        verbs: dict[TabVerb, Callable[[str], object]] = {
            "reopen": lambda _: workspace.reopen(),
            "duplicate": self._duplicate,
            "rename": self._rename,
            "export": workspace.tab_export_wanted.emit,
            "pin": lambda id: workspace.pin(id, not row[id].pinned),
            "split": self._split_or_unite,
            "beside": self._open_beside,
            "swap": lambda _: places.swap(),
            "other_half": lambda _: places.go_to_other_half(),
            "window": places.move_out_or_back,
            "close": workspace.close,
            "close_others": lambda id: self._close(row.others(id), then=id),
            "close_right": lambda id: self._close(row.to_the_right(id), then=id),
            "all_tabs": lambda _: self.show_list(),
            "tab_menu": lambda id: self.show_menu(id, self._menu_corner(id)),
        }
        verbs[verb](conversation_id)

    def show_menu(self, conversation_id: str, position: QPoint) -> None:
        """Offer what can be done with a tab, at ``position`` of the screen."""
        places = self._workspace.places
        in_window = conversation_id in places.windows
        owner = places.windows[conversation_id] if in_window else self._window
        menu = TabMenu(self._facts(conversation_id), owner)
        menu.chosen.connect(partial(self.do, conversation_id))
        menu.popup(position)

    def show_list(self) -> None:
        """Offer all tabs, to type a part of a title."""
        from chatglm_desktop.gui.tabs.list_card import TabList

        bar, workspace = self._window.tabs, self._workspace
        host = self._window.main_area
        card = TabList(self._window.themes, host, self._listed())
        card.chosen.connect(workspace.open)
        card.reopening_wanted.connect(workspace.reopen)
        card.left.connect(self._window.focus_composer)
        button = bar.list_button_rect()
        card.open_at(bar.mapTo(host, QPoint(button.right(), bar.height())), workspace.current_id)

    def _do_in_front(self, verb: TabVerb) -> None:
        if (front := self._workspace.current_id) is not None:
            self.do(front, verb)

    def _facts(self, conversation_id: str) -> TabFacts:
        row, places = self._workspace.row, self._workspace.places
        in_window = conversation_id in places.windows
        return TabFacts(
            pinned=row[conversation_id].pinned,
            in_window=in_window,
            split=places.halves.split and conversation_id in places.halves.ids(),
            saved=conversation_id in self._library,
            alone=len(row.shown()) < 2,
            others=0 if in_window else len(row.others(conversation_id)),
            to_the_right=0 if in_window else len(row.to_the_right(conversation_id)),
            closed=len(row.closed_ids()),
            keys={
                "split": self._window.shortcut("split"),
                "beside": self._window.shortcut("split"),
                "close": self._window.shortcut("close_tab"),
                "reopen": self._window.shortcut("reopen"),
                "duplicate": self._window.shortcut("duplicate"),
                "rename": self._window.shortcut("rename"),
                "export": self._window.shortcut("export"),
                "pin": self._window.shortcut("pin"),
                "window": self._window.shortcut("window"),
                "close_others": self._window.shortcut("close_others"),
            },
        )

    def _listed(self) -> list[ListedTab]:
        """All tabs of the bar, then windows, then those that were closed lately."""
        workspace, row = self._workspace, self._workspace.row
        kinds: dict[str, Kind] = {id: "pinned" if row[id].pinned else "" for id in row.shown()}
        kinds |= dict.fromkeys(row.windows(), "window")
        closed = [id for id in row.closed_ids() if id in self._library]
        kinds |= dict.fromkeys(closed[:_LISTED_CLOSED], "closed")
        return [
            ListedTab(id, workspace.title(id), workspace.badge(id), kind)
            for id, kind in kinds.items()
        ]

    def _menu_corner(self, conversation_id: str) -> QPoint:
        places = self._workspace.places
        if conversation_id in places.windows:
            window = places.windows[conversation_id]
            return window.mapToGlobal(QPoint(8, window.pane.header.height()))
        return self._window.tabs.menu_corner(conversation_id)

    def _rename(self, conversation_id: str) -> None:
        places = self._workspace.places
        if conversation_id not in self._library:
            return  # not saved yet: there is nothing in the list that could be renamed
        if conversation_id in places.windows:
            self._rename_in_window(conversation_id)
        else:
            places.show(conversation_id)
            self._window.rename_current()

    def _rename_in_window(self, conversation_id: str) -> None:
        """The list is in another window, which would come to the front."""
        from chatglm_desktop.gui.dialogs.title import TitleDialog

        window = self._workspace.places.windows[conversation_id]
        dialog = TitleDialog(window, self._workspace.title(conversation_id))
        renamed = self._window.sidebar.rename_requested
        dialog.chosen.connect(partial(renamed.emit, conversation_id))
        dialog.open()

    def _split_or_unite(self, conversation_id: str) -> None:
        places = self._workspace.places
        if places.halves.split:
            places.end_split()
        else:
            self._open_beside(conversation_id)

    def _open_beside(self, conversation_id: str) -> None:
        """Show a tab in the right half; beside the one in front, the one that was before."""
        places = self._workspace.places
        in_front = conversation_id == places.halves.front_id
        if places.before(conversation_id) is None:
            # The only tab: a new conversation beside it, where it is not new itself.
            self._workspace.new_tab()
        before = places.before(conversation_id)
        if before is not None and in_front:
            places.show(conversation_id)
            places.split(before)
        elif before is not None:
            places.split(conversation_id)

    def _close(self, ids: list[str], then: str) -> None:
        self._workspace.places.show(then)
        self._workspace.close(*ids)

    def _duplicate(self, conversation_id: str) -> None:
        self._tasks.spawn(self._copy(conversation_id), name=f"duplicate {conversation_id}")

    async def _copy(self, conversation_id: str) -> None:
        self._workspace.save()
        try:
            copy = await self._library.copying.duplicate(conversation_id)
        except StoreError as error:
            log.info("conversation %s cannot be copied: %s", conversation_id, error)
            self._window.show_store_error(error)
        except KeyError:
            # It was deleted meanwhile, or nothing was ever said in it.
            log.info("there is no conversation %s to copy", conversation_id)
        else:
            self._workspace.open(copy, after=conversation_id)
