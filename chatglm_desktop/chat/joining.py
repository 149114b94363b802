# SPDX-License-Identifier: MIT
"""Sets up a service once it is known to work; knows no window and no wire format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from chatglm_desktop.core import errors
from chatglm_desktop.core.accounts import PRESETS, Account
from chatglm_desktop.core.errors import Failure, ModelNotFound, failure_kind
from chatglm_desktop.core.models import chats

if TYPE_CHECKING:
    from chatglm_desktop.chat.accounts import Accounts
    from chatglm_desktop.chat.catalogue import Catalogue
    from chatglm_desktop.core.secrets import Secret

_KNOWS_THE_KEY = (
    errors.NoBalance,
    errors.AccountRefused,
    errors.LimitReached,
    errors.RateLimited,
    errors.Busy,
    errors.ModelNotFound,
    errors.ContentFiltered,
)
"""What only a host says that has accepted the key."""
_OF_ANOTHER_PLAN = (errors.NoBalance, errors.AccountRefused)
"""What a host says to the key of a coding plan that is used without it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``account`` is set up; ``remark`` is what its service said instead of an answer.

    Its key is ``forgotten`` at the end of the program where there is no keyring.
    """

    account: Account
    remark: Failure | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was set up: what each service that was asked said."""

    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class NotKept:
    """The key works, but the keyring did not take it."""


@dataclass(frozen=True, slots=True)
class NoModel:
    """The server works, but has no model."""


Outcome: TypeAlias = Joined | Refused | NotKept | NoModel


class Joining:
    """Tries services out and adds those that work to ``accounts``."""

    def __init__(self, accounts: Accounts, catalogue: Catalogue) -> None:
        self._accounts = accounts
        self._catalogue = catalogue

    async def with_key(self, key: Secret, presets: Sequence[str]) -> Outcome:
        """Set up the first of ``presets`` whose host knows ``key``."""
        failures: list[Failure] = []
        for preset in presets:
            outcome = await self._try_host(Account(self.new_id(preset), preset), key)
            if not isinstance(outcome, Failure):
                return outcome
            failures.append(outcome)
        return Refused(tuple(failures))

    async def with_server(self, account: Account, key: Secret | None = None) -> Outcome:
        """Set up a server after a real answer; it may have to load its model for that."""
        account = replace(account, id=self.new_id(account.preset))
        verdict = await self._catalogue.test(account, key)
        if not verdict.model and verdict.failure == ModelNotFound().failure:
            return NoModel()
        if verdict.failure is not None:
            return Refused((verdict.failure,))
        return await self._join(replace(account, model=verdict.model), key)

    async def with_running(self, account: Account) -> Outcome:
        """Set up a server that was found, with its first model; what it says is not waited for."""
        account = replace(account, id=self.new_id(account.preset))
        listed = await self._catalogue.models(account, refresh=True)
        if listed.failure is not None:
            return Refused((listed.failure,))
        model = next((model.id for model in listed.models if chats(model)), "")
        if not model:
            return NoModel()
        return await self._join(replace(account, model=model), None)

    async def with_file(self, path: Path) -> Joined:
        """Set up a model file; it is loaded when it is first asked."""
        account = Account(self.new_id("local"), "local", label=path.stem, model=str(path))
        await self._accounts.add(account)
        return Joined(account)

    def new_id(self, preset: str) -> str:
        """An id that no account has yet."""
        used = {account.id for account in self._accounts.all}
        if preset not in used:
            return preset
        return next(name for n in range(2, len(used) + 3) if (name := f"{preset}-{n}") not in used)

    async def _try_host(self, account: Account, key: Secret) -> Outcome | Failure:
        """Set up ``account``, or its coding plan, if its host knows the key; else why not."""
        verdict = await self._catalogue.test(account, key)
        account = replace(account, model=verdict.model)
        if verdict.failure is None:
            return await self._join(account, key)
        kind = failure_kind(verdict.failure)
        plan = f"{account.preset}-coding"
        if issubclass(kind, _OF_ANOTHER_PLAN) and plan in PRESETS:
            coding = Account(self.new_id(plan), plan)
            other = await self._catalogue.test(coding, key)
            if other.failure is None:
                return await self._join(replace(coding, model=other.model), key)
        if issubclass(kind, _KNOWS_THE_KEY):
            return await self._join(account, key, verdict.failure)
        return verdict.failure

    async def _join(
        self, account: Account, key: Secret | None, remark: Failure | None = None
    ) -> Outcome:
        if not await self._accounts.add(account, key):
            return NotKept()
        forgotten = key is not None and (await self._accounts.whereabouts()).place == "memory"
        return Joined(account, remark, forgotten)
