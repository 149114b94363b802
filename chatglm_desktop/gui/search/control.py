# SPDX-License-Identifier: MIT
"""Between the keys of the search, its windows, and whoever looks; the newest question wins."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from time import time
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from PySide6.QtCore import QObject

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.search.searcher import PAGE
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    import asyncio

    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.search import Hit, SearchOrder
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.search.panel import SearchPanel
    from chatglm_desktop.gui.search.searcher import Searcher
    from chatglm_desktop.gui.search.switch_rows import SwitchRow
    from chatglm_desktop.gui.search.switcher import Switcher

log = logging.getLogger(__name__)

_OFFERED = 50
"""Conversations that the switcher offers at once."""

Go: TypeAlias = "Callable[[str, Hit | None, bool], Coroutine[Any, Any, None]]"
"""Shows a conversation, at a hit if there is one, beside what is in front if that is wanted."""


class SearchControl(QObject):
    """Makes the windows when they are first wanted; ``go`` is how what is chosen is shown."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        tasks: Tasks,
        *,
        searcher: Searcher,
        go: Go,
        clock: Callable[[], float] = time,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._tasks = tasks
        self._searcher = searcher
        self._go = go
        self._clock = clock
        self._panel: SearchPanel | None = None
        self._switcher: Switcher | None = None
        self._finding: asyncio.Task[Any] | None = None
        self._switching: asyncio.Task[Any] | None = None
        window.search_requested.connect(self.search)
        window.switch_requested.connect(self.switch)

    def search(self, text: str = "") -> None:
        """Let the user find something in all conversations."""
        if self._panel is None:
            self._panel = self._new_panel()
            self._window.put_beside_sidebar(self._panel)
        was_hidden = self._panel.isHidden()
        self._panel.filters.set_folders(
            sorted(folder.name for folder in self._library.folders.values())
        )
        self._panel.open_with(text)
        if was_hidden and not text:
            # What was found last time may have changed.
            self._look_for(self._panel, self._panel.field.text(), self._panel.order)

    def switch(self) -> None:
        """Let the user go to a conversation by a part of its title."""
        if self._switcher is not None:
            self._switcher.leave()
            return
        from chatglm_desktop.gui.search.switcher import Switcher

        switcher = self._switcher = Switcher(self._window.themes, self._window.main_area)
        switcher.typed.connect(partial(self._offer, switcher))
        switcher.chosen.connect(self._take)
        switcher.left.connect(self._window.focus_composer)
        switcher.gone.connect(self._forget_switcher)
        switcher.open_card()
        self._offer(switcher, "")

    def _new_panel(self) -> SearchPanel:
        from chatglm_desktop.gui.search.panel import SearchPanel

        panel = SearchPanel(self._window.themes, self._clock)
        panel.query_changed.connect(partial(self._look_for, panel))
        panel.more_wanted.connect(partial(self._look_further, panel))
        panel.chosen.connect(self._show_hit)
        panel.closed.connect(partial(self._close, panel))
        return panel

    def _look_for(self, panel: SearchPanel, text: str, order: SearchOrder) -> None:
        _give_up(self._finding)
        if text.strip():
            panel.show_searching()
            self._finding = self._spawn(self._find(panel, text, order))
        else:
            panel.show_nothing()

    async def _find(self, panel: SearchPanel, text: str, order: SearchOrder) -> None:
        try:
            hits = await self._searcher.find(text, order, PAGE)
        except StoreError as error:
            log.info("nothing can be searched: %s", error)
            panel.show_failure(f"{tr(error.summary)}\n{tr(error.hint)}")
        else:
            panel.show_hits(hits, more=len(hits) == PAGE)
        indexing = self._searcher.indexing
        if indexing:
            done = indexing.total - indexing.remaining
            panel.show_indexing(100 * done // max(indexing.total, 1))

    def _look_further(self, panel: SearchPanel) -> None:
        _give_up(self._finding)
        further = self._find_more(panel, panel.field.text(), panel.order)
        self._finding = self._spawn(further)

    async def _find_more(self, panel: SearchPanel, text: str, order: SearchOrder) -> None:
        try:
            hits = await self._searcher.find(text, order, PAGE, panel.hits[-1])
        except StoreError as error:
            log.info("no more can be found: %s", error)
            hits = ()
        panel.add_hits(hits, more=len(hits) == PAGE)

    def _close(self, panel: SearchPanel) -> None:
        _give_up(self._finding)
        panel.hide()
        self._window.focus_composer()

    def _show_hit(self, hit: Hit, beside: bool) -> None:
        self._tasks.spawn(self._go(hit.conversation_id, hit, beside), name="go to a hit")

    def _offer(self, switcher: Switcher, text: str) -> None:
        _give_up(self._switching)
        self._switching = self._spawn(self._find_titles(switcher, text))

    async def _find_titles(self, switcher: Switcher, text: str) -> None:
        from chatglm_desktop.gui.search.switch_rows import switch_rows

        try:
            found = await self._searcher.switch(text, _OFFERED)
        except StoreError as error:
            log.info("no titles can be read: %s", error)
            found = ()
        if self._switcher is switcher:
            commands = self._window.commands()
            switcher.show_rows(switch_rows(text, found, self._library.folders, commands))

    def _take(self, row: SwitchRow, beside: bool) -> None:
        match row.kind:
            case "conversation":
                self._tasks.spawn(self._go(row.key, None, beside), name="go to a conversation")
            case "command":
                self._window.do(row.key)
            case "search":
                self.search(row.key)
            case "folder":
                self.search(f"{row.key} ")
            case _:
                assert_never(row.kind)

    def _forget_switcher(self) -> None:
        _give_up(self._switching)
        self._switcher = None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return self._tasks.spawn(work, name="search", needed=False)


def _give_up(task: asyncio.Task[Any] | None) -> None:
    if task is not None:
        task.cancel()
