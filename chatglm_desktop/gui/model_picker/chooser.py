# SPDX-License-Identifier: MIT
"""Opens the list of models and fills it while services answer; knows no conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from chatglm_desktop.chat.model_rows import Choices, Offer
from chatglm_desktop.core.errors import ChatError

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.chat.catalogue import Catalogue
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.accounts import Account, Setup
    from chatglm_desktop.gui.model_picker.picker import ModelPicker
    from chatglm_desktop.gui.theme.manager import ThemeManager


class ModelChooser(QObject):
    """Belongs to one page. What was chosen is remembered among the accounts.

    Emits ``chosen(account id, model id)``, ``server_wanted(account)`` for one that runs here and
    is to be set up, ``service_wanted()`` for any other, ``several_chosen(pairs of ids)``, and
    ``left()`` when the focus has no place to go to.
    """

    chosen = Signal(str, str)
    several_chosen = Signal(object)
    server_wanted = Signal(object)
    service_wanted = Signal()
    left = Signal()

    def __init__(
        self,
        page: QWidget,
        themes: ThemeManager,
        catalogue: Catalogue,
        accounts: Accounts,
        *,
        tasks: Tasks,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._themes = themes
        self._catalogue = catalogue
        self._accounts = accounts
        self._tasks = tasks
        self._picker: ModelPicker | None = None
        self._closed = False

    def close(self) -> None:
        """Tell nothing more; what services still answer is kept by the catalogue."""
        self._closed = True
        if self._picker is not None:
            self._picker.close()

    @property
    def picker(self) -> ModelPicker | None:
        """The list while it is open."""
        return self._picker

    def toggle(self, anchor: QRect, setup: Setup, *, several: bool = False) -> None:
        """Open the list beside ``anchor`` (in the page), or close it; ``setup`` is in use.

        One is chosen, or ``several``.
        """
        from chatglm_desktop.gui.model_picker.picker import ModelPicker

        if self._picker is not None:
            self._picker.leave()
            return
        picker = self._picker = ModelPicker(self._themes, self._page)
        picker.chosen.connect(self._choose)
        picker.several_chosen.connect(self.several_chosen)
        picker.refresh_wanted.connect(self._refresh)
        picker.server_wanted.connect(self.server_wanted)
        picker.service_wanted.connect(self.service_wanted)
        picker.left.connect(self.left)
        picker.gone.connect(self._forget)
        choices = self._choices(setup)
        picker.open_at(anchor, replace(choices, marked=(choices.chosen,)) if several else choices)
        for offer in picker.choices.offers:
            if offer.loading:
                self._ask(offer.account, refresh=False)
        self._tasks.spawn(self._find_servers(picker), name="look for servers", needed=False)

    def _choices(self, setup: Setup) -> Choices:
        """What is known without asking anybody."""
        used = self._accounts.of(setup)
        accounts = (used,) if self._accounts.lent else self._accounts.all
        # The demo is listed only where it is in use.
        accounts = accounts if used in accounts else (used, *accounts)
        return Choices(
            tuple(self._offer(account) for account in accounts),
            tuple((account.id, model) for account, model in self._accounts.recent),
            (used.id, self._catalogue.model(setup).id),
        )

    def _offer(self, account: Account) -> Offer:
        asks = account.kind in ("glm", "openai") and not self._catalogue.heard(account)
        return Offer(account, self._catalogue.known(account), loading=asks)

    def _choose(self, account: Account, model: str) -> None:
        self._accounts.choose_model(account.id, model)
        self.chosen.emit(account.id, model)

    def _refresh(self, account: Account) -> None:
        if account.kind in ("glm", "openai"):
            self._update(account, Offer(account, self._catalogue.known(account), loading=True))
            self._ask(account, refresh=True)

    def _ask(self, account: Account, *, refresh: bool) -> None:
        work = self._list(account, refresh)
        self._tasks.spawn(work, name=f"models of {account.id}", needed=False)

    async def _list(self, account: Account, refresh: bool) -> None:
        listed = await self._catalogue.models(account, refresh=refresh)
        if self._closed:
            return
        self._update(account, Offer(account, listed.models, listed.failure))

    async def _find_servers(self, picker: ModelPicker) -> None:
        try:
            servers = await self._catalogue.running()
        except ChatError:
            return
        if picker is self._picker:
            picker.show_choices(replace(picker.choices, servers=servers))

    def _update(self, account: Account, offer: Offer) -> None:
        """Put an account's offer in its place, if the list is still open."""
        if self._picker is not None:
            choices = self._picker.choices
            offers = tuple(offer if o.account.id == account.id else o for o in choices.offers)
            self._picker.show_choices(replace(choices, offers=offers))

    def _forget(self) -> None:
        self._picker = None
