# SPDX-License-Identifier: MIT
"""The services that can be chosen and their keys; knows no network and no window."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from chatglm_desktop.core.accounts import BUILT_IN, GUEST, Account
from chatglm_desktop.core.events import Signal

if TYPE_CHECKING:
    from chatglm_desktop.core.accounts import Setup
    from chatglm_desktop.core.secrets import Secret
    from chatglm_desktop.settings.preferences import Preferences
    from chatglm_desktop.settings.secrets import Secrets, Whereabouts


class Accounts:
    """The guest service and what the user has set up. Emits ``changed`` after any change.

    ``secrets`` may ask the user for a password, so that it is called in a thread only.
    """

    def __init__(self, preferences: Preferences, secrets: Secrets) -> None:
        self.changed: Signal[None] = Signal()
        self._preferences = preferences
        self._secrets = secrets
        self._lent: Account | None = None
        self._lent_key: Secret | None = None
        preferences.changed.connect(self._hear)

    @property
    def all(self) -> tuple[Account, ...]:
        """Those that can be chosen, in the order in which they are offered."""
        return (*self._preferences.options.accounts, GUEST)

    @property
    def own(self) -> tuple[Account, ...]:
        """Those that the user has set up."""
        return self._preferences.options.accounts

    @property
    def default(self) -> Account:
        """The service of a new conversation."""
        return self.find(self._preferences.options.default_account) or GUEST

    def find(self, account_id: str) -> Account | None:
        """The account with this id, also a built-in one; None if there is none any more."""
        lent = () if self._lent is None else (self._lent,)
        known = (*lent, *self._preferences.options.accounts, *BUILT_IN)
        return next((account for account in known if account.id == account_id), None)

    def of(self, setup: Setup) -> Account:
        """The account of a conversation: its own, or the default one."""
        return self._lent or self.find(setup.account_id) or self.default

    def lend(self, account: Account, key: Secret | None = None) -> None:
        """Let ``account`` answer everything, for this run only; ``key`` goes before its own."""
        self._lent, self._lent_key = account, key

    @property
    def lent(self) -> Account | None:
        """The account that answers everything in this run, if there is one."""
        return self._lent

    async def key(self, account_id: str) -> Secret | None:
        """The key of an account, None if it has none."""
        if self._lent is not None and self._lent.id == account_id and self._lent_key is not None:
            return self._lent_key
        return await asyncio.to_thread(self._secrets.get, account_id)

    async def set_key(self, account_id: str, key: Secret | None) -> bool:
        """Keep another key, or none; whether that worked."""
        if key is None:
            return await asyncio.to_thread(self._secrets.delete, account_id)
        return await asyncio.to_thread(self._secrets.set, account_id, key)

    async def whereabouts(self) -> Whereabouts:
        """Where keys are kept."""
        return await asyncio.to_thread(self._secrets.describe)

    async def add(self, account: Account, key: Secret | None = None) -> bool:
        """Set up one more service, which becomes the default one.

        Without ``key`` it has none: what may still lie under its id was meant for another host.
        Returns False, and sets nothing up, if the key was not kept.
        """
        # The key first: an account without it would only fail.
        if not await self.set_key(account.id, key) and key is not None:
            return False
        options = self._preferences.options
        others = tuple(known for known in options.accounts if known.id != account.id)
        self._preferences.change(accounts=(*others, account), default_account=account.id)
        return True

    def change(self, account: Account) -> None:
        """Put a changed account in the place of the one with its id."""
        accounts = self._preferences.options.accounts
        changed = tuple(account if known.id == account.id else known for known in accounts)
        self._preferences.change(accounts=changed)

    def make_default(self, account_id: str) -> None:
        """New conversations use this account from now on."""
        self._preferences.change(default_account=account_id)

    async def remove(self, account_id: str) -> None:
        """Forget an account and its key."""
        options = self._preferences.options
        left = tuple(known for known in options.accounts if known.id != account_id)
        default = options.default_account
        self._preferences.change(
            accounts=left,
            default_account=(left[0].id if left else GUEST.id)
            if default == account_id
            else default,
        )
        await self.set_key(account_id, None)

    def choose_model(self, account_id: str, model: str) -> None:
        """Remember what was chosen last, and as the account's own model."""
        options = self._preferences.options
        used = f"{account_id}/{model}"
        recent = (used, *(name for name in options.recent_models if name != used))
        account = next((known for known in options.accounts if known.id == account_id), None)
        if account is not None:
            self.change(replace(account, model=model))
        self._preferences.change(recent_models=recent[:8])

    @property
    def recent(self) -> tuple[tuple[Account, str], ...]:
        """Account and model of what was chosen last, the latest first."""
        pairs = (name.partition("/") for name in self._preferences.options.recent_models)
        found = ((self.find(account_id), model) for account_id, _, model in pairs)
        return tuple((account, model) for account, model in found if account is not None)

    def _hear(self, names: frozenset[str]) -> None:
        if names & {"accounts", "default_account", "recent_models"}:
            self.changed.emit(None)
