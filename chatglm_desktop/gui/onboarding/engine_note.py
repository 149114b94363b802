# SPDX-License-Identifier: MIT
"""Says that model files cannot be run here, and how they could; installs nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from chatglm_desktop.core.errors import ChatError, EngineMissing
from chatglm_desktop.gui.onboarding.card import Card
from chatglm_desktop.gui.onboarding.texts import Paragraph
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.fonts import code_font
from chatglm_desktop.gui.theme.manager import ThemeManager

INSTALL = "pip install chatglm-desktop[local]"


class EngineNote(Card):
    """``missing`` says why. Emits ``copied()`` when the command that helps was copied."""

    copied = Signal()

    def __init__(
        self, themes: ThemeManager, missing: ChatError, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self.column.addWidget(Paragraph(themes, tr(missing.summary), bold=True))
        self.column.addWidget(Paragraph(themes, tr(missing.hint), pixels=13, tone="dim"))
        if type(missing) is EngineMissing:
            self.column.addLayout(self._command())

    def _command(self) -> QHBoxLayout:
        command = QLineEdit(INSTALL)
        command.setProperty("form", True)
        command.setReadOnly(True)
        command.setFont(code_font(13))
        command.setAccessibleName(tr("Command"))
        button = QPushButton(tr("Copy"))
        button.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(command, 1)
        row.addWidget(button)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(INSTALL)
        self.copied.emit()
