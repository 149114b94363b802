# SPDX-License-Identifier: MIT
"""The list of models opens with what is known and fills while services answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chatglm_desktop.chat.model_rows import Offer
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.core.accounts import DEMO, GUEST, Account, Setup
from chatglm_desktop.core.errors import ServerNotRunning
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.model_picker.chooser import ModelChooser
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.accounts import GLM, OLLAMA, TABLE, Choice

ANCHOR = QRect(40, 560, 120, 28)


class Stage:
    """A chooser on a page, and what it has told."""

    def __init__(self, choice: Choice, themes: ThemeManager) -> None:
        self.choice = choice
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.page = QWidget()
        self.page.resize(700, 600)
        self.page.show()
        self.chooser = ModelChooser(
            self.page, themes, choice.catalogue, choice.accounts, tasks=self.tasks
        )
        self.chosen: list[tuple[str, str]] = []
        self.chooser.chosen.connect(lambda *names: self.chosen.append(names))

    @property
    def picker(self) -> ModelPicker:
        assert self.chooser.picker is not None
        return self.chooser.picker

    def open(self, setup: Setup | None = None) -> None:
        self.chooser.toggle(ANCHOR, setup or Setup())

    def offer(self, account: Account) -> Offer:
        return next(o for o in self.picker.choices.offers if o.account.id == account.id)

    async def answered(self) -> None:
        """All services have answered."""
        self.choice.servers.open.set()
        await self.tasks.finish()

    async def close(self) -> None:
        await self.answered()
        self.page.close()
        self.page.deleteLater()
        assert self.errors == []


@pytest.fixture
async def stage(qapp: QApplication, themes: ThemeManager) -> AsyncIterator[Stage]:
    stage = Stage(Choice(GLM, OLLAMA), themes)
    yield stage
    await stage.close()


async def test_what_is_known_is_there_at_once(stage: Stage) -> None:
    stage.open()
    assert stage.offer(GLM) == Offer(GLM, TABLE["bigmodel"], loading=True)
    assert stage.offer(OLLAMA).loading
    assert stage.offer(GUEST) == Offer(GUEST)
    assert stage.picker.choices.chosen == ("glm", "glm-4.7-flash")


async def test_lists_arrive_and_are_asked_for_once(stage: Stage) -> None:
    stage.choice.servers.lists["ollama-1"] = [ModelInfo("qwen3:8b")]
    stage.open()
    await stage.answered()
    assert stage.offer(OLLAMA) == Offer(OLLAMA, (ModelInfo("qwen3:8b"),))
    stage.open()
    assert stage.chooser.picker is None
    stage.open()
    assert not stage.offer(OLLAMA).loading
    await stage.answered()
    asked = stage.choice.servers.asked
    assert sorted(asked) == ["glm", "ollama-1", "this computer", "this computer"]


async def test_a_list_that_cannot_be_read_says_why_and_is_asked_for_again(stage: Stage) -> None:
    stage.choice.servers.lists["ollama-1"] = ServerNotRunning(host="localhost:11434")
    stage.open()
    await stage.answered()
    failure = stage.offer(OLLAMA).failure
    assert failure is not None
    assert failure.kind == "ServerNotRunning"
    stage.choice.servers.lists["ollama-1"] = [ModelInfo("qwen3:8b")]
    stage.picker.refresh_wanted.emit(OLLAMA)
    assert stage.offer(OLLAMA).loading
    stage.picker.refresh_wanted.emit(GUEST)
    await stage.tasks.finish()
    assert stage.offer(OLLAMA) == Offer(OLLAMA, (ModelInfo("qwen3:8b"),))


async def test_what_is_chosen_is_remembered(stage: Stage) -> None:
    stage.open()
    stage.picker.chosen.emit(OLLAMA, "qwen3:8b")
    assert stage.chosen == [("ollama-1", "qwen3:8b")]
    assert stage.choice.accounts.recent[0][1] == "qwen3:8b"


async def test_a_choice_does_not_make_a_list_unknown(stage: Stage) -> None:
    stage.choice.servers.lists["ollama-1"] = [ModelInfo("qwen3:8b")]
    stage.open()
    await stage.answered()
    stage.picker.chosen.emit(OLLAMA, "qwen3:8b")
    stage.picker.leave()
    stage.open(Setup("ollama-1"))
    assert stage.offer(OLLAMA).models == (ModelInfo("qwen3:8b"),)
    assert stage.picker.choices.chosen == ("ollama-1", "qwen3:8b")
    assert stage.picker.choices.recent == (("ollama-1", "qwen3:8b"),)


async def test_servers_on_this_computer_are_offered(stage: Stage) -> None:
    stage.choice.servers.found = ["lm-studio"]
    stage.open()
    assert not stage.picker.choices.servers
    await stage.answered()
    assert stage.picker.choices.servers == (Account("lm-studio", "lm-studio"),)


async def test_where_nobody_can_look_for_servers_none_is_offered(stage: Stage) -> None:
    stage.choice.servers.found = ServerNotRunning()
    stage.open()
    await stage.answered()
    assert stage.picker.choices.servers == ()


async def test_answers_to_a_list_that_was_closed_are_kept(stage: Stage) -> None:
    stage.choice.servers.lists["ollama-1"] = [ModelInfo("qwen3:8b")]
    stage.open()
    field = stage.picker.findChild(QLineEdit)
    assert field is not None
    stage.picker.leave()
    await asyncio.sleep(0)
    await stage.answered()
    assert stage.choice.catalogue.known(OLLAMA) == (ModelInfo("qwen3:8b"),)


async def test_the_demo_is_listed_only_where_it_is_in_use(stage: Stage) -> None:
    stage.open(Setup(DEMO.id))
    assert stage.picker.choices.offers[0].account == DEMO
    stage.picker.leave()
    stage.open()
    assert DEMO not in [offer.account for offer in stage.picker.choices.offers]


async def test_nothing_else_is_offered_where_one_account_answers_all(stage: Stage) -> None:
    stage.choice.accounts.lend(DEMO)
    stage.open()
    assert [offer.account for offer in stage.picker.choices.offers] == [DEMO]
