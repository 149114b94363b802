# SPDX-License-Identifier: MIT
"""Dictionaries are looked for when spelling is to be checked, once, in a thread."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.gui.spelling.spell_check import SpellCheck


class Knowing:
    def knows(self, word: str) -> bool:
        return True

    def suggest(self, word: str) -> tuple[str, ...]:
        return ()

    def add(self, word: str) -> None:
        pass


@pytest_asyncio.fixture
async def tasks(qapp: QApplication) -> AsyncIterator[Tasks]:
    bugs: list[BaseException] = []
    tasks = Tasks(bugs.append)
    yield tasks
    await tasks.finish()
    assert bugs == []


async def test_it_is_looked_for_when_it_is_wanted_and_kept(tasks: Tasks) -> None:
    knowing, asked = Knowing(), list[list[str]]()

    def find(languages: list[str]) -> Knowing:
        asked.append(languages)
        return knowing

    check = SpellCheck(tasks, parent := QObject(), find)
    changes: list[object] = []
    check.changed.connect(lambda: changes.append(check.speller))
    check.want(False)
    assert changes == []
    check.want(True)
    await tasks.finish()
    assert changes[-1] is knowing
    check.want(False)
    check.want(True)
    assert changes[1:] == [knowing, None, knowing]
    assert len(asked) == 1
    assert "en_US" in asked[0]
    parent.deleteLater()


async def test_it_is_told_where_there_is_none(tasks: Tasks) -> None:
    check = SpellCheck(tasks, parent := QObject(), lambda languages: None)
    missing: list[str] = []
    check.missing.connect(missing.append)
    check.want(True)
    await tasks.finish()
    assert "Enchant" in missing[0]
    assert check.speller is None
    parent.deleteLater()
