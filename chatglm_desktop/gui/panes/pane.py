# SPDX-License-Identifier: MIT
"""A place for pages, one of which is in front, with a header where that is wanted; no tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from chatglm_desktop.gui.panes.header import PaneHeader
from chatglm_desktop.gui.theme.manager import ThemeManager


class Pane(QWidget):
    """Emits ``pressed()`` where a click had no other use. :attr:`header` is hidden at first."""

    pressed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PaneHeader(themes)
        self.header.hide()
        self._blank = QWidget()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._blank)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    @property
    def page(self) -> QWidget | None:
        """The page in front; None while that of the conversation in front is not there."""
        page = self._stack.currentWidget()
        return None if page is self._blank else page

    def show_page(self, page: QWidget | None) -> None:
        """Bring a page to the front, from wherever it was. Without one the pane is empty."""
        page = page or self._blank
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
