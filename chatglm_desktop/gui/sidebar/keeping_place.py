# SPDX-License-Identifier: MIT
"""Keeps what is seen of the list where it is, and has it read; knows no conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QListView

from chatglm_desktop.gui.sidebar.list_model import LibraryListModel

if TYPE_CHECKING:
    from chatglm_desktop.core.listed_rows import Rows

_AROUND = 40
"""Rows above and below the visible ones that are read too."""


class KeepingPlace(QObject):
    """Emits ``wanted`` with the numbers of rows that are to be read."""

    wanted = Signal(object)

    def __init__(self, view: QListView, model: LibraryListModel) -> None:
        super().__init__(view)
        self._view = view
        self._list = model
        self._connected = False

    def show(self, rows: Rows, now: float, *, afresh: bool = False) -> None:
        """Let the model show ``rows``; what is seen stays where it is, but at the very top."""
        bar = self._view.verticalScrollBar()
        height = self._height()
        first, last = self._visible(height)
        self._list.forget_but(first - _AROUND, last + _AROUND)
        found = self._list.show(rows, now, afresh=afresh)
        self._view.executeDelayedItemsLayout()
        if found and height and bar.value() > 0:
            from chatglm_desktop.core.row_steps import follow  # late, as in the model

            for row in range(first, last + 1):
                if (now_at := follow(row, found)) is not None:
                    bar.setValue(bar.value() + (now_at - row) * height)
                    break
        self.look(again=True)

    def look(self, *, again: bool = False) -> None:
        """Have the rows near the visible ones read that are missing; all of them ``again``."""
        if self._list.is_empty or not self._view.isVisible():
            return
        if not self._connected:
            # Late: nothing is scrolled before the first paint.
            self._connected = True
            self._view.verticalScrollBar().valueChanged.connect(self._scrolled)
        first, last = self._visible(self._height())
        near = (first - _AROUND, last + _AROUND)
        numbers = self._list.shown(*near) if again else self._list.missing(*near)
        if numbers:
            self.wanted.emit(numbers)

    def _scrolled(self) -> None:
        self.look()

    def _height(self) -> int:
        """Of each row."""
        return 0 if self._list.is_empty else self._view.sizeHintForRow(0)

    def _visible(self, height: int) -> tuple[int, int]:
        """The first and the last row that are seen."""
        if not height:
            return 0, 0
        top = self._view.verticalScrollBar().value()
        return top // height, (top + self._view.viewport().height()) // height
