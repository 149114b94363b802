# SPDX-License-Identifier: MIT
"""Accounts, a catalogue, and the servers behind them as they are at the moment."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TypeVar

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets

T = TypeVar("T")

TABLE = {
    "bigmodel": (
        ModelInfo("glm-5.3", "GLM-5.3", 1_048_576, thinking="always"),
        ModelInfo(
            "glm-4.6v-flash",
            "GLM-4.6V-Flash",
            131_072,
            inputs=frozenset({"text", "image"}),
            free=True,
            thinking="optional",
        ),
        ModelInfo(
            "glm-4.7-flash", "GLM-4.7-Flash", 200_000, 131_072, free=True, thinking="optional"
        ),
        ModelInfo("glm-4-flash", "GLM-4-Flash", free=True, retired=True, successor="glm-4.7-flash"),
    )
}
GLM = Account("glm", "bigmodel", model="glm-4.7-flash")
OLLAMA = Account("ollama-1", "ollama", "My Ollama")


class Servers:
    """What services answer about themselves, once ``open`` is set."""

    def __init__(self) -> None:
        self.lists: dict[str, Sequence[ModelInfo] | ChatError] = {}
        self.found: Sequence[str] | ChatError = ()
        self.asked: list[str] = []
        self.open = asyncio.Event()

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        self.asked.append(account.id)
        await self.open.wait()
        return _said(self.lists.get(account.id, ()))

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        raise NotImplementedError

    async def running(self) -> Sequence[str]:
        self.asked.append("this computer")
        await self.open.wait()
        return _said(self.found)


class Choice:
    """Everything that can be chosen, with a table of known models."""

    def __init__(
        self,
        *accounts: Account,
        table: Mapping[str, tuple[ModelInfo, ...]] = TABLE,
    ) -> None:
        first = accounts[0].id if accounts else "guest"
        options = Options(accounts=accounts, default_account=first)
        self.preferences = Preferences(options, lambda options: None)
        self.accounts = Accounts(self.preferences, MemorySecrets())
        self.servers = Servers()
        self.catalogue = Catalogue(self.accounts, table, self.servers)


def _said(answer: Sequence[T] | ChatError) -> Sequence[T]:
    if isinstance(answer, ChatError):
        raise answer
    return answer
