# SPDX-License-Identifier: MIT
"""The section of where keys are; shows none."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.words import whereabouts_words
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.switch import Switch
from chatglm_desktop.settings.options import HELP
from chatglm_desktop.settings.secrets import Whereabouts


class KeysPage(Page):
    """Looks where keys are when it is shown: a keyring may ask for its password then."""

    def __init__(self, desk: Desk) -> None:
        help = tr(
            "API keys are sent to the service that they belong to and to nobody else. They are in "
            "no settings file, no conversation, no log."
        )
        themes, controller = desk.themes, desk.controller
        super().__init__(themes, tr("Keys and privacy"), help)
        self._preferences = desk.preferences
        self._controller = controller
        self.place = ItemRow(themes, tr("Where keys are"), "…", also="keyring")
        self.file = ItemRow(
            themes, tr("Keep keys in a file"), tr(HELP["key_file"]), also="key_file"
        )
        self.switch = Switch(themes, tr("Keep keys in a file"))
        self.switch.clicked.connect(controller.allow_file)
        self.file.add_widget(self.switch)
        self.add_card(self.place, self.file)
        controller.described.connect(self._hear)
        controller.keys_moved.connect(self._hear_moved)
        self.refresh()

    def refresh(self) -> None:
        self.switch.setChecked(self._preferences.options.key_file)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._controller.describe()

    def _hear(self, place: Whereabouts) -> None:
        self.place.help.say(whereabouts_words(place))
        keyring = place.place == "keyring"
        self.switch.setEnabled(not keyring)
        if keyring:
            self.file.say(tr("Not needed: there is a keyring."), "dim")

    def _hear_moved(self, moved: bool) -> None:
        self.refresh()
        wrong = tr("The keys could not be moved. They are where they were.")
        self.file.say("" if moved else wrong, "bad")
