# SPDX-License-Identifier: MIT
"""The list of conversations with its keys and menu; knows only the list's model."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from chatglm_desktop.gui.conversation_delegate import ConversationDelegate
from chatglm_desktop.gui.conversation_list import ConversationListModel, RowRole
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager


class ConversationView(QListView):
    """Emits ``open_requested`` and ``delete_requested`` with the id of a conversation.

    Click or Enter opens, F2 edits the title in place, Delete deletes, the menu has all three.
    """

    open_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(
        self, themes: ThemeManager, model: ConversationListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._list = model
        # One of our own is transparent. Asked for its own, PySide would look at each class of
        # widgets to find out what that is, which takes a tenth of the start.
        self.setViewport(QWidget())
        self.setModel(model)
        self.setItemDelegate(ConversationDelegate(themes, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Conversations"))
        self.clicked.connect(self._open)
        self.customContextMenuRequested.connect(self._show_menu)
        themes.changed.connect(self._repaint)

    def start_rename(self, index: QModelIndex) -> None:
        """Open the editor on a row."""
        self.setCurrentIndex(index)
        self.edit(index)

    def _open(self, index: QModelIndex) -> None:
        if conversation_id := _id(index):
            self.open_requested.emit(conversation_id)

    def _delete(self, index: QModelIndex) -> None:
        if conversation_id := _id(index):
            self.delete_requested.emit(conversation_id)

    def _show_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not _id(index):
            return
        menu = self.menu_for(index)
        menu.popup(self.viewport().mapToGlobal(place))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with the conversation at ``index``; the menu ends with its closing."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme, icons = self._themes.theme, self._themes.icons
        menu.addAction(icons.icon("open", theme.dim), tr("Open")).triggered.connect(
            lambda: self._open(index)
        )
        menu.addAction(icons.icon("rename", theme.dim), tr("Rename")).triggered.connect(
            lambda: self.start_rename(index)
        )
        menu.addSeparator()
        menu.addAction(icons.icon("trash", theme.dim), tr("Delete")).triggered.connect(
            lambda: self._delete(index)
        )
        return menu

    def _repaint(self) -> None:
        self.viewport().update()

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
        index = self.currentIndex()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(index)
            case Qt.Key.Key_F2 if _id(index):
                self.start_rename(index)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self._delete(index)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._list.is_empty:
            place = self.viewport().rect().adjusted(18, 16, -18, 0)
            text = tr("Your conversations will be listed here.")
            with QPainter(self.viewport()) as painter:
                painter.setPen(QColor(self._themes.theme.dim))
                painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)


def _id(index: QModelIndex) -> str:
    return str(index.data(RowRole.ID) or "")
