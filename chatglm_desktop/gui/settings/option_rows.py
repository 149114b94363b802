# SPDX-License-Identifier: MIT
"""Ties rows to places of the options: what is edited is chosen at once; knows no page."""

from __future__ import annotations

from collections.abc import Sequence

from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import Field
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.row import FieldRow
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.options import HELP


class OptionRow(FieldRow):
    """The option at ``place``."""

    def __init__(self, desk: Desk, place: str, name: str, field: Field, help: str = "") -> None:
        # The place too: whoever knows the file finds an option by what it is called there.
        super().__init__(desk.themes, name, help or tr(HELP[place]), field, also=place)
        self.place = place
        self._desk = desk
        self._preferences = desk.preferences
        field.edited.connect(self._put)
        self.reset_wanted.connect(self._reset)
        self.refresh()

    def refresh(self) -> None:
        self.field.show_value(self._preferences.value(self.place))
        self.offer_reset(not self._preferences.is_default(self.place))

    def _put(self, value: object) -> None:
        self._preferences.put(self.place, value)
        self.refresh()

    def _reset(self) -> None:
        self.forget()
        before = self._preferences.reset([self.place])
        self.refresh()
        self._desk.tell_change(tr("“{setting}” was reset.", setting=self.title.plain()), before)


class OptionPage(Page):
    """A page whose rows are options; resets them all on demand."""

    def __init__(self, desk: Desk, title: str, help: str = "") -> None:
        super().__init__(desk.themes, title, help)
        self._desk = desk
        self._preferences = desk.preferences
        self.reset_wanted.connect(self._reset)

    def option(self, place: str, name: str, field: Field, help: str = "") -> OptionRow:
        """A row for the option at ``place``, to be put on a card."""
        return OptionRow(self._desk, place, name, field, help)

    def places(self) -> Sequence[str]:
        """Where the options of this page are."""
        return [row.place for row in self.rows() if isinstance(row, OptionRow)]

    def refresh(self) -> None:
        super().refresh()
        changed = any(not self._preferences.is_default(place) for place in self.places())
        self.reset_button.setVisible(changed)

    def _reset(self) -> None:
        self.forget()
        before = self._preferences.reset(self.places())
        self.refresh()
        self._desk.tell_change(tr("“{section}” was reset.", section=self.title), before)
