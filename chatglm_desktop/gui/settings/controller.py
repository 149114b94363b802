# SPDX-License-Identifier: MIT
"""Does what the settings need time for, keyrings and requests, and tells when it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.network import PROXY_SECRET, ProxyDecision, RouteTrial
from chatglm_desktop.core.secrets import Secret

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.chat.catalogue import Catalogue
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.settings.safe import Safe
    from chatglm_desktop.settings.kept_secrets import KeptSecrets
    from chatglm_desktop.settings.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Means:
    """What the settings work with.

    ``proxy_for`` tells through which proxy an address is asked, and ``try_address`` asks it;
    ``engine_missing`` says why no model file can be run here.
    """

    preferences: Preferences
    accounts: Accounts
    catalogue: Catalogue
    secrets: KeptSecrets
    proxy_for: Callable[[str], Awaitable[ProxyDecision]]
    try_address: Callable[[str], Awaitable[RouteTrial]]
    engine_missing: Callable[[], ChatError | None]
    safe: Safe
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What is to become of a key: another one, or none; ``key`` is None for none."""

    key: Secret | None


class Controller(QObject):
    """Emits ``key_found(name, whether there is one)``, ``described(Whereabouts)``,
    ``tested(Account, Verdict)`` or ``stopped(Account)``, ``models_listed(Account, ModelList)``,
    ``route_explained(url, ProxyDecision or Failure)``, ``route_tried(url, RouteTrial)``,
    ``key_lost(name)`` for a key that was not kept, ``keys_moved(whether that worked)`` and
    ``removed(Account, what puts it back)``.
    """

    key_found = Signal(str, bool)
    described = Signal(object)
    tested = Signal(object, object)
    stopped = Signal(object)
    models_listed = Signal(object, object)
    route_explained = Signal(str, object)
    route_tried = Signal(str, object)
    key_lost = Signal(str)
    keys_moved = Signal(bool)
    removed = Signal(object, object)

    def __init__(self, means: Means, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._means = means
        self._trial: tuple[Account, asyncio.Task[None]] | None = None

    def describe(self) -> None:
        """Find out where keys are kept."""

        async def work() -> None:
            self.described.emit(await asyncio.to_thread(self._means.secrets.describe))

        self._spawn(work(), "where keys are")

    def look_for_key(self, name: str) -> None:
        """Find out whether there is a key of this name."""

        async def work() -> None:
            self.key_found.emit(name, await self._means.accounts.key(name) is not None)

        self._spawn(work(), f"look for key {name}")

    def allow_file(self, allowed: bool) -> None:
        """Keep keys in a file where there is no keyring, or no longer."""

        async def work() -> None:
            moved = await asyncio.to_thread(self._means.secrets.allow_file, allowed)
            if moved:
                self._means.preferences.change(key_file=allowed)
            self.keys_moved.emit(moved)
            self.described.emit(await asyncio.to_thread(self._means.secrets.describe))

        self._spawn(work(), "move keys")

    def set_proxy_password(self, change: KeyChange) -> None:
        """Keep another password of the proxy, or none."""
        self._spawn(self._keep(PROXY_SECRET, change), "proxy password")

    def save(self, account: Account, change: KeyChange | None) -> None:
        """Keep a new or changed account; ``change`` is what becomes of its key, None for nothing.

        A new one becomes the service of new conversations.
        """

        async def work() -> None:
            accounts = self._means.accounts
            if any(known.id == account.id for known in accounts.own):
                if change is not None:
                    await self._keep(account.id, change)
                accounts.change(account)
            elif not await accounts.add(account, change.key if change is not None else None):
                self.key_lost.emit(account.id)
                await accounts.add(account)

        self._spawn(work(), f"save account {account.id}")

    def remove(self, account: Account) -> None:
        """Forget an account and its key, which can be put back."""

        async def work() -> None:
            accounts = self._means.accounts
            key = await accounts.key(account.id)
            if account not in accounts.own:
                # Removed twice, or changed while the keyring was asked.
                return
            index, default = accounts.own.index(account), accounts.default == account
            await accounts.remove(account.id)
            self.removed.emit(account, partial(self._put_back, account, index, default, key))

        self._spawn(work(), f"remove account {account.id}")

    def test(self, account: Account, change: KeyChange | None) -> None:
        """Ask for a short reply; one test at a time."""

        async def work() -> None:
            accounts, catalogue = self._means.accounts, self._means.catalogue
            key = await accounts.key(account.id) if change is None else change.key
            verdict = await catalogue.test(account, key, account.model)
            self.tested.emit(account, verdict)

        self.stop_test()
        self._trial = account, self._ask(work(), f"test account {account.id}")

    def stop_test(self) -> None:
        """Nobody waits for the verdict any more."""
        if self._trial is not None:
            account, task = self._trial
            self._trial = None
            if task.cancel():
                self.stopped.emit(account)

    def list_models(self, account: Account) -> None:
        """Ask a service which models it has; the key is the one that is kept."""

        async def work() -> None:
            listed = await self._means.catalogue.models(account)
            self.models_listed.emit(account, listed)

        self._ask(work(), f"list models of {account.id}")

    def explain_route(self, url: str) -> None:
        """Find out through which proxy an address would be asked, and why."""

        async def work() -> None:
            try:
                self.route_explained.emit(url, await self._means.proxy_for(url))
            except ChatError as error:
                self.route_explained.emit(url, error.failure)

        self._ask(work(), "explain route")

    def try_route(self, url: str) -> None:
        """Ask an address as it would be asked for a reply."""

        async def work() -> None:
            self.route_tried.emit(url, await self._means.try_address(url))

        self._ask(work(), "try route")

    def add_model_file(self, path: str) -> None:
        """Offer a model file; the first one brings the service for such files."""
        preferences = self._means.preferences
        files = tuple(file for file in preferences.options.model_files if file != path)
        preferences.change(model_files=(*files, path))
        if not any(account.kind == "local" for account in preferences.options.accounts):
            self.save(Account("local", "local", model=path), None)

    def remove_model_file(self, path: str) -> Callable[[], None]:
        """Offer a model file no longer. Returns what puts it back."""
        preferences = self._means.preferences
        before = preferences.options
        left = tuple(file for file in before.model_files if file != path)
        accounts = tuple(
            replace(account, model=next(iter(left), ""))
            if account.kind == "local" and account.model == path
            else account
            for account in before.accounts
        )
        preferences.change(model_files=left, accounts=accounts)
        used = [known.id for known in before.accounts if known not in accounts]
        # One that was chosen when its service was set up is not among the files.
        index = before.model_files.index(path) if path in before.model_files else None
        return partial(self._put_file_back, path, index, used)

    def _put_file_back(self, path: str, index: int | None, used: Sequence[str]) -> None:
        """Offer ``path`` again, which the accounts ``used`` had; all else stays as it is now."""
        preferences = self._means.preferences
        files = [file for file in preferences.options.model_files if file != path]
        if index is not None:
            files.insert(index, path)
        accounts = tuple(
            replace(account, model=path) if account.id in used else account
            for account in preferences.options.accounts
        )
        preferences.change(model_files=tuple(files), accounts=accounts)

    def _put_back(self, account: Account, index: int, default: bool, key: Secret | None) -> None:
        preferences = self._means.preferences
        accounts = [*preferences.options.accounts]
        if any(known.id == account.id for known in accounts):
            # Meanwhile another has its id, and keeps its key.
            return
        accounts.insert(index, account)
        preferences.change(accounts=tuple(accounts))
        if default:
            self._means.accounts.make_default(account.id)
        if key is not None:
            self._spawn(self._keep(account.id, KeyChange(key)), f"key {account.id}")

    async def _keep(self, name: str, change: KeyChange) -> None:
        kept = await self._means.accounts.set_key(name, change.key)
        # To delete what is not there is no loss.
        if change.key is not None and not kept:
            self.key_lost.emit(name)
        self.key_found.emit(name, change.key is not None and kept)

    def _ask(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        return self._means.tasks.spawn(work, name, needed=False)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._means.tasks.spawn(work, name)
