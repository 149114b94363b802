# SPDX-License-Identifier: MIT
"""The dialog in which a saved text is written; keeps nothing itself."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.settings.look import SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.options import PromptKind, SavedPrompt

_EXAMPLE = "{{language}}"


class PromptEditor(Frame):
    """Emits ``saved(SavedPrompt)``. Names that are ``taken`` are refused."""

    saved = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        themes: ThemeManager,
        prompt: SavedPrompt | None,
        kind: PromptKind,
        taken: Collection[str],
    ) -> None:
        title = tr("System prompt") if kind == "system" else tr("Snippet")
        super().__init__(parent, title, "")
        self._kind: PromptKind = kind
        self._taken = taken
        self.name = QLineEdit(prompt.name if prompt else "")
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.text_editor = QPlainTextEdit(prompt.text if prompt else "")
        self.text_editor.setPlaceholderText(
            tr("Who the model is, and how it answers")
            if kind == "system"
            else tr("The text; {example} is asked for when it is used", example=_EXAMPLE)
        )
        self.text_editor.setAccessibleName(tr("Text"))
        self.text_editor.setTabChangesFocus(True)
        self.problem = MarkedLabel(themes, pixels=SMALL, tone="bad")
        self.body.addWidget(self.name)
        self.body.addWidget(self.text_editor, 1)
        self.body.addWidget(self.problem)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        # All the room is for the text.
        column.setStretchFactor(self.body, 100)
        self.cancel_button = self.add_button(tr("Cancel"))
        self.save_button = self.add_button(tr("Save"), primary=True)
        self.cancel_button.clicked.connect(self.close)
        self.save_button.clicked.connect(self._save)
        self.name.textChanged.connect(self._check)
        self.text_editor.textChanged.connect(self._check)
        self._check()

    def sizeHint(self) -> QSize:
        return QSize(600, 440)

    def _prompt(self) -> SavedPrompt:
        return SavedPrompt(
            " ".join(self.name.text().split()), self.text_editor.toPlainText(), self._kind
        )

    def _check(self) -> None:
        prompt = self._prompt()
        taken = prompt.name in self._taken
        self.problem.say(tr("There is one of this name already.") if taken else "")
        self.save_button.setEnabled(bool(prompt.name) and bool(prompt.text.strip()) and not taken)

    def _save(self) -> None:
        self.saved.emit(self._prompt())
        self.close()
