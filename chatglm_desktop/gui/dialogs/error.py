# SPDX-License-Identifier: MIT
"""Dialogs for what must not happen: a bug, and a store that cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.fonts import code_font


class BugDialog(Frame):
    """Shows tracebacks and copies them on demand."""

    def __init__(self, parent: QWidget, traceback_text: str) -> None:
        super().__init__(
            parent,
            tr("Something went wrong in this program"),
            tr(
                "Your conversations are saved and you can go on. "
                "If it happens again, please report it with these details."
            ),
        )
        self._details = QPlainTextEdit(traceback_text)
        self._details.setReadOnly(True)
        self._details.setFont(code_font(12))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setAccessibleName(tr("Details"))
        self.body.addWidget(self._details)
        self.copy_button = self.add_button(tr("Copy details"))
        self.copy_button.clicked.connect(self._copy)
        self.add_close()

    def add(self, traceback_text: str) -> None:
        """Show one more bug below those before, unless it is one of them."""
        if traceback_text not in self.details():
            self._details.appendPlainText(f"\n{traceback_text}")

    def details(self) -> str:
        return self._details.toPlainText()

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())


def show_bug(parent: QWidget, traceback_text: str) -> BugDialog:
    """Tell the user of a bug, in the dialog that is open if one is; returns at once."""
    for dialog in parent.findChildren(BugDialog):
        # One that was closed waits for its deletion.
        if dialog.isVisible():
            dialog.add(traceback_text)
            return dialog
    dialog = BugDialog(parent, traceback_text)
    dialog.open()
    return dialog


def show_store_error(
    parent: QWidget,
    error: StoreError,
    *,
    restarting: bool = False,
    on_usual: Callable[[], object] | None = None,
) -> Frame:
    """Say why the saved conversations cannot be used; closing it closes ``parent``.

    ``restarting`` if the program starts again then; ``on_usual`` is offered as the other way out.
    """
    paragraphs = (tr(error.hint), error.details)
    dialog = Frame(parent, tr(error.summary), "\n\n".join(p for p in paragraphs if p))
    if on_usual is not None:
        usual_button = dialog.add_button(tr("Start with the usual folder"))
        usual_button.clicked.connect(on_usual)
        usual_button.clicked.connect(dialog.close)
    quit_button = dialog.add_button(tr("Start again") if restarting else tr("Quit"), primary=True)
    quit_button.clicked.connect(dialog.close)
    quit_button.setFocus()
    dialog.finished.connect(parent.close)
    dialog.open()
    return dialog
