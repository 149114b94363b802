# SPDX-License-Identifier: MIT
"""The column beside the tabs that lists all conversations; knows neither store nor sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatglm_desktop.core.listed_rows import HeadNumbers, archive_rows, main_rows, trash_rows
from chatglm_desktop.core.listing import Outline
from chatglm_desktop.gui.sidebar.day_watch import DayWatch
from chatglm_desktop.gui.sidebar.foot import Foot
from chatglm_desktop.gui.sidebar.list_model import LibraryListModel
from chatglm_desktop.gui.sidebar.revealing import Revealing
from chatglm_desktop.gui.sidebar.search_button import SearchButton
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import MIME, Verb, Wish
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge
from chatglm_desktop.gui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary
    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.gui.sidebar.shelf_bar import ShelfBar

WIDTH = 260


class Sidebar(QWidget):
    """Emits what the user wants done, and what it needs to know; shows what it is told.

    ``asked`` comes with a :class:`Wish`, ``looked`` with the numbers of rows to read, ``watched``
    with the conversations whose places matter. ``clock`` returns seconds since the epoch; when
    ``day_ended``, the groups of the list are to be found anew.
    """

    new_requested = Signal()
    search_requested = Signal()
    settings_requested = Signal()
    open_requested = Signal(str)
    rename_requested = Signal(str, str)
    folder_rename_requested = Signal(str, str)
    asked = Signal(object)
    looked = Signal(object)
    watched = Signal(object)
    day_ended = Signal()

    def __init__(
        self, themes: ThemeManager, clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._clock = clock
        self._outline = Outline()
        self._folders: Mapping[str, Folder] = {}
        self._names = HeadNumbers()
        self._day = DayWatch(clock, self)
        self._shelf_bar: ShelfBar | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setMinimumWidth(200)
        self.setMaximumWidth(480)
        native = QKeySequence.SequenceFormat.NativeText
        new_key, search_key = (QKeySequence(key).toString(native) for key in ("Ctrl+T", "Ctrl+K"))
        self._new = PrimaryButton(self._themes, "plus", tr("New conversation"), new_key)
        self._search = SearchButton(self._themes, search_key, MIME)
        self._model = LibraryListModel()
        self._model.setParent(self)
        self.view = LibraryView(self._themes, self._model)
        self._reveal = Revealing(self.view)
        self._foot = Foot(self._themes, MIME)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(10, 0, 10, 0)
        self._top.setSpacing(8)
        self._top.addWidget(self._new)
        self._top.addWidget(self._search)
        column.addLayout(self._top)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_requested)
        self._search.clicked.connect(self.search_requested)
        self._search.dropped.connect(partial(self._drop, "pin"))
        self._foot.dropped.connect(self._drop)
        self._foot.shelf_requested.connect(self.show_shelf)
        self._foot.settings_requested.connect(self.settings_requested)
        self.view.open_requested.connect(self.open_requested)
        self.view.asked.connect(self.asked)
        self.view.dragging.connect(self._take_drops)
        self.view.place.wanted.connect(self.looked)
        self._model.renamed.connect(self.rename_requested)
        self._model.folder_renamed.connect(self.folder_rename_requested)
        self._day.day_ended.connect(self.day_ended)

    def show_listing(self, outline: Outline, folders: Mapping[str, Folder]) -> None:
        """Show what is in the lists; ``folders`` are all, those in the trash too."""
        self._outline, self._folders = outline, folders
        self._day.begin()
        self._day.watch(self.isVisible())
        self._arrange()

    def put_rows(self, rows: Mapping[int, ConversationSummary]) -> None:
        """Show these conversations where their numbers stand."""
        self._model.put(rows)
        self.view.place.look()
        self._reveal.settle()

    def show_shelf(self, name: str) -> None:
        """Show the archive or the trash alone; "": all others."""
        self.view.shelf = name
        self._foot.show_shelf(name)
        self._arrange(afresh=True)
        self.view.scrollToTop()

    def _arrange(self, *, afresh: bool = False) -> None:
        folders = {id: f for id, f in self._folders.items() if f.trashed_at is None}
        match self.view.shelf:
            case "archive":
                rows = archive_rows(self._outline)
            case "trash":
                rows = trash_rows(self._outline, self._folders, self._names)
            case _:
                rows = main_rows(self._outline, folders, self._names)
        self._model.marks.place(self._outline.places, folders)
        self.view.folders = folders
        self.view.place.show(rows, self._clock(), afresh=afresh)
        self._show_bar()
        self._reveal.settle()

    def _show_bar(self) -> None:
        """What stands above the list."""
        shelf = self.view.shelf
        self._new.setVisible(not shelf)
        self._search.setVisible(not shelf)
        if shelf and self._shelf_bar is None:
            from chatglm_desktop.gui.sidebar.shelf_bar import ShelfBar  # late: seldom seen

            self._shelf_bar = ShelfBar(self._themes)
            self._shelf_bar.left.connect(partial(self.show_shelf, ""))
            self._shelf_bar.empty_requested.connect(partial(self.asked.emit, Wish("empty_trash")))
            self._top.addWidget(self._shelf_bar)
        if self._shelf_bar is not None:
            self._shelf_bar.setVisible(bool(shelf))
            self._shelf_bar.show_shelf(shelf, is_empty=self._model.is_empty)

    def _take_drops(self, dragging: bool) -> None:
        """Folders can be thrown away, but neither pinned nor archived."""
        dragged = self.view.drags.dragged
        conversations = dragging and dragged is not None and bool(dragged.numbers)
        self._search.set_pins(conversations)
        self._foot.take_drops("archive", conversations)
        self._foot.take_drops("trash", dragging)

    def _drop(self, verb: Verb) -> None:
        for wish in self.view.drags.dropped_on(verb):
            self.asked.emit(wish)

    def set_current(self, conversation_id: str | None) -> None:
        """Highlight the conversation in front and bring it into view."""
        if conversation_id != self._model.marks.current:
            self._model.marks.current = conversation_id
            self._remark()
            self._reveal.conversation(conversation_id)

    def set_marks(
        self,
        streaming: Iterable[str] = (),
        unread: Iterable[str] = (),
        failed: Iterable[str] = (),
    ) -> None:
        """Which conversations to mark; one in several sets shows the first of them."""
        badges: dict[str, Badge] = dict.fromkeys(failed, "failed")
        badges.update(dict.fromkeys(unread, "unread"))
        badges.update(dict.fromkeys(streaming, "streaming"))
        if badges != self._model.marks.badges:
            self._model.marks.badges = badges
            self._remark()

    def _remark(self) -> None:
        self._model.marks.settle()
        self._model.remark()
        self.watched.emit(self._model.marks.watched)

    def start_rename(self, conversation_id: str, then: Callable[[], object] | None = None) -> None:
        """Let the user edit the title in the list; ``then`` is called when that has ended."""
        if self.view.shelf:
            self.show_shelf("")
        self._reveal.rename(conversation_id, then)

    def start_folder_rename(self, folder_id: str) -> None:
        """Let the user edit the name of a folder, as soon as it is in the list."""
        self._reveal.rename_folder(folder_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._day.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._day.watch(False)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)
