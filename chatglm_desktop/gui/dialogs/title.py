# SPDX-License-Identifier: MIT
"""Asks for another title where no list shows the conversation; renames nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr


class TitleDialog(Frame):
    """Emits ``chosen(title)``, unless it is the one that was there or nothing is left of it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, tr("Rename the conversation"), "")
        self._before = title
        self.field = QLineEdit(title)
        self.field.setAccessibleName(tr("Title"))
        self.field.selectAll()
        self.body.addWidget(self.field)
        cancel = self.add_button(tr("Cancel"))
        cancel.clicked.connect(self.close)
        self.rename_button = self.add_button(tr("Rename"), primary=True)
        self.rename_button.clicked.connect(self._choose)
        self.field.setFocus()

    def _choose(self) -> None:
        title = " ".join(self.field.text().split())
        if title and title != self._before:
            self.chosen.emit(title)
        self.close()
