# SPDX-License-Identifier: MIT
"""What all dialogs have in common; shown with open(), so that the loop goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr


class Frame(QDialog):
    """A title, text, room for more in :attr:`body`, and buttons; deletes itself when closed."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        font = heading.font()
        font.setPixelSize(18)
        font.setBold(True)
        heading.setFont(font)
        self._text = QLabel(text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setVisible(bool(text))
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self._text)
        self.body = QVBoxLayout()
        column.addLayout(self.body)
        column.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(self._buttons)

    def text(self) -> str:
        return self._text.text()

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def add_button(self, label: str, *, primary: bool = False) -> QPushButton:
        """A button at the right of those before.

        Enter presses the one that has the focus; the primary one where no button has it.
        """
        button = QPushButton(label)
        button.setAutoDefault(True)
        button.setDefault(primary)
        button.setProperty("primary", primary)
        self._buttons.addWidget(button)
        return button

    def add_close(self) -> QPushButton:
        """The button that most dialogs need only."""
        button = self.add_button(tr("Close"), primary=True)
        button.clicked.connect(self.close)
        button.setFocus()
        return button
