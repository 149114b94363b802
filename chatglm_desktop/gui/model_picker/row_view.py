# SPDX-License-Identifier: MIT
"""The list of models as it is seen: what is under the pointer stays there; knows only rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from chatglm_desktop.chat.model_rows import GroupRow, Row
from chatglm_desktop.gui.model_picker.delegate import RowDelegate, refresh_rect, row_height
from chatglm_desktop.gui.model_picker.row_list import ListRole, RowListModel
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager


class RowView(QListView):
    """Emits ``picked(row)``, and ``refresh_wanted(account)`` for the button of a group."""

    picked = Signal(object)
    refresh_wanted = Signal(object)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RowListModel()
        self._list.setParent(self)
        self.setModel(self._list)
        self.setItemDelegate(RowDelegate(themes, self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Models"))
        self.clicked.connect(self._pick)

    @property
    def rows(self) -> Sequence[Row]:
        return self._list.rows

    def current_row(self) -> Row | None:
        """The row that Enter chooses."""
        row: Row | None = self.currentIndex().data(ListRole.ROW)
        return row

    @property
    def at_end(self) -> bool:
        """No row follows the current one, or there is none."""
        return self.currentIndex().row() >= len(self.rows) - 1 or not self.currentIndex().isValid()

    def show_rows(self, rows: Sequence[Row], current: int) -> None:
        """Show other rows from the top, or with row ``current`` in view; it is the current one."""
        self._list.set_rows(rows)
        self.doItemsLayout()
        self._select(current)
        self.scrollToTop()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QListView.ScrollHint.EnsureVisible)

    def update_rows(self, rows: Sequence[Row]) -> None:
        """Show what the rows have become; the one under the pointer stays where it is."""
        current, scroll = self.current_row(), self.verticalScrollBar().value()
        anchor = self._anchor()
        tops = list(accumulate(map(row_height, rows), initial=0))
        if anchor is not None and (at := _find(rows, anchor[0])) >= 0:
            scroll = max(tops[at] - anchor[1], 0)
        self._list.set_rows(rows, room=max(scroll + self.viewport().height() - tops[-1], 0))
        # Before the scroll bar is set: its range is that of the layout.
        self.doItemsLayout()
        if current is not None:
            self._select(_find(rows, current.key))
        self.verticalScrollBar().setValue(scroll)

    def wanted_height(self) -> int:
        """The height in pixels of all rows."""
        return sum(map(row_height, self.rows))

    def _select(self, at: int) -> None:
        """Make a row the current one without going there."""
        self.setAutoScroll(False)
        self.setCurrentIndex(self._list.index(at) if at >= 0 else QModelIndex())
        self.setAutoScroll(True)

    def _anchor(self) -> tuple[tuple[str, ...], int] | None:
        """The row at the pointer, or else the current one, and how far down it stands."""
        place = self.viewport().mapFromGlobal(QCursor.pos())
        index = self.indexAt(place) if self.viewport().rect().contains(place) else QModelIndex()
        row: Row | None = index.data(ListRole.ROW)
        if row is None:
            index, row = self.currentIndex(), self.current_row()
        return None if row is None else (row.key, self.visualRect(index).top())

    def _pick(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ListRole.ROW)
        if row is not None:
            self.picked.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row: Row | None = index.data(ListRole.ROW)
        if not isinstance(row, GroupRow):
            super().mouseReleaseEvent(event)
        elif row.account and refresh_rect(self.visualRect(index)).contains(
            event.position().toPoint()
        ):
            self.refresh_wanted.emit(row.account)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def _find(rows: Sequence[Row], key: tuple[str, ...]) -> int:
    """The place of a row; -1 if it is not there."""
    return next((at for at, row in enumerate(rows) if row.key == key), -1)
