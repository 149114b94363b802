# SPDX-License-Identifier: MIT
"""What comes of each answer: a service, or the exact reason why there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from chatglm_desktop.chat.accounts import Accounts
from chatglm_desktop.chat.catalogue import Catalogue
from chatglm_desktop.chat.joining import Joined
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import DEMO, GUEST, Account
from chatglm_desktop.core.errors import (
    CaFileUnusable,
    ChatError,
    ConnectionFailed,
    KeyRejected,
    NoBalance,
)
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.core.secrets import Secret
from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage
from chatglm_desktop.gui.onboarding.setting_up import SettingUp, remarks, verdict
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.options import Options
from chatglm_desktop.settings.preferences import Preferences
from chatglm_desktop.settings.secrets import MemorySecrets
from tests.helpers.leftovers import delete_what_waits_for_it

KEY = "0123456789abcdef.abcdefgh"


class Services:
    """Says what the test wants; ``hold`` lets it think."""

    def __init__(self) -> None:
        self.says: dict[str, ChatError] = {}
        self.lists = [ModelInfo("glm4")]
        self.found: list[str] = []
        self.asked: list[tuple[str, Secret | None]] = []
        self.hold: asyncio.Event | None = None
        self.busy = asyncio.Event()

    async def list_models(self, account: Account, key: Secret | None) -> Sequence[ModelInfo]:
        return self.lists

    async def try_out(self, account: Account, key: Secret | None, model: str) -> str:
        self.asked.append((account.preset, key))
        self.busy.set()
        if self.hold is not None:
            await self.hold.wait()
        if (error := self.says.get(account.preset)) is not None:
            raise error
        return "Hi"

    async def running(self) -> Sequence[str]:
        if (error := self.says.get("this computer")) is not None:
            raise error
        return self.found


class Refusing(MemorySecrets):
    def set(self, name: str, secret: Secret) -> bool:
        return False


class Bench:
    """A page that is served, and what came of it."""

    def __init__(self, page: OnboardingPage, secrets: MemorySecrets) -> None:
        self.page = page
        self.services = Services()
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append)
        self.preferences = Preferences(Options(), lambda options: None)
        self.accounts = Accounts(self.preferences, secrets)
        catalogue = Catalogue(self.accounts, {}, self.services)
        self.setting_up = SettingUp(page, self.accounts, catalogue, self.tasks, in_china=True)
        self.chosen: list[tuple[Account, str]] = []
        self.setting_up.chosen.connect(lambda account, words: self.chosen.append((account, words)))

    async def ended(self) -> None:
        await self.tasks.finish()
        assert self.bugs == []


@pytest.fixture
def bench(page: OnboardingPage) -> Bench:
    return Bench(page, MemorySecrets())


async def test_a_key_finds_its_host(bench: Bench) -> None:
    bench.services.says["bigmodel"] = KeyRejected(host="open.bigmodel.cn")
    bench.page.keys.field.setText(f'"{KEY}"')
    bench.page.key_given.emit(f'"{KEY}"')
    words = bench.page.keys.verdict.text()
    assert words == "Asking open.bigmodel.cn · api.z.ai…"
    await bench.ended()
    assert bench.services.asked == [("bigmodel", Secret(KEY)), ("zai", Secret(KEY))]
    [(account, remark)] = bench.chosen
    assert account.preset == "zai"
    assert "no keyring" in remark
    assert bench.page.keys.field.text() == ""
    assert bench.page.keys.verdict.isHidden()


async def test_where_nobody_can_be_asked_there_is_no_server(bench: Bench) -> None:
    bench.services.says["this computer"] = CaFileUnusable()
    bench.setting_up.look_for_servers()
    await bench.ended()
    assert bench.chosen == []


async def test_what_every_host_said_is_shown(bench: Bench) -> None:
    bench.services.says = {
        "bigmodel": KeyRejected(host="open.bigmodel.cn"),
        "zai": ConnectionFailed(host="api.z.ai"),
    }
    bench.page.key_given.emit(KEY)
    await bench.ended()
    assert bench.page.keys.verdict.text() == (
        "open.bigmodel.cn does not accept the API key.\napi.z.ai: No connection to the service."
    )
    assert bench.chosen == []


async def test_a_strange_key_is_shown_to_nobody(bench: Bench) -> None:
    bench.page.key_given.emit("sk-0123456789")
    await bench.ended()
    assert bench.services.asked == []
    assert "does not look like a key" in bench.page.keys.verdict.text()


async def test_one_thing_is_tried_at_a_time_and_can_be_cancelled(bench: Bench) -> None:
    bench.services.hold = asyncio.Event()
    bench.page.key_given.emit(KEY)
    bench.page.key_given.emit(KEY)
    await bench.services.busy.wait()
    bench.page.cancelled.emit()
    await bench.ended()
    assert len(bench.services.asked) == 1
    assert bench.chosen == []
    assert bench.page.keys.verdict.isHidden()
    bench.page.cancelled.emit()


async def test_a_page_that_has_gone_is_told_nothing(themes: ThemeManager) -> None:
    bench = Bench(OnboardingPage(themes, Occasion(), lambda: None), MemorySecrets())
    bench.services.hold = asyncio.Event()
    bench.page.key_given.emit(KEY)
    await bench.services.busy.wait()
    bench.page.servers_wanted.emit()
    bench.page.deleteLater()
    delete_what_waits_for_it()
    await bench.ended()
    assert bench.chosen == []


async def test_a_keyring_that_takes_nothing_is_told(page: OnboardingPage) -> None:
    bench = Bench(page, Refusing())
    bench.page.key_given.emit(KEY)
    await bench.ended()
    assert "keyring" in bench.page.keys.verdict.text()
    assert bench.chosen == []


async def test_the_guest_service_and_the_demo_need_nothing(bench: Bench) -> None:
    bench.page.guest_chosen.emit()
    bench.page.demo_chosen.emit()
    await bench.ended()
    assert bench.chosen == [(GUEST, ""), (DEMO, "")]
    assert bench.preferences.options.default_account == GUEST.id


async def test_servers_that_run_are_found_and_used(bench: Bench) -> None:
    bench.services.found = ["ollama"]
    bench.page.show_servers()
    await bench.ended()
    bench.page.servers.running[0].click()
    assert bench.page.servers.verdict.text() == "Asking Ollama…"
    await bench.ended()
    assert bench.chosen == [(Account("ollama", "ollama", model="glm4"), "")]


async def test_a_server_without_a_model_is_told(bench: Bench) -> None:
    bench.services.lists = []
    bench.page.show_servers()
    bench.page.running_chosen.emit(Account("ollama", "ollama"))
    await bench.ended()
    assert "no model" in bench.page.servers.verdict.text()


async def test_a_server_at_an_address(bench: Bench) -> None:
    bench.page.show_servers()
    bench.page.server_given.emit(Account("", "custom", base_url="http://10.0.0.1/v1"), " k ")
    assert "load its model" in bench.page.servers.verdict.text()
    await bench.ended()
    assert bench.services.asked == [("custom", Secret("k"))]
    bench.services.says["custom"] = KeyRejected(host="10.0.0.1")
    bench.page.server_given.emit(Account("", "custom", base_url="http://10.0.0.1/v1"), "")
    await bench.ended()
    assert bench.services.asked[-1] == ("custom", None)
    assert bench.page.servers.verdict.text().startswith("10.0.0.1 does not accept the API key.")


async def test_a_model_file(bench: Bench) -> None:
    bench.page.file_chosen.emit(Path("/models/glm-edge.gguf"))
    await bench.ended()
    [(account, _)] = bench.chosen
    assert (account.kind, account.name) == ("local", "glm-edge")


def test_verdicts_and_remarks() -> None:
    alone = verdict((NoBalance(host="api.z.ai").failure,))
    assert alone.startswith("The account at api.z.ai has no balance left.\nWaiting does not help.")
    both = verdict(tuple(KeyRejected(host=host).failure for host in ("api.z.ai", "b.example")))
    assert both.splitlines()[2].startswith("Check that the key was copied whole")
    offline = verdict((ConnectionFailed().failure, ConnectionFailed().failure))
    assert offline.splitlines()[2] == ConnectionFailed.hint
    account = Account("zai", "zai")
    assert remarks(Joined(account)) == ""
    told = remarks(Joined(account, NoBalance(host="api.z.ai").failure, forgotten=True))
    assert told.startswith("The account at api.z.ai has no balance left. There is no keyring")


async def test_a_service_that_is_set_up_elsewhere_answers_too(bench: Bench) -> None:
    told: list[bool] = []
    bench.setting_up.answered_elsewhere.connect(lambda: told.append(True))
    bench.page.key_given.emit(KEY)
    await bench.ended()
    assert bench.chosen
    bench.accounts.make_default(GUEST.id)
    assert told == []
    await bench.accounts.add(Account("work", base_url="https://llm.example.org/v1"))
    assert told == [True]
