# SPDX-License-Identifier: MIT
"""Reading conversations that are to be shown comes to an end, whatever happens."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from chatglm_desktop.chat.session import ChatSession
from chatglm_desktop.chat.tasks import Tasks
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.workspace.loading import Loading
from chatglm_desktop.gui.workspace.opening_marks import OpeningMarks
from tests.helpers.theatre import Play, Theatre


def loading(play: Play, tasks: Tasks, marks: Path, take: list[str]) -> Loading:
    """What hands pages to somebody who can make none of them, but notes what he gets."""

    def broken(session: ChatSession, position: int | None) -> None:
        take.append(session.id)
        raise RuntimeError("no page")

    return Loading(
        QObject(play.window),
        play.conversations,
        tasks,
        OpeningMarks(marks),
        anchor=lambda id: None,
        take=broken,
    )


def test_a_page_that_cannot_be_made_is_waited_for_once(
    qapp: QApplication, themes: ThemeManager, tmp_path: Path
) -> None:
    async def act(play: Play) -> None:
        await play.say("hello")
        bugs: list[BaseException] = []
        taken: list[str] = []
        reader = loading(play, Tasks(bugs.append), tmp_path / "opening", taken)
        for _ in range(2):
            reader.want(play.current_id)
            async with asyncio.timeout(10):
                await reader.finish()
        assert taken == [play.current_id] * 2
        assert [str(bug) for bug in bugs] == ["no page"] * 2

    Theatre(qapp, tmp_path / "data", themes).play(act, "answer")
