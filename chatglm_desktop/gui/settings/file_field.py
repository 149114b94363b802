# SPDX-License-Identifier: MIT
"""A file that is chosen in a dialog or written by its path; opens none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFileDialog, QPushButton

from chatglm_desktop.gui.settings.fields import TextField
from chatglm_desktop.gui.strings import tr


class FileField(TextField):
    """``patterns`` are those of the files that ``kind`` names."""

    wide = True

    def __init__(self, kind: str, patterns: Sequence[str], check: Callable[[str], str]) -> None:
        super().__init__(tr("None"), check)
        self._filter = f"{kind} ({' '.join(patterns)})"
        self.button = QPushButton(tr("Choose…"))
        self.button.clicked.connect(self.choose)
        self._row.addWidget(self.button)

    def choose(self) -> None:
        """Let the user choose a file; returns at once."""
        dialog = QFileDialog(self.window(), tr("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._filter, tr("All files (*)")])
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, path: str) -> None:
        """Use a file that was chosen."""
        self.line.setText(path)
        self.line.setModified(True)
        self.finish()
