# SPDX-License-Identifier: MIT
"""Asks for a file and writes code into it; knows no conversation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chatglm_desktop.gui.strings import tr


class CodeSaver(QObject):
    """Emits ``told(text)``: what became of it, in the user's words."""

    told = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask(self, code: str, language: str) -> None:
        """Let the user choose a file for ``code`` and write it there, as UTF-8."""
        # Late: nothing needs it before code is saved.
        from chatglm_desktop.markdown.file_names import file_name

        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        dialog = QFileDialog(self._window, tr("Save code"), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file_name(language))
        dialog.fileSelected.connect(lambda path: self.write(code, Path(path)))
        dialog.open()

    def write(self, code: str, path: Path) -> None:
        """Write ``code`` to ``path`` with a line break at its end, and tell how it went."""
        text = code if code.endswith("\n") or not code else f"{code}\n"
        try:
            # As bytes: line breaks stay as they are on every system. What is no character at
            # all, half of a surrogate pair, cannot be written.
            path.write_bytes(text.encode("utf-8", "replace"))
        except OSError as error:
            self.told.emit(
                tr(
                    "The file {name} could not be saved: {reason}",
                    name=path.name,
                    reason=_reason(error),
                )
            )
        else:
            self.told.emit(tr("Saved as {name}", name=path.name))


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
