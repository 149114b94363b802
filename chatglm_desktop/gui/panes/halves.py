# SPDX-License-Identifier: MIT
"""The pages of the window: one, or two beside each other; knows no conversation."""

from __future__ import annotations

from functools import partial
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from chatglm_desktop.gui.panes.drop_mark import DropMark
from chatglm_desktop.gui.panes.pane import Pane
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme

Side: TypeAlias = Literal["left", "right"]


class Halves(QWidget):
    """Emits ``entered(side)`` when the keyboard goes into the other half, and
    ``close_requested(side)`` and ``swap_requested()`` for the buttons above the halves.
    """

    entered = Signal(str)
    close_requested = Signal(str)
    swap_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)
        self._side: Side = "left"
        self._panes: dict[Side, Pane] = {"left": Pane(themes), "right": Pane(themes)}
        for side, pane in self._panes.items():
            self._splitter.addWidget(pane)
            pane.setMinimumWidth(280)
            swap = pane.header.add_button("swap", tr("Swap the halves"))
            swap.clicked.connect(self.swap_requested)
            close = pane.header.add_button("close", tr("Close this half"), "Ctrl+\\")
            close.clicked.connect(partial(self.close_requested.emit, side))
            pane.pressed.connect(partial(self._enter, side))
        self._panes["right"].hide()
        self._mark = DropMark(themes, self)
        self.show_zone = self._mark.show_zone
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @property
    def side(self) -> Side:
        """The half that keys go to."""
        return self._side

    @property
    def split(self) -> bool:
        return not self._panes["right"].isHidden()

    @property
    def page(self) -> QWidget | None:
        """The page in the half that keys go to."""
        return self._panes[self._side].page

    def pane(self, side: Side) -> Pane:
        return self._panes[side]

    def set_split(self, split: bool) -> None:
        """Show two halves of the same width, or the left one alone."""
        if split == self.split:
            return
        for pane in self._panes.values():
            pane.header.setVisible(split)
        self._panes["right"].setVisible(split)
        self._splitter.setSizes([self.width() // 2] * 2)
        if not split:
            self._panes["right"].show_page(None)
            self.set_side("left")

    def set_side(self, side: Side) -> None:
        """Mark the half that keys go to."""
        self._side = side
        for name, pane in self._panes.items():
            pane.header.set_focused(name == side)

    def _follow(self, _: QWidget | None, new: QWidget | None) -> None:
        for side, pane in self._panes.items():
            if new is not None and pane.isAncestorOf(new):
                self._enter(side)

    def _enter(self, side: Side) -> None:
        if self.split and side != self._side:
            self.set_side(side)
            self.entered.emit(side)

    def _dress(self, theme: Theme) -> None:
        self._splitter.setStyleSheet(f"QSplitter::handle {{ background: {theme.line}; }}")
