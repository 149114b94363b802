# SPDX-License-Identifier: MIT
"""What stands above the archive or the trash: the way back, and what to know; does nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.icon_button import IconButton


class ShelfBar(QWidget):
    """Emits ``left`` and, in the trash, ``empty_requested``."""

    left = Signal()
    empty_requested = Signal()

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._back = IconButton(themes, "chevron-left", tr("Back to all conversations"))
        self._title = QLabel()
        font = self._title.font()
        font.setPixelSize(15)
        font.setBold(True)
        self._title.setFont(font)
        self._empty = QPushButton(tr("Empty…"))
        self._empty.setAccessibleName(tr("Empty the trash"))
        self._empty.setAutoDefault(False)
        self._note = QLabel()
        self._note.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._back)
        top.addWidget(self._title, 1)
        top.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._note)
        self._note.setContentsMargins(8, 0, 4, 0)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._back.clicked.connect(self.left)
        self._empty.clicked.connect(self.empty_requested)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    def show_shelf(self, name: str, *, is_empty: bool) -> None:
        """Say what is shown: the archive or the trash."""
        trash = name == "trash"
        self._title.setText(tr("Trash") if trash else tr("Archive"))
        self._empty.setVisible(trash)
        self._empty.setEnabled(not is_empty)
        self._note.setText(
            tr("What is deleted stays here for 30 days.")
            if trash
            else tr("What is archived is out of the way, and still found by searching.")
        )

    def take_focus(self) -> None:
        self._back.setFocus()

    def _dress(self, theme: Theme) -> None:
        self._note.setStyleSheet(f"color: {theme.dim}; font-size: 13px;")
