# SPDX-License-Identifier: MIT
"""The questions of the sidebar: a folder's system prompt, and what is deleted for good."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr

_EDITOR_HEIGHT = 200


class PromptDialog(Frame):
    """Emits ``saved`` with the system prompt of a folder; ``above`` is what holds without one."""

    saved = Signal(str)

    def __init__(self, parent: QWidget, folder: Folder, above: str) -> None:
        super().__init__(
            parent,
            tr("System prompt of “{name}”", name=folder.name),
            tr(
                "It is said to the model before every conversation in this folder,"
                " unless the conversation or a folder inside has one of its own."
            ),
        )
        self.setMinimumWidth(520)
        self.editor = QPlainTextEdit(folder.system_prompt)
        self.editor.setAccessibleName(tr("System prompt"))
        self.editor.setPlaceholderText(above or tr("Who the model is, and how it answers"))
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(_EDITOR_HEIGHT)
        self.body.addWidget(self.editor, 1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        # All the room is for the text.
        column.setStretchFactor(self.body, 100)
        self.add_button(tr("Cancel")).clicked.connect(self.reject)
        self.add_button(tr("Save"), primary=True).clicked.connect(self._save)
        self.editor.setFocus()
        self._before = folder.system_prompt
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._save)

    def reject(self) -> None:
        """What was written is not thrown away unasked."""
        if self.editor.toPlainText() == self._before:
            super().reject()
            return
        question = Frame(self, tr("Discard what you wrote?"), "")
        discard = question.add_button(tr("Discard"))
        discard.clicked.connect(question.close)
        discard.clicked.connect(self._discard)
        stay = question.add_button(tr("Go on writing"), primary=True)
        stay.clicked.connect(question.close)
        stay.setFocus()
        question.open()

    def _discard(self) -> None:
        self._before = self.editor.toPlainText()
        self.close()

    def _save(self) -> None:
        self._before = self.editor.toPlainText()
        self.saved.emit(self._before)
        self.close()


class DeletionQuestion(Frame):
    """Asks before something is gone for good; the way that keeps it answers Enter."""

    def __init__(
        self, parent: QWidget, title: str, verb: str, on_delete: Callable[[], object]
    ) -> None:
        super().__init__(parent, title, tr("This cannot be undone."))
        self.delete_button = self.add_button(verb)
        self.delete_button.clicked.connect(on_delete)
        self.delete_button.clicked.connect(self.close)
        keep = self.add_button(tr("Cancel"), primary=True)
        keep.clicked.connect(self.close)
        keep.setFocus()


def ask_to_delete(parent: QWidget, count: int, on_delete: Callable[[], object]) -> DeletionQuestion:
    """Ask whether ``count`` conversations are to be deleted for good; returns at once."""
    if count == 1:
        title = tr("Delete this conversation for good?")
    else:
        title = tr("Delete {count} conversations for good?", count=count)
    dialog = DeletionQuestion(parent, title, tr("Delete for good"), on_delete)
    dialog.open()
    return dialog


def ask_to_empty(parent: QWidget, on_delete: Callable[[], object]) -> DeletionQuestion:
    """Ask whether all in the trash is to be deleted for good; returns at once."""
    title = tr("Delete everything in the trash for good?")
    dialog = DeletionQuestion(parent, title, tr("Empty the trash"), on_delete)
    dialog.open()
    return dialog


def edit_prompt(
    parent: QWidget, folder: Folder, above: str, on_saved: Callable[[str], object]
) -> PromptDialog:
    """Let the user write the system prompt of a folder; returns at once."""
    dialog = PromptDialog(parent, folder, above)
    dialog.saved.connect(on_saved)
    dialog.open()
    return dialog
