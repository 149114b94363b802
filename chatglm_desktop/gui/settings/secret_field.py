# SPDX-License-Identifier: MIT
"""Where a key or password is written; never shows the one that is kept, and knows it not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.settings.controller import KeyChange
from chatglm_desktop.gui.settings.fields import Field
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton


class SecretField(Field):
    """Emits ``edited(KeyChange or None)`` when it is left after a change.

    ``clean`` leaves out what was pasted along.
    """

    def __init__(self, themes: ThemeManager, clean: Callable[[str], str] = str.strip) -> None:
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(self.line)
        self.forget_button = IconButton(themes, "trash", tr("Forget what is kept"))
        self.forget_button.clicked.connect(self._drop)
        self._row.addWidget(self.forget_button)
        self.line.editingFinished.connect(self.finish)
        self._clean = clean
        self._dropped = False
        self.show_value(False)

    def show_value(self, value: object) -> None:
        """Whether one is kept."""
        kept = tr("Kept. Write another one to replace it.")
        self.line.setPlaceholderText(kept if value else tr("None"))
        self.forget_button.setVisible(bool(value))

    def change(self) -> KeyChange | None:
        """What is to become of what is kept, None for nothing."""
        text = self._clean(self.line.text())
        if text:
            return KeyChange(Secret(text))
        return KeyChange(None) if self._dropped else None

    def finish(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.edited.emit(self.change())

    def forget(self) -> None:
        """Show nothing of what was written."""
        self.line.clear()
        self._dropped = False

    def _drop(self) -> None:
        self._dropped = True
        self.line.clear()
        self.show_value(False)
        self.line.setFocus()
        self.edited.emit(KeyChange(None))
