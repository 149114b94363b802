# SPDX-License-Identifier: MIT
"""The whole way in the real program: choose, look, import, take back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from chatglm_desktop.gui.importing.dialog import ImportDialog, Stage
from chatglm_desktop.gui.importing.gate import ImportGate
from chatglm_desktop.gui.settings.data_page import DataPage
from chatglm_desktop.gui.settings.window import SettingsWindow
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.chat.importing.exports import PNG, chatgpt_simple, claude_simple, own_simple, zipped
from tests.gui.importing.test_dropping import drop, enter, mime
from tests.helpers.theatre import Act, Play, Theatre
from tests.helpers.widgets import child


@pytest.fixture
def play(qapp: QApplication, tmp_path: Path, themes: ThemeManager) -> Callable[[Act], None]:
    return Theatre(qapp, tmp_path / "data", themes).play


def written(folder: Path, export: Any) -> Path:
    file = folder / "export"
    file.write_bytes(export if isinstance(export, bytes) else json.dumps(export).encode())
    return file


async def looked_at(play: Play, file: Path, stage: Stage = Stage.PREVIEW) -> ImportDialog:
    child(play.window, ImportGate).open_file(file)
    dialog = child(play.window, ImportDialog)
    await play.until(lambda: dialog.stage is stage)
    return dialog


async def gone(play: Play) -> None:
    await play.until(lambda: not play.window.findChildren(ImportDialog))


def press(button: QPushButton) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_conversations_come_in_and_go_again(play: Callable[[Act], None], tmp_path: Path) -> None:
    file = written(tmp_path, [chatgpt_simple()])

    async def act(play: Play) -> None:
        dialog = await looked_at(play, file)
        press(dialog.start)
        await play.until(lambda: dialog.stage is Stage.DONE)
        (folder,) = play.conversations.folders.values()
        assert folder.name == "ChatGPT"
        (summary,) = play.listed
        assert (summary.title, summary.folder_id) == ("Rain in the hills", folder.id)
        press(dialog.undo)
        await gone(play)
        await play.until(lambda: not play.conversations.folders)
        assert play.listed == []
        play.conversations.undo.undo()
        await play.until(lambda: play.listed)

    play(act)


def test_without_a_folder_of_their_own_they_go_alone(
    play: Callable[[Act], None], tmp_path: Path
) -> None:
    file = written(tmp_path, own_simple())

    async def act(play: Play) -> None:
        dialog = await looked_at(play, file)
        press(dialog.start)
        await play.until(lambda: dialog.stage is Stage.DONE)
        press(dialog.undo)
        await play.until(lambda: not play.listed)
        assert [folder.name for folder in play.conversations.folders.values()] == ["Work"]
        await gone(play)

    play(act)


def test_files_come_along_and_are_shown(play: Callable[[Act], None], tmp_path: Path) -> None:
    export = claude_simple()
    export["chat_messages"][0]["files"] = [{"file_name": "cat.png", "file_uuid": "u"}]
    file = written(tmp_path, zipped({"conversations.json": [export], "u.png": PNG}))

    async def act(play: Play) -> None:
        dialog = await looked_at(play, file)
        press(dialog.start)
        await play.until(lambda: dialog.stage is Stage.DONE)
        press(dialog.done_button)
        await gone(play)
        (summary,) = play.listed
        history = await play.store.load_history(summary.id, 10)
        (part,) = history.messages[0].attachments
        assert (part.name, part.media_type) == ("cat.jpg", "image/jpeg")
        assert await play.services.picture(f"attachment:{part.digest}")
        again = await looked_at(play, file)
        assert not again.start.isVisible()
        again.close()
        await gone(play)

    play(act)


def test_a_broken_file_leads_to_another_one(play: Callable[[Act], None], tmp_path: Path) -> None:
    file = written(tmp_path, b"[{")

    async def act(play: Play) -> None:
        dialog = await looked_at(play, file, Stage.FAILED)
        press(dialog.another)
        await gone(play)
        chooser = child(play.window, QFileDialog)
        chooser.fileSelected.emit(str(written(tmp_path, [claude_simple()])))
        chooser.close()
        await play.until(lambda: play.window.findChildren(ImportDialog))
        dialog = child(play.window, ImportDialog)
        await play.until(lambda: dialog.stage is Stage.PREVIEW)
        dialog.close()
        await gone(play)
        assert play.listed == []

    play(act)


def test_the_settings_lead_to_it_and_so_does_a_key(
    play: Callable[[Act], None], tmp_path: Path
) -> None:
    async def act(play: Play) -> None:
        play.window.settings_requested.emit("data")
        settings = child(play.window, SettingsWindow)
        row = child(settings, DataPage).others
        press(child(row, QPushButton))
        assert not settings.isVisible()
        child(play.window, QFileDialog).close()
        await play.until(lambda: not play.window.findChildren(QFileDialog))
        next(a for a in play.window.actions() if a.text() == "Import conversations").trigger()
        child(play.window, QFileDialog).close()

    play(act)


def test_a_file_dropped_on_the_sidebar_is_looked_at(
    play: Callable[[Act], None], tmp_path: Path
) -> None:
    file = written(tmp_path, [claude_simple()])

    async def act(play: Play) -> None:
        # It is held over the list, which wants conversations only, and goes on to what is around.
        (shown,) = play.window.sidebar.findChildren(LibraryView)
        data = mime(QUrl.fromLocalFile(str(file)).toString())
        assert enter(shown.viewport(), data)
        assert drop(play.window.sidebar, data)
        dialog = child(play.window, ImportDialog)
        await play.until(lambda: dialog.stage is Stage.PREVIEW)
        dialog.close()
        await gone(play)

    play(act)


def test_one_import_at_a_time(play: Callable[[Act], None], tmp_path: Path) -> None:
    file = written(tmp_path, [claude_simple()])

    async def act(play: Play) -> None:
        dialog = await looked_at(play, file)
        child(play.window, ImportGate).open_file(file)
        assert play.window.findChildren(ImportDialog) == [dialog]
        dialog.close()
        await gone(play)

    play(act)


def test_closing_the_window_of_an_import_gives_it_up(
    play: Callable[[Act], None], tmp_path: Path
) -> None:
    many = [claude_simple() | {"uuid": str(n)} for n in range(3000)]
    file = written(tmp_path, many)

    async def act(play: Play) -> None:
        child(play.window, ImportGate).open_file(file)
        child(play.window, ImportDialog).close()
        await gone(play)
        dialog = await looked_at(play, file)
        press(dialog.start)
        press(dialog.stop)
        await play.until(lambda: dialog.stage is Stage.DONE)
        assert len(play.listed) < 3000
        dialog.close()
        await gone(play)

    play(act)


def test_the_end_of_the_program_stops_an_import(
    play: Callable[[Act], None], tmp_path: Path
) -> None:
    many = [claude_simple() | {"uuid": str(n)} for n in range(3000)]
    file = written(tmp_path, many)

    async def begin(play: Play) -> None:
        dialog = await looked_at(play, file)
        press(dialog.start)

    async def look(play: Play) -> None:
        assert len(play.listed) < 3000
        for summary in play.listed:
            assert (await play.store.load_history(summary.id, 10)).length == 2

    play(begin)
    play(look)
