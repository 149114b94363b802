# SPDX-License-Identifier: MIT
"""Shows what is written in a text that goes along with a message; reads no file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr

_LEAST_HEIGHT = 360


class TextPreview(Frame):
    """Emits ``text_wanted()`` to have the text in the message itself."""

    text_wanted = Signal()

    def __init__(self, parent: QWidget, name: str, text: str) -> None:
        super().__init__(parent, name, "")
        view = QPlainTextEdit(text)
        view.setReadOnly(True)
        view.setAccessibleName(name)
        view.setMinimumHeight(_LEAST_HEIGHT)
        self.body.addWidget(view)
        insert = self.add_button(tr("Insert as text"))
        insert.clicked.connect(self.text_wanted)
        insert.clicked.connect(self.close)
        self.add_close()

    def sizeHint(self) -> QSize:
        return QSize(680, 500)
