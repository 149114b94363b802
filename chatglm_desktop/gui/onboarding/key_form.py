# SPDX-License-Identifier: MIT
"""Where an API key is pasted; knows where keys are made, not whether one works."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.hosts import host
from chatglm_desktop.gui.onboarding.card import Card
from chatglm_desktop.gui.onboarding.flow_row import FlowRow
from chatglm_desktop.gui.onboarding.texts import Paragraph
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton

_MOST_FREE = 3
"""Free models that are named."""


class KeyForm(Card):
    """Emits ``submitted(text)`` with what was pasted, and ``link_activated(url)``.

    ``hosts`` are the presets that make keys, the nearest first; ``free`` the names of models that
    cost nothing.
    """

    submitted = Signal(str)
    link_activated = Signal(str)

    def __init__(
        self,
        themes: ThemeManager,
        hosts: tuple[str, ...],
        free: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self.field = QLineEdit()
        self.field.setProperty("form", True)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(tr("Paste your key here"))
        self.field.setAccessibleName(tr("API key"))
        self.field.returnPressed.connect(self._submit)
        self.button = QPushButton(tr("Connect"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._submit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.column.addWidget(Paragraph(themes, tr("Paste an API key"), bold=True))
        self.column.addWidget(Paragraph(themes, offer(free), pixels=13, tone="dim"))
        self.column.addLayout(row)
        self.verdict = Paragraph(themes, pixels=13)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self._links(themes, hosts))
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._allow)
        self._allow()

    def _links(self, themes: ThemeManager, hosts: tuple[str, ...]) -> FlowRow:
        """Where keys are made."""
        row = FlowRow()
        row.add(
            Paragraph(themes, tr("No key yet? Make one, free of charge:"), pixels=13, tone="dim")
        )
        for preset in hosts:
            page = PRESETS[preset].key_page
            link = LinkButton(themes, host(page))
            link.setAccessibleName(tr("Make a key at {host}", host=host(page)))
            link.setToolTip(page)
            link.clicked.connect(partial(self.link_activated.emit, page))
            row.add(link)
        return row

    def clear(self) -> None:
        """Forget the key."""
        self.field.clear()

    def focus_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if self.field.text().strip():
            self.submitted.emit(self.field.text())

    def _allow(self) -> None:
        self.button.setEnabled(bool(self.field.text().strip()))


def offer(free: tuple[str, ...]) -> str:
    """What a key is good for, with the models that cost nothing."""
    if not free:
        return tr("The official GLM service. Its Flash models cost nothing.")
    models = ", ".join(free[:_MOST_FREE])
    return tr("The official GLM service. These models cost nothing: {models}.", models=models)
