# SPDX-License-Identifier: MIT
"""The dialog in which a service is set up or changed; never shows the key that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QWidget

from chatglm_desktop.chat.catalogue import Catalogue, ModelList, Verdict
from chatglm_desktop.core.accounts import PRESETS, Account, AccountProxy, Preset
from chatglm_desktop.core.hosts import host
from chatglm_desktop.core.keys import key_in
from chatglm_desktop.core.links import host_of, is_web
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.service_names import preset_name
from chatglm_desktop.gui.settings.controller import KeyChange
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import NumberField
from chatglm_desktop.gui.settings.form import Form
from chatglm_desktop.gui.settings.look import SMALL
from chatglm_desktop.gui.settings.marked_label import MarkedLabel
from chatglm_desktop.gui.settings.model_field import ModelField
from chatglm_desktop.gui.settings.secret_field import SecretField
from chatglm_desktop.gui.settings.words import failure_words, verdict_words, whereabouts_words
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.choice import Choice
from chatglm_desktop.settings.secrets import Whereabouts

_MOST_IN_FLIGHT = 64
_BUILT_IN = ("guest", "demo", "local")
_WIDTH = 600


class AccountEditor(Frame):
    """Without an ``account`` for a new one; ``new_id`` gives a free id for a preset."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        catalogue: Catalogue,
        account: Account | None,
        new_id: Callable[[str], str],
    ) -> None:
        title = tr("Add a service") if account is None else tr("Edit the service")
        super().__init__(parent, title, "")
        self._themes = desk.themes
        self._catalogue = catalogue
        self._controller = desk.controller
        self._before = account
        self._new_id = new_id
        self._place = ""
        self.setMinimumWidth(_WIDTH)
        self._build()
        self._connect()
        self._show(account or Account("", "bigmodel"))

    def _build(self) -> None:
        themes = self._themes
        choices = [(preset_name(p), p.id) for p in PRESETS.values() if p.id not in _BUILT_IN]
        if self._before is not None and self._before.kind == "local":
            choices = [(preset_name(self._before.known_preset), self._before.preset)]
        self.preset = Choice(themes, choices)
        self.label = QLineEdit()
        self.address = QLineEdit()
        self.key = SecretField(themes, key_in)
        self.model = ModelField(themes)
        self.in_flight = NumberField(1, _MOST_IN_FLIGHT, whole=True, optional=True)
        self.proxy = Choice(
            themes,
            (
                (tr("As in the network settings"), "default"),
                (tr("None"), "off"),
                (tr("The system's"), "system"),
                (tr("My own"), "custom"),
            ),
        )
        self.form = Form(themes)
        self.form.add(tr("Kind"), self.preset)
        self.form.add(tr("Name"), self.label)
        self.form.add(tr("Address"), self.address)
        self.form.add(tr("API key"), self.key)
        self.form.add(tr("Model"), self.model)
        self.form.add(
            tr("Requests at a time"), self.in_flight, tr("Others wait in line until one has ended.")
        )
        self.form.add(tr("Proxy"), self.proxy)
        self.verdict = MarkedLabel(themes, pixels=SMALL)
        self.verdict.hide()
        self.body.addWidget(self.form)
        self.body.addWidget(self.verdict)
        self.key_page_button = self.add_button(tr("Get a key"))
        self.test_button = self.add_button(tr("Test the connection"))
        self.cancel_button = self.add_button(tr("Cancel"))
        self.save_button = self.add_button(tr("Save"), primary=True)

    def _connect(self) -> None:
        controller = self._controller
        self.preset.chosen.connect(controller.stop_test)
        self.preset.chosen.connect(self._choose_preset)
        self.address.editingFinished.connect(self._note_key)
        self.model.list_wanted.connect(lambda: controller.list_models(self.account()))
        self.key_page_button.clicked.connect(self._open_key_page)
        self.test_button.clicked.connect(self._test)
        self.cancel_button.clicked.connect(self.close)
        self.save_button.clicked.connect(self._save)
        self.finished.connect(controller.stop_test)
        controller.described.connect(self._hear_place)
        controller.key_found.connect(self._hear_key)
        controller.tested.connect(self._hear_verdict)
        controller.stopped.connect(self._hear_end)
        controller.models_listed.connect(self._hear_models)

    @property
    def _preset(self) -> Preset:
        return PRESETS[str(self.preset.value)]

    def account(self) -> Account:
        """What has been written so far."""
        preset = self._preset
        address = self.address.text().strip().rstrip("/")
        before = self._before or Account(self._new_id(preset.id), preset.id)
        return replace(
            before,
            # One of a newer version stays what it is.
            preset=before.preset if before.known_preset is preset else preset.id,
            label=self.label.text().strip(),
            base_url="" if address == preset.base_url.rstrip("/") else address,
            model=self.model.text(),
            proxy=cast("AccountProxy", self.proxy.value),
            in_flight=int(self.in_flight.number() or 0),
        )

    def _show(self, account: Account) -> None:
        self.preset.show_value(account.preset if account.preset in PRESETS else "custom")
        self.label.setText(account.label)
        self.address.setText(account.base_url)
        self.in_flight.show_value(account.in_flight or None)
        self.proxy.show_value(account.proxy)
        self._choose_preset()
        self.model.show_value(account.model)
        self._controller.describe()
        if self._before is not None:
            self._controller.look_for_key(account.id)

    def _choose_preset(self) -> None:
        """Show what goes with the kind of service."""
        preset, form = self._preset, self.form
        self.label.setPlaceholderText(preset_name(preset))
        self.address.setPlaceholderText(preset.base_url or "https://example.org/v1")
        self.in_flight.line.setPlaceholderText(str(preset.in_flight))
        self.model.set_models(self._catalogue.known(self.account()))
        form.show_line(self.address, preset.kind != "local")
        form.show_line(self.key, preset.key != "none")
        form.show_line(self.proxy, preset.kind != "local")
        form.note(self.model, tr("Empty means the first one that costs nothing."))
        form.note(self.address, "")
        self.key_page_button.setVisible(bool(preset.key_page))
        self.key_page_button.setToolTip(preset.key_page)
        self._say("")

    def _fit(self) -> None:
        """Be as high as what is there now wants; words that wrap do not tell in time."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _key_change(self) -> KeyChange | None:
        """What becomes of the key; the one of another host is not sent to this one."""
        change = self.key.change()
        return KeyChange(None) if change is None and self._moved() else change

    def _moved(self) -> bool:
        before = self._before
        return before is not None and host(before.address) != host(self.account().address)

    def _wrong_address(self) -> str:
        account = self.account()
        if account.kind == "local":
            return ""
        if not (is_web(account.address) and host_of(account.address)):
            return tr("An address begins with http:// or https://.")
        if "@" in account.address:
            return tr("No user or password in the address: it is not kept secret.")
        return ""

    def _checked(self) -> bool:
        """Say what stands in the way of a test and of saving; whether nothing does."""
        form, address = self.form, self._wrong_address()
        form.note(self.address, address, wrong=True)
        in_flight = self.in_flight.problem()
        form.note(
            self.in_flight,
            in_flight or tr("Others wait in line until one has ended."),
            wrong=bool(in_flight),
        )
        self._fit()
        if address or in_flight:
            (self.address if address else self.in_flight).setFocus()
        return not address and not in_flight

    def _test(self) -> None:
        if self._checked():
            self._controller.test(self.account(), self._key_change())
            # Not while it is pressed with a key: the focus would go to the next button.
            self.save_button.setFocus()
            self.test_button.setEnabled(False)
            self._say(tr("Asking for a short reply…"))

    def _save(self) -> None:
        if self._checked():
            self._controller.save(self.account(), self._key_change())
            self.close()

    def _open_key_page(self) -> None:
        QDesktopServices.openUrl(QUrl(self._preset.key_page))

    def _hear_verdict(self, account: Account, verdict: Verdict) -> None:
        if account.id == self.account().id:
            self.test_button.setEnabled(True)
            self.verdict.say(verdict_words(account, verdict), "bad" if verdict.failure else "ok")
            self.verdict.show()
            self.model.suggest(verdict.model)
            self._fit()

    def _hear_end(self) -> None:
        self.test_button.setEnabled(True)
        self._say("")

    def _hear_models(self, account: Account, listed: ModelList) -> None:
        if account.id == self.account().id:
            self.model.set_models(listed.models)
            failure = listed.failure
            self.form.note(
                self.model,
                tr("{count} models", count=len(listed.models))
                if failure is None
                else failure_words(failure),
                wrong=failure is not None,
            )
            self._fit()

    def _hear_place(self, place: Whereabouts) -> None:
        self._place = whereabouts_words(place)
        self._note_key()

    def _note_key(self) -> None:
        moved = self._moved() and self.key.change() is None
        warning = tr("A key goes to its own host only: enter the one of this address.")
        self.form.note(self.key, warning if moved else self._place)
        self._fit()

    def _hear_key(self, name: str, there: bool) -> None:
        if self._before is not None and name == self._before.id:
            self.key.show_value(there)

    def _say(self, words: str) -> None:
        self.verdict.say(words, "dim")
        self.verdict.setVisible(bool(words))
        self._fit()
