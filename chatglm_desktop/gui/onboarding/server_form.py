# SPDX-License-Identifier: MIT
"""Servers on this computer: those that run, and an address for any other; asks none of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from chatglm_desktop.core.accounts import PRESETS, Account
from chatglm_desktop.gui.onboarding.card import Card
from chatglm_desktop.gui.onboarding.choice_card import ChoiceCard
from chatglm_desktop.gui.onboarding.flow_row import FlowRow
from chatglm_desktop.gui.onboarding.texts import Paragraph
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton

LOCAL_PRESETS = ("ollama", "lm-studio", "llama-cpp", "vllm", "sglang")
"""Whose usual addresses are offered."""


class ServerForm(QWidget):
    """Emits ``running_chosen(Account)`` for a server that was found.

    And ``submitted(Account, key)`` for an address; the account has no id yet.
    """

    running_chosen = Signal(object)
    submitted = Signal(object, str)

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.running: list[ChoiceCard] = []
        """The cards of servers that were found."""
        self._found = QVBoxLayout()
        self._found.setSpacing(8)
        self._nothing = Paragraph(themes, pixels=13, tone="dim")
        self.address = _field(tr("Address"), "http://localhost:8080/v1")
        self.key = _field(tr("API key, if the server wants one"))
        self.key.setPlaceholderText(tr("API key, if the server wants one"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.button = QPushButton(tr("Connect"))
        self.button.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._nothing)
        column.addLayout(self._found)
        self.verdict = Paragraph(themes, pixels=13)
        column.addWidget(self.verdict)
        column.addWidget(self._card())
        self.address.textChanged.connect(self._allow)
        for field in (self.address, self.key):
            field.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.show_running(())
        self._allow()

    def _card(self) -> Card:
        card = Card(self._themes)
        card.column.addWidget(Paragraph(self._themes, tr("At another address"), bold=True))
        usual = FlowRow()
        usual.add(Paragraph(self._themes, tr("Usual addresses:"), pixels=13, tone="dim"))
        for id in LOCAL_PRESETS:
            preset = PRESETS[id]
            link = LinkButton(self._themes, preset.label)
            link.setToolTip(preset.base_url)
            link.clicked.connect(partial(self._fill, preset.base_url))
            usual.add(link)
        card.column.addWidget(usual)
        card.column.addWidget(self.address)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.key, 1)
        row.addWidget(self.button)
        card.column.addLayout(row)
        return card

    def show_running(self, accounts: Sequence[Account]) -> None:
        """Offer servers that were found."""
        for old in self.running:
            self._found.removeWidget(old)
            old.deleteLater()
        self.running = [self._offer(account) for account in accounts]
        none = tr("No server was found at the usual addresses of this computer.")
        self._nothing.tell("" if accounts else none)
        # Who has begun to write an address is left alone.
        if self.address.hasFocus() and not self.address.text():
            self.focus_first()

    def _offer(self, account: Account) -> ChoiceCard:
        card = ChoiceCard(self._themes, "computer", service_name(account), account.address)
        card.clicked.connect(partial(self.running_chosen.emit, account))
        self._found.addWidget(card)
        return card

    def focus_first(self) -> None:
        first = self.running[0] if self.running else self.address
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the key."""
        self.key.clear()

    def _fill(self, address: str) -> None:
        self.address.setText(address)
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        account = server_at(self.address.text())
        if account is not None:
            self.submitted.emit(account, self.key.text())

    def _allow(self) -> None:
        self.button.setEnabled(server_at(self.address.text()) is not None)


def server_at(text: str) -> Account | None:
    """The account of a server at an address as it was typed; None if that is none."""
    address = "".join(text.split())
    if address and "://" not in address:
        address = f"http://{address}"
    scheme, _, rest = address.partition("://")
    address = address.rstrip("/")
    if scheme not in ("http", "https") or not rest or rest.startswith(("/", ":", "?")):
        return None
    usual = (id for id in LOCAL_PRESETS if PRESETS[id].base_url == address)
    preset = next(usual, "custom")
    return Account("", preset, base_url="" if preset != "custom" else address)


def _field(name: str, example: str = "") -> QLineEdit:
    field = QLineEdit()
    field.setProperty("form", True)
    field.setAccessibleName(name)
    field.setPlaceholderText(example)
    return field
