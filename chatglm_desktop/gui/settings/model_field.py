# SPDX-License-Identifier: MIT
"""A model from a list, or any other text; knows no service."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.settings.fields import Field
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.gui.widgets.icon_button import IconButton


class ModelField(Field):
    """Emits ``list_wanted()`` when the service is to be asked for its models."""

    list_wanted = Signal()

    def __init__(self, themes: ThemeManager) -> None:
        self.box = Choice(themes)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        super().__init__(self.box)
        self._row.setStretch(0, 1)
        self.list_button = IconButton(themes, "retry", tr("Ask the service for its models"))
        self.list_button.clicked.connect(self.list_wanted)
        self._row.addWidget(self.list_button)

    def text(self) -> str:
        return self.box.currentText().strip()

    def show_value(self, value: object) -> None:
        self.box.setEditText(str(value or ""))

    def set_models(self, models: Sequence[ModelInfo]) -> None:
        """Offer these; what is written stays."""
        text = self.text()
        with QSignalBlocker(self.box):
            self.box.set_choices([(model.id, model.id) for model in models if not model.retired])
            self.box.setEditText(text)

    def suggest(self, model: str) -> None:
        """Show which model answered where none was chosen."""
        line = self.box.lineEdit()
        if line is not None:
            line.setPlaceholderText(model)
