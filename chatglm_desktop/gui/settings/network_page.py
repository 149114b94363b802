# SPDX-License-Identifier: MIT
"""The section of the network: proxy, certificates, patience, and which way an address takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.core.accounts import PRESETS
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.network import PROXY_SECRET, ProxyDecision, RouteTrial
from chatglm_desktop.gui.settings.controller import Controller, KeyChange
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import ChoiceField, NumberField, TextField
from chatglm_desktop.gui.settings.file_field import FileField
from chatglm_desktop.gui.settings.look import SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.settings.option_rows import OptionPage, OptionRow
from chatglm_desktop.gui.settings.row import FieldRow, Row
from chatglm_desktop.gui.settings.secret_field import SecretField
from chatglm_desktop.gui.settings.words import decision_words, failure_words, trial_words
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager

_LONGEST_WAIT = 3600
_SCHEMES = ("http", "https", "socks5", "socks5-local")


class NetworkPage(OptionPage):
    """Options, the proxy's password, and a card to try an address out."""

    def __init__(self, desk: Desk, accounts: Accounts) -> None:
        super().__init__(desk, tr("Network"))
        themes, controller = desk.themes, desk.controller
        self._controller = controller
        self.password = FieldRow(
            themes,
            tr("Password"),
            tr("Kept where the API keys are."),
            SecretField(themes),
            also="proxy",
        )
        self.password.field.edited.connect(self._keep_password)
        self.route = RouteRow(themes, controller)
        self.route.line.setText(accounts.default.address or PRESETS["bigmodel"].base_url)
        self._fill()
        self.refresh()
        controller.key_found.connect(self._hear_key)

    def _fill(self) -> None:
        modes = (
            (tr("The system's"), "system"),
            (tr("My own"), "custom"),
            (tr("None"), "off"),
        )
        mode = ChoiceField(self._themes, modes)
        self.own = (
            self._option("proxy_url", tr("Proxy address"), TextField("http://", _wrong_proxy)),
            self._option("proxy_user", tr("User"), TextField()),
            self.password,
        )
        self.add_card(self._option("proxy_mode", tr("Proxy"), mode), *self.own, title=tr("Proxy"))
        self.add_card(self.route, title=tr("Which way an address takes"))
        ca_file = FileField(tr("Certificates"), ("*.pem", "*.crt", "*.cer"), _wrong_file)
        self.add_card(self._option("ca_file", tr("Own certificates"), ca_file), title=tr("Trust"))
        self.add_card(
            self._seconds("connect", tr("Connecting")),
            self._seconds("first_token", tr("First word")),
            self._seconds("first_token_local", tr("First word from this computer")),
            self._seconds("idle", tr("Pause in a reply")),
            title=tr("Patience, in seconds"),
        )

    def refresh(self) -> None:
        super().refresh()
        own = self._preferences.options.network.proxy_mode == "custom"
        for row in self.own:
            row.field.setEnabled(own)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.look_for_key(PROXY_SECRET)
        self.route.explain()

    def _option(self, name: str, words: str, field: TextField | ChoiceField) -> OptionRow:
        row = self.option(f"network.{name}", words, field)
        # What is decided for the address below may be another one now.
        field.edited.connect(lambda _: self.route.explain())
        return row

    def _seconds(self, name: str, words: str) -> OptionRow:
        return self._option(name, words, NumberField(1, _LONGEST_WAIT))

    def _keep_password(self, change: KeyChange | None) -> None:
        if change is not None:
            self._controller.set_proxy_password(change)
        self.password.field.forget()

    def _hear_key(self, name: str, there: bool) -> None:
        if name == PROXY_SECRET:
            self.password.field.show_value(there)


class RouteRow(Row):
    """An address, how it would be asked and why, and what comes of asking it."""

    def __init__(self, themes: ThemeManager, controller: Controller) -> None:
        super().__init__(themes, tr("Address"), "", also="proxy test")
        self._controller = controller
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("Address to try"))
        self.button = QPushButton(tr("Try it"))
        self.way = MarkedLabel(themes, pixels=SMALL, tone="dim")
        self.came = MarkedLabel(themes, pixels=SMALL)
        self.came.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.came.hide()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.line, 1)
        top.addWidget(self.button)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 12, 12)
        grid.setVerticalSpacing(6)
        grid.addLayout(top, 0, 0)
        grid.addWidget(self.way, 1, 0)
        grid.addWidget(self.came, 2, 0)
        self.title.hide()
        self.line.textEdited.connect(self.explain)
        self.line.returnPressed.connect(self._try)
        self.button.clicked.connect(self._try)
        controller.route_explained.connect(self._hear_way)
        controller.route_tried.connect(self._hear_trial)

    def explain(self) -> None:
        """Say which way the address takes now."""
        self._say("")
        self._controller.explain_route(self.line.text().strip())

    def _try(self) -> None:
        self.button.setEnabled(False)
        self._say(tr("Asking…"))
        self._controller.try_route(self.line.text().strip())

    def _hear_way(self, url: str, found: ProxyDecision | Failure) -> None:
        if url == self.line.text().strip():
            wrong = isinstance(found, Failure)
            self.way.say(
                failure_words(found) if isinstance(found, Failure) else decision_words(found),
                "bad" if wrong else "dim",
            )

    def _hear_trial(self, url: str, trial: RouteTrial) -> None:
        self.button.setEnabled(True)
        if url == self.line.text().strip():
            self._say(trial_words(trial))
            self.came.say(trial_words(trial), "bad" if trial.failure else "ok")

    def _say(self, words: str) -> None:
        self.came.say(words, "dim")
        self.came.setVisible(bool(words))


def _wrong_proxy(text: str) -> str:
    scheme, mark, rest = text.rpartition("://")
    if not text:
        return ""
    if (mark and scheme.lower() not in _SCHEMES) or not rest.strip("/"):
        return tr("A proxy's address looks like http://host:8080 or socks5://host:1080.")
    if "@" in rest:
        return tr("User and password have fields of their own: the address is not kept secret.")
    return ""


def _wrong_file(text: str) -> str:
    return "" if not text or Path(text).is_file() else tr("There is no such file.")
