# SPDX-License-Identifier: MIT
"""The list of the sidebar with its keys, menus and scrolling; knows only the list's model."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from chatglm_desktop.core.listing import TRASH
from chatglm_desktop.gui.sidebar.delegate import RowDelegate
from chatglm_desktop.gui.sidebar.keeping_place import KeepingPlace
from chatglm_desktop.gui.sidebar.line import Line
from chatglm_desktop.gui.sidebar.list_model import Index, LibraryListModel
from chatglm_desktop.gui.sidebar.row_places import button_rect
from chatglm_desktop.gui.sidebar.wish import Verb, Wish
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
    from PySide6.QtWidgets import QMenu

    from chatglm_desktop.core.folders import Folder
    from chatglm_desktop.gui.sidebar.dragging import Dragging


class LibraryView(QListView):
    """Click or Enter opens, F2 edits in place, Delete deletes; a menu has these and all else.

    Emits ``open_requested`` with the id of a conversation, ``asked`` with a :class:`Wish`, and
    ``dragging`` when a drag begins and when it ends. ``shelf`` names the list that is shown
    instead of all: the archive or the trash.
    """

    open_requested = Signal(str)
    asked = Signal(object)
    dragging = Signal(bool)

    def __init__(
        self, themes: ThemeManager, model: LibraryListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.themes = themes
        self.list = model
        self.shelf = ""
        self.folders: Mapping[str, Folder] = {}
        self._pressed_button = False
        self._drags: Dragging | None = None
        # One of our own is transparent. Asked for its own, PySide would look at each class of
        # widgets to find out what that is, which takes a tenth of the start.
        self.setViewport(QWidget())
        self.rows = RowDelegate(themes, self)
        self.setItemDelegate(self.rows)
        self.setModel(model)
        self.place = KeepingPlace(self, model)
        self._set_up()
        self.clicked.connect(self._click)
        themes.changed.connect(self._repaint)

    def _set_up(self) -> None:
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setAccessibleName(tr("Conversations"))

    def line(self, index: QModelIndex) -> Line:
        """How a row is shown; an empty heading for none."""
        return self.list.line(index.row()) if index.isValid() else Line("heading")

    def chosen(self) -> tuple[int, ...]:
        """The conversations that are selected, from the top; there may be very many."""
        return tuple(number for number in self._selected() if number > 0)

    def chosen_folders(self) -> tuple[str, ...]:
        """The ids of the folders that are selected, from the top."""
        rows = (self.list.row_of(number) for number in self._selected() if number < 0)
        return tuple(self.list.line(row).id for row in rows if row is not None)

    def _selected(self) -> list[int]:
        # By ranges: an index for each of 100,000 rows takes seconds.
        return [number for a, b in self.stretches() for number in self.list.numbers(a, b)]

    def stretches(self) -> list[tuple[int, int]]:
        """The first and the last row of each stretch of selected ones, from the top."""
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(at) for at in range(chosen.size()))
        return sorted((stretch.top(), stretch.bottom()) for stretch in ranges)

    def start_rename(self, index: QModelIndex) -> None:
        """Open the editor on a row."""
        if self.line(index).named and self.shelf != TRASH:
            self.setCurrentIndex(index)
            self.edit(index)

    def ask(self, wish: Wish) -> None:
        """Tell what the user wants."""
        self.asked.emit(wish)

    def toggle(self, index: QModelIndex, expanded: bool | None = None) -> None:
        """Show or hide what lies in a folder."""
        line = self.line(index)
        if line.kind == "folder" and line.opens and expanded in (None, not line.expanded):
            verb: Verb = "collapse_folder" if line.expanded else "expand_folder"
            self.ask(Wish(verb, folder_id=line.id))

    def open_folder(self, id: str) -> None:
        """Show what lies in a folder, which may not be seen itself."""
        self.ask(Wish("expand_folder", folder_id=id))

    def delete(self) -> None:
        """Delete what is selected: to the trash, or for good where it lies there."""
        for id in () if self.shelf else self.chosen_folders():
            self.ask(Wish("trash_folder", folder_id=id))
        if numbers := self.chosen():
            self.ask(Wish("delete_forever" if self.shelf == TRASH else "trash", numbers))

    def _click(self, index: QModelIndex) -> None:
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._activate(index)

    def _activate(self, index: QModelIndex) -> None:
        line = self.line(index)
        if line.kind == "folder":
            self.toggle(index)
        elif line.named and self.shelf != TRASH:
            self.open_requested.emit(line.id)

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """What can be done with the row at ``index``, or with all selected if it is one of them."""
        from chatglm_desktop.gui.sidebar.menus import menu_for  # late: at the first menu

        return menu_for(self, index)

    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        if (menu := self.menu_for(index)) is not None:
            menu.popup(self.viewport().mapToGlobal(place))

    def _repaint(self) -> None:
        self.viewport().update()

    def selectAll(self) -> None:
        """Select all conversations; no headings and no folders, as they are not what is meant."""
        chosen = QItemSelection()
        first = 0
        for row in [*self.list.head_rows(), self.list.rowCount()]:
            if row > first:
                chosen.select(self.list.index(first), self.list.index(row - 1))
            first = row + 1
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.rows.several = sum(last - first + 1 for first, last in self.stretches()) > 1
        self.viewport().update()

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """The row above gets the focus, says Qt; where that is a heading, a row below is meant."""
        above = self.list.index(start - 1)
        if start <= self.currentIndex().row() <= end and not self.list.flags(above):
            rows = chain(range(end + 1, self.list.rowCount()), range(start - 2, -1, -1))
            found = (self.list.index(row) for row in rows)
            heir = next((index for index in found if self.list.flags(index)), QModelIndex())
            only_that = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(heir, only_that)
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would ask for the text of every row. There is a search for that."""

    def event(self, event: QEvent) -> bool:
        # In the list F2 means the row with the focus, not the conversation in front.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F2
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # what the editor has no use for, as the Enter that ends it, is not for the row
        index = self.currentIndex()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._activate(index)
            case Qt.Key.Key_F2:
                self.start_rename(index)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.delete()
            case Qt.Key.Key_Right if plain and self.line(index).kind == "folder":
                self.toggle(index, expanded=True)
            case Qt.Key.Key_Left if plain:
                self._go_up(index)
            case Qt.Key.Key_Escape if self.rows.several:
                self.setCurrentIndex(index)
            case _:
                super().keyPressEvent(event)

    def _go_up(self, index: QModelIndex) -> None:
        """Close the folder; from what lies in it, go to it."""
        line = self.line(index)
        if line.kind == "folder" and line.expanded:
            self.toggle(index, expanded=False)
            return
        folder = self.folders.get(line.id)
        if folder is None:
            row = self.list.head_row(index.row()) if index.isValid() else None
        else:
            row = self.list.folder_row(folder.parent_id or "")
        if row is not None and self.list.line(row).kind == "folder":
            self.setCurrentIndex(self.list.index(row))

    def _button_at(self, place: QPoint) -> QModelIndex | None:
        """The row whose button is there."""
        index = self.indexAt(place)
        line = self.line(index)
        button = button_rect(self.visualRect(index), heading=line.adds)
        if (line.named or line.adds) and button.contains(place):
            return index
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self._button_at(place) if event.button() == Qt.MouseButton.LeftButton else None
        self._pressed_button = index is not None
        if index is None:
            super().mousePressEvent(event)
        elif self.line(index).adds:
            self.ask(Wish("new_folder"))
        else:
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self._show_menu(index, button_rect(self.visualRect(index)).bottomLeft())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._pressed_button:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pressed_button:
            super().mouseReleaseEvent(event)
        self._pressed_button = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            self._show_menu(index, self.visualRect(index).center())
        else:
            self._show_menu(self.indexAt(event.pos()), event.pos())

    @property
    def drags(self) -> Dragging:
        """What is dragged, and where it may be dropped."""
        if self._drags is None:
            from chatglm_desktop.gui.sidebar.dragging import Dragging  # late: at the first drag

            self._drags = Dragging(self)
        return self._drags

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        self.drags.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drags.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        self.drags.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.drags.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drags.drop(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.look()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.list.is_empty:
            place = self.viewport().rect().adjusted(18, 16, -18, 0)
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(self.themes.theme.dim))
                flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(place, flags, _nothing(self.shelf))


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _nothing(shelf: str) -> str:
    match shelf:
        case "archive":
            return tr("Nothing is archived.")
        case "trash":
            return tr("The trash is empty.")
        case _:
            return tr("Your conversations will be listed here.")
