# SPDX-License-Identifier: MIT
"""Which models each account offers and whether it works; knows no wire format and no window."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.accounts import PRESETS, Account
from chatglm_desktop.core.errors import ChatError, Failure, ModelNotFound, WrongAddress
from chatglm_desktop.core.events import Signal
from chatglm_desktop.core.models import ModelInfo, chats, join_models

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.core.accounts import Setup
    from chatglm_desktop.core.generation import Abilities
    from chatglm_desktop.core.secrets import Secret


class Probe(Protocol):
    """Asks services about themselves; all raise ChatErrors."""

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        """The models that the service itself lists."""
        ...

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        """Ask for a reply of a few tokens; returns its text."""
        ...

    async def running(self) -> Sequence[str]:
        """The presets of servers that run on this computer, at their usual addresses."""
        ...


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models of an account; ``failure`` is why the service's own list is not among them."""

    models: tuple[ModelInfo, ...]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of testing an account with ``model``: an answer in so many ``seconds``, or not."""

    model: str
    seconds: float
    failure: Failure | None = None


class Catalogue:
    """``table`` holds what is known of models, by the id of their preset.

    Emits ``learned`` when an account has named its models.
    """

    def __init__(
        self,
        accounts: Accounts,
        table: Mapping[str, tuple[ModelInfo, ...]],
        probe: Probe,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self.learned: Signal[None] = Signal()
        self._accounts = accounts
        self._table = table
        self._probe = probe
        self._elapsed = elapsed
        self._lists: dict[Account, ModelList] = {}

    def known(self, account: Account) -> tuple[ModelInfo, ...]:
        """The models that are known without asking anybody."""
        heard = self._lists.get(_asked(account))
        return heard.models if heard else self._table.get(account.preset, ())

    def heard(self, account: Account) -> bool:
        """Whether the account's own list is among what is known."""
        return _asked(account) in self._lists

    def info(self, account: Account, model: str) -> ModelInfo:
        """What is known of a model; of one that nobody has heard of, its id."""
        return next((info for info in self.known(account) if info.id == model), ModelInfo(model))

    def model(self, setup: Setup) -> ModelInfo:
        """The model of a conversation: its own, its account's, or the first that is known.

        A retired one gives way to its successor, of the same service.
        """
        account = self._accounts.of(setup)
        chosen = self.chosen(setup)
        if not chosen:
            return self._first(account)
        info = self.info(account, chosen)
        return self.info(account, info.successor) if info.retired and info.successor else info

    async def first_model(self, account: Account) -> str:
        """The model of an account for which none was chosen; "" if it offers none.

        An account that nothing is known of is asked for its list. Raises ChatErrors.
        """
        first = self._first(account).id
        if not first and account.kind == "openai":
            with suppress(WrongAddress):  # a server without a list may know what to take
                await self._ask(account)
            first = self._first(account).id
        return first

    def _first(self, account: Account) -> ModelInfo:
        known = self.known(account)
        return next((i for i in known if not i.retired and chats(i)), ModelInfo(""))

    def chosen(self, setup: Setup) -> str:
        """The id of the model that was chosen for a conversation or its account, "" if none was.

        A model is not asked of another account than the one that it was chosen for.
        """
        there = not setup.account_id or self._accounts.find(setup.account_id) is not None
        return (setup.model if there else "") or self._accounts.of(setup).model

    def abilities(self, setup: Setup) -> Abilities:
        """What the service of a conversation takes with its model."""
        return abilities(self._accounts.of(setup), self.model(setup))

    async def models(self, account: Account, *, refresh: bool = False) -> ModelList:
        """All models of an account; the service is asked once, or again with ``refresh``.

        Model files on this computer are looked at each time.
        """
        if refresh or account.kind == "local" or not self.heard(account):
            try:
                await self._ask(account)
            except ChatError as error:
                # Not kept: the next look asks again.
                return ModelList(self._table.get(account.preset, ()), error.failure)
        return self._lists[_asked(account)]

    async def _ask(self, account: Account) -> None:
        """Hear the account's own list. Raises ChatErrors."""
        key = await self._accounts.key(account.id)
        listed = await self._probe.list_models(account, key)
        table = self._table.get(account.preset, ())
        self._lists[_asked(account)] = ModelList(join_models(table, listed))
        self.learned.emit(None)

    async def running(self) -> tuple[Account, ...]:
        """Servers that run on this computer and are not set up yet, as accounts to be added."""
        set_up = {account.address for account in self._accounts.all}
        found = (PRESETS[preset] for preset in await self._probe.running())
        return tuple(
            Account(preset.id, preset.id)
            for preset in found
            if preset.base_url.rstrip("/") not in set_up
        )

    async def test(self, account: Account, key: Secret | None, model: str = "") -> Verdict:
        """Ask for a short reply with a real request."""
        began = self._elapsed()
        failure: Failure | None = None
        try:
            model = model or account.model or await self._any_model(account, key)
            if not model:
                raise ModelNotFound
            await self._probe.try_out(account, key, model)
        except ChatError as error:
            failure = error.failure
        return Verdict(model, self._elapsed() - began, failure)

    async def _any_model(self, account: Account, key: Secret | None) -> str:
        """The first model that costs nothing, or the first one; "" if there is none."""
        known = [info for info in self.known(account) if not info.retired]
        known = known or [*await self._probe.list_models(account, key)]
        known = [info for info in known if chats(info)]
        free = [info for info in known if info.free]
        return next((info.id for info in (*free, *known)), "")


def _asked(account: Account) -> Account:
    """What of an account its list depends on."""
    return replace(account, label="", model="", in_flight=0)
