# SPDX-License-Identifier: MIT
"""The strip above a page that is not alone in the window; knows a title and buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton

HEIGHT = 36
_MARK = 2
"""Pixels of the line that says where the keyboard is."""


class PaneHeader(QWidget):
    """A title, and to the right of it the ``buttons`` that are added."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._focused = False
        self.setFixedHeight(HEIGHT)
        self._title = ElidedLabel(themes, 13)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, _MARK, 8, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        themes.changed.connect(self._repaint)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def focused(self) -> bool:
        return self._focused

    def set_title(self, title: str) -> None:
        self._title.set_text(" ".join(title.split()))

    def add_button(self, icon: str, name: str, shortcut: str = "") -> IconButton:
        """One more button at the right end."""
        button = IconButton(
            self._themes, icon, name, shortcut=shortcut, side=26, icon_size=14, parent=self
        )
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def set_focused(self, focused: bool) -> None:
        """Mark the page below as the one that keys go to."""
        if focused != self._focused:
            self._focused = focused
            self.update()

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.surface))
            if self._focused:
                painter.fillRect(0, 0, self.width(), _MARK, QColor(theme.accent))
            line = QColor(theme.line)
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)
