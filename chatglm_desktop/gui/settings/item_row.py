# SPDX-License-Identifier: MIT
"""A row for something in a list, with buttons for what can be done with it; knows no list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chatglm_desktop.gui.settings.look import SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel, Tone
from chatglm_desktop.gui.settings.row import Row
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton


class ItemRow(Row):
    """``badge`` is a word behind the name; :meth:`say` is what came of a button, below the rest."""

    def __init__(
        self, themes: ThemeManager, name: str, detail: str = "", badge: str = "", also: str = ""
    ) -> None:
        super().__init__(themes, name, detail, f"{badge}\n{also}")
        self._themes = themes
        self.badge = MarkedLabel(themes, badge, pixels=SMALL, bold=True, tone="ok")
        self.badge.setVisible(bool(badge))
        self.said = MarkedLabel(themes, pixels=SMALL)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.help)
        words.addWidget(self.badge)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 12, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addLayout(words, 0, 0)
        grid.addLayout(self._buttons, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.said, 1, 0, 1, 2)

    def add_icon(self, icon: str, name: str, act: Callable[[], object]) -> IconButton:
        """A small button at the right of those before."""
        button = IconButton(self._themes, icon, name)
        button.clicked.connect(partial(act))
        self._buttons.addWidget(button)
        return button

    def add_button(self, words: str, act: Callable[[], object], name: str = "") -> QPushButton:
        """A button with words at the right of those before; ``name`` is for screen readers."""
        button = QPushButton(words)
        button.setAccessibleName(name or words)
        button.clicked.connect(partial(act))
        self._buttons.addWidget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        self._buttons.addWidget(widget)

    def take_focus(self) -> None:
        first = self._buttons.itemAt(0)
        if first is not None and (button := first.widget()) is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def say(self, words: str, tone: Tone = "text") -> None:
        """Tell what came of something, "" for nothing."""
        self.said.say(words, tone)
        self.said.setVisible(bool(words))
