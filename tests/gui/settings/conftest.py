# SPDX-License-Identifier: MIT
"""The settings as a window over real options, accounts and files, with services that obey."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.backups import Backups
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.network import ProxyDecision, RouteTrial
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.settings.controller import Means
from chatglm_desktop.gui.settings.option_rows import OptionRow
from chatglm_desktop.gui.settings.window import Section, SettingsWindow
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.kept_secrets import KeptSecrets
from chatglm_desktop.settings.moving import MoveRefusal, refusal
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.paths import Paths
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.store.snapshot_files import SnapshotFiles
from tests.helpers.accounts import TABLE
from tests.helpers.leftovers import delete_what_waits_for_it

T = TypeVar("T", bound=QObject)

GLM = Account("bigmodel", "bigmodel", model="glm-4.7-flash")
WORK = Account("work", "custom", "Work", "https://llm.example.org/v1", "qwen", "off", 2)


@dataclass
class Network:
    """What services and addresses say; ``hold`` lets them think."""

    refusal: ChatError | None = None
    lists: Sequence[ModelInfo] | ChatError = ()
    decision: ProxyDecision | ChatError = field(default_factory=lambda: ProxyDecision("off"))
    trial: RouteTrial = field(default_factory=lambda: RouteTrial(None, 0.25, 204))
    hold: asyncio.Event | None = None
    asked: list[tuple[str, Secret | None, str]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        if isinstance(self.lists, ChatError):
            raise self.lists
        return self.lists

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        self.asked.append((account.address, key, model))
        if self.hold is not None:
            await self.hold.wait()
        if self.refusal is not None:
            raise self.refusal
        return "Hi"

    async def running(self) -> Sequence[str]:
        return ()

    async def proxy_for(self, url: str) -> ProxyDecision:
        if isinstance(self.decision, ChatError):
            raise self.decision
        return self.decision

    async def try_address(self, url: str) -> RouteTrial:
        self.addresses.append(url)
        return self.trial


class Vault:
    """Real copies of a database in ``folder``; notes what the program would end for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.movable = True
        self.portable = False
        self.usual: Path | None = None
        self.backups = Backups(SnapshotFiles(folder / "conversations.db"), time.time)
        self.asked: list[tuple[str, Path]] = []

    def refusal(self, folder: Path) -> MoveRefusal | None:
        return refusal(Paths.at(self.folder), folder)

    def restore(self, file: Path) -> None:
        self.asked.append(("restore", file))

    def move(self, folder: Path) -> None:
        self.asked.append(("move", folder))

    def use(self, folder: Path) -> None:
        self.asked.append(("use", folder))


class Bench:
    """The window in a test's hands, and what stands behind it."""

    def __init__(self, themes: ThemeManager, folder: Path, options: Options) -> None:
        self.bugs: list[BaseException] = []
        self.network = Network()
        self.missing: ChatError | None = None
        self.tasks = Tasks(self.bugs.append)
        self.folder = folder
        self.safe = Vault(folder)
        self.preferences = Preferences(options, lambda options: None)
        self.secrets = KeptSecrets(folder / "keys.json", options.key_file, lambda: None)
        self.accounts = Accounts(self.preferences, self.secrets)
        self.catalogue = Catalogue(self.accounts, TABLE, self.network)
        self._themes = themes
        self._window: SettingsWindow | None = None
        self._parent = QWidget()

    @property
    def window(self) -> SettingsWindow:
        """Made when it is first looked at."""
        if self._window is None:
            means = Means(
                self.preferences,
                self.accounts,
                self.catalogue,
                self.secrets,
                self.network.proxy_for,
                self.network.try_address,
                lambda: self.missing,
                self.safe,
                self.tasks,
            )
            self._window = SettingsWindow(self._parent, self._themes, means)
        return self._window

    def row(self, place: str) -> OptionRow:
        """The row of an option."""
        rows = (row for page in self.window.pages.values() for row in page.rows())
        return next(row for row in rows if isinstance(row, OptionRow) and row.place == place)

    async def show(self, section: Section | Literal[""] = "") -> None:
        """Open the window at a section or in the search, and let it look around."""
        self.window.open_at(section)
        assert QTest.qWaitForWindowActive(self.window)
        await self.settle()

    async def settle(self) -> None:
        """Let everything end that was begun."""
        await self.tasks.finish()
        assert self.bugs == []

    def close(self) -> None:
        if self._window is not None:
            self._window.close()
        self._parent.deleteLater()
        delete_what_waits_for_it()


@pytest.fixture
def options() -> Options:
    return Options(accounts=(GLM, WORK), default_account="bigmodel", onboarded=True)


@pytest.fixture
def bench(themes: ThemeManager, tmp_path: Path, options: Options) -> Iterator[Bench]:
    bench = Bench(themes, tmp_path, options)
    yield bench
    bench.close()


def type_into(line: QWidget, text: str, *, enter: bool = True) -> None:
    """Replace what is written."""
    QTest.keySequence(line, "Ctrl+A")
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, text)
    if enter:
        QTest.keyClick(line, Qt.Key.Key_Return)
