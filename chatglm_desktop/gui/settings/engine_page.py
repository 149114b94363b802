# SPDX-License-Identifier: MIT
"""The section of model files on this computer; runs none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from chatglm_desktop.core.errors import ChatError, EngineMissing
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import NumberField
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.option_rows import OptionPage
from chatglm_desktop.gui.strings import tr

INSTALL = "pip install chatglm-desktop[local]"
_LONGEST_MINUTES = 24 * 60


class EnginePage(OptionPage):
    """Whether there is an engine (``missing`` is why not), and which files it can run."""

    def __init__(self, desk: Desk, missing: ChatError | None) -> None:
        help = tr("Runs models in the GGUF format, such as GLM-Edge, without any service.")
        super().__init__(desk, tr("Local engine"), help)
        self._shown: tuple[str, ...] | None = None
        self.state = self._state(missing)
        self.add_card(self.state)
        minutes = NumberField(1, _LONGEST_MINUTES, whole=True)
        self.add_card(self.option("engine_idle_minutes", tr("Idle minutes"), minutes))
        self._files = self.add_card(title=tr("Model files"))
        self.add_file_button = QPushButton(tr("Add a model file…"))
        self.add_file_button.clicked.connect(self.choose)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add_file_button)
        row.addStretch(1)
        self.add_below(foot)
        self.refresh()

    def _state(self, missing: ChatError | None) -> ItemRow:
        if missing is None:
            return ItemRow(self._themes, tr("The engine is installed."), "", "", "llama.cpp")
        row = ItemRow(
            self._themes, tr(missing.summary), tr(missing.hint), "", f"llama.cpp {INSTALL}"
        )
        if type(missing) is EngineMissing:
            row.add_button(tr("Copy the command"), self._copy)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(INSTALL)
        self.state.say(tr("Copied"), "dim")

    @property
    def _paths(self) -> tuple[str, ...]:
        options = self._preferences.options
        models = (account.model for account in options.accounts if account.kind == "local")
        return tuple(dict.fromkeys(path for path in (*models, *options.model_files) if path))

    def refresh(self) -> None:
        super().refresh()
        if self._shown != self._paths:
            self._shown = self._paths
            self._files.replace([self._row(path) for path in self._paths])

    def _row(self, path: str) -> ItemRow:
        there = Path(path).is_file()
        row = ItemRow(self._themes, Path(path).name, path)
        if not there:
            row.say(tr("There is no such file."), "bad")
        row.add_icon(
            "trash",
            tr("Take “{name}” off the list; the file stays", name=Path(path).name),
            partial(self._remove, path),
        )
        return row

    def _remove(self, path: str) -> None:
        put_back = self._desk.controller.remove_model_file(path)
        self.refresh()
        self._desk.tell(tr("“{name}” is off the list.", name=Path(path).name), put_back)

    def choose(self) -> None:
        """Let the user choose a model file; returns at once."""
        dialog = QFileDialog(self.window(), tr("Choose a model file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Model files (*.gguf)"))
        dialog.fileSelected.connect(self._desk.controller.add_model_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
