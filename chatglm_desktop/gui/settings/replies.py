# SPDX-License-Identifier: MIT
"""The section of how replies are made; says what the service of new conversations would refuse."""

from __future__ import annotations

from typing import get_args

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.generation import Effort, OptionName
from chatglm_desktop.gui.composing.option_words import (
    effort_label,
    found_problems,
    option_help,
    option_label,
)
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.fields import (
    ChoiceField,
    Field,
    LongTextField,
    NumberField,
)
from chatglm_desktop.gui.settings.option_rows import OptionPage, OptionRow
from chatglm_desktop.gui.strings import tr

_PREFIX = "generation."
_MOST_TOKENS = 10_000_000


class RepliesPage(OptionPage):
    """The defaults of every conversation."""

    def __init__(self, desk: Desk, accounts: Accounts, catalogue: Catalogue) -> None:
        help = tr("These hold for every conversation that does not say otherwise.")
        super().__init__(desk, tr("Replies"), help)
        self._accounts = accounts
        self._catalogue = catalogue
        self._fill()
        self.refresh()

    def _fill(self) -> None:
        themes, left = self._themes, tr("Left to the service")
        on, off = tr("On"), tr("Off")
        efforts = ((effort_label(effort), effort) for effort in get_args(Effort))
        tokens = NumberField(1, _MOST_TOKENS, whole=True, optional=True, hint=left)
        self.add_card(self._option("system_prompt", LongTextField(5, tr("Nothing is said"))))
        self.add_card(
            self._option("thinking", ChoiceField(themes, ((left, None), (on, "on"), (off, "off")))),
            self._option("effort", ChoiceField(themes, ((left, None), *efforts))),
            self._option(
                "web_search", ChoiceField(themes, ((left, None), (on, True), (off, False)))
            ),
        )
        self.add_card(
            self._option("temperature", NumberField(0, 2, optional=True, hint=left)),
            self._option("top_p", NumberField(0.01, 1, optional=True, hint=left)),
            self._option("max_tokens", tokens),
            self._option("stop", LongTextField(3, lines=True)),
        )

    def _option(self, name: OptionName, field: Field) -> OptionRow:
        return self.option(_PREFIX + name, option_label(name), field, option_help(name))

    def refresh(self) -> None:
        """What the default service would refuse may be right for another one: it is only said."""
        super().refresh()
        generation = self._preferences.options.generation
        found = found_problems(generation, self._catalogue.abilities(Setup()))
        service = service_name(self._accounts.default)
        for row in self.rows():
            if isinstance(row, OptionRow):
                problem = next((w for name, w in found.items() if row.place == _PREFIX + name), "")
                row.warn(problem and f"{service}: {problem}")
