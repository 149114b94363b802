# SPDX-License-Identifier: MIT
"""The section of services: which are set up, which is the default, whether they work."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue, Verdict
from chatglm_desktop.chat.joining import Joining
from chatglm_desktop.core.accounts import Account, Setup
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.words import account_detail, verdict_words
from chatglm_desktop.gui.strings import tr


class AccountsPage(Page):
    """One row for each service that can be chosen."""

    def __init__(self, desk: Desk, accounts: Accounts, catalogue: Catalogue) -> None:
        help = tr("Who answers. Keys are kept apart from the settings and sent to nobody else.")
        super().__init__(desk.themes, tr("Services"), help)
        self._desk = desk
        self._accounts = accounts
        self._catalogue = catalogue
        self._controller = desk.controller
        self._shown: tuple[object, ...] = ()
        self._rows: dict[str, ItemRow] = {}
        self._tested = ""
        self._card = self.add_card()
        self.add_button = QPushButton(tr("Add a service"))
        self.add_button.clicked.connect(self.add)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.add_below(foot)
        self._controller.tested.connect(self._hear_verdict)
        self._controller.stopped.connect(self._hear_end)
        self.refresh()

    def refresh(self) -> None:
        shown = (self._accounts.all, self._accounts.default)
        if shown != self._shown:
            self._shown = shown
            self._rows = {account.id: self._row(account) for account in self._accounts.all}
            self._card.replace([*self._rows.values()])

    def row(self, account_id: str) -> ItemRow:
        """The row of an account. Raises KeyError if there is none."""
        return self._rows[account_id]

    def add(self) -> None:
        """Let the user set up one more service."""
        self._edit(None)

    def _row(self, account: Account) -> ItemRow:
        default = account == self._accounts.default
        model = self._catalogue.model(Setup(account.id)).name
        badge = tr("For new conversations") if default else ""
        detail = account_detail(account, model)
        row = ItemRow(self._themes, service_name(account), detail, badge, account.preset)
        name = service_name(account)
        row.add_button(
            tr("Test"), partial(self._test, account), tr("Test “{service}”", service=name)
        )
        if not default:
            row.add_icon(
                "check",
                tr("Use “{service}” for new conversations", service=name),
                partial(self._accounts.make_default, account.id),
            )
        if account in self._accounts.own:
            row.add_icon(
                "rename", tr("Edit “{service}”", service=name), partial(self._edit, account)
            )
            row.add_icon(
                "trash",
                tr("Remove “{service}”", service=name),
                partial(self._controller.remove, account),
            )
        return row

    def _test(self, account: Account) -> None:
        self._controller.test(account, None)
        self._tested = account.id
        self._rows[account.id].say(tr("Asking for a short reply…"), "dim")

    def _hear_verdict(self, account: Account, verdict: Verdict) -> None:
        if account.id == self._tested:
            self._tested = ""
            self.show_verdict(account, verdict)

    def _hear_end(self, account: Account) -> None:
        row = self._rows.get(account.id)
        if account.id == self._tested and row is not None:
            row.say("")

    def show_verdict(self, account: Account, verdict: Verdict) -> None:
        """Tell below an account what its test came to."""
        row = self._rows.get(account.id)
        if row is not None:
            row.say(verdict_words(account, verdict), "bad" if verdict.failure else "ok")

    def _edit(self, account: Account | None) -> None:
        from chatglm_desktop.gui.settings.account_editor import AccountEditor

        new_id = Joining(self._accounts, self._catalogue).new_id
        AccountEditor(self.window(), self._desk, self._catalogue, account, new_id).open()
