# SPDX-License-Identifier: MIT
"""Damage, copies and moves as the user meets them: through the window, over restarts."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.settings.data_page import DataPage
from chatglm_desktop.gui.settings.restore_dialog import RestoreDialog
from chatglm_desktop.gui.settings.window import SettingsWindow
from tests.helpers.theatre import Play, Theatre
from tests.helpers.widgets import child

RESTORE_ONCE = """
import asyncio, sys
from pathlib import Path
from chatglm_desktop import app, unattended

folder = Path(sys.argv[2])

async def errand(stage):
    runs = folder / "runs"
    count = len(runs.read_text()) if runs.exists() else 0
    runs.write_text("x" * (count + 1))
    if count == 0:
        session = stage.conversations.new()
        session.send("before the copy")
        await session.settled()
        await stage.safekeeping.backups.take()
        session.send("after the copy")
        await session.settled()
        (copy, *_) = await stage.safekeeping.backups.list()
        stage.safekeeping.restore(copy.file)
        await asyncio.Event().wait()
    (folder / "told").write_text("restored")
    return 0

unattended.errand = lambda arguments: errand
sys.exit(app.main(sys.argv[1:]))
"""

MOVE_ABOUT = """
import asyncio, os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from chatglm_desktop import app, unattended
from chatglm_desktop.gui.dialogs import error

place = Path(os.environ["PLACE"])
shown = error.show_store_error

def show(*arguments, **options):
    dialog = shown(*arguments, **options)
    usual = dialog.findChildren(QPushButton)[0]
    assert usual.text() == "Start with the usual folder", usual.text()
    QTimer.singleShot(0, usual.click)

error.show_store_error = show

async def errand(stage):
    safe = stage.safekeeping
    saved = await stage.store.conversations()
    count = sum([len((await stage.store.load_history(c.id, 9)).messages) for c in saved])
    runs = place / "runs"
    number = len(runs.read_text().splitlines()) if runs.exists() else 0
    with runs.open("a") as file:
        print(safe.folder, count, file=file)
    match number:
        case 0:
            session = stage.conversations.new()
            session.send("hello")
            await session.settled()
            safe.move(place / "away")
        case 1:
            safe.move(safe.usual)
        case 2:
            safe.move(place / "away")
        case 3:
            # As when a drive is taken out.
            safe.restarting = True
            os.rename(place / "away", place / "gone")
            return 0
        case 4:
            (place / "told").touch()
            return 0
    await asyncio.Event().wait()

unattended.errand = lambda arguments: errand
sys.exit(app.main(sys.argv[1:]))
"""


async def said(play: Play) -> tuple[Message, ...]:
    """All messages of the only conversation, as they are saved."""
    (summary,) = await play.store.conversations()
    return (await play.store.load_history(summary.id, 100)).messages


async def data_page(play: Play) -> DataPage:
    play.window.settings_requested.emit("data")
    return child(child(play.window, SettingsWindow), DataPage)


def test_a_copy_is_restored_and_the_present_can_come_back(theatre: Theatre) -> None:
    async def first(play: Play) -> None:
        await play.say("kept in the copy")
        page = await data_page(play)
        page.back_up()
        await play.until(lambda: page.now.said.plain().startswith("A copy was made"))
        await play.say("only in the present")
        copies = await play.safekeeping.backups.list()
        newest = next(copy for copy in copies if copy.reason == "manual")
        page.look(newest.file, "the copy")
        await play.until(lambda: page.window().findChild(RestoreDialog))
        dialog = child(page.window(), RestoreDialog)
        assert "not in it: 0 conversations, 2 messages." in dialog.text()
        dialog.restore_button.click()
        await asyncio.Event().wait()

    async def second(play: Play) -> None:
        questions = [m.text for m in await said(play) if m.role is Role.USER]
        assert questions == ["kept in the copy"]
        (before,) = [c for c in await play.safekeeping.backups.list() if c.reason == "restore"]
        play.safekeeping.restore(before.file)
        await asyncio.Event().wait()

    async def third(play: Play) -> None:
        assert len(await said(play)) == 4

    theatre.play(first, "answer")
    theatre.play(second)
    theatre.play(third)


def test_a_damaged_file_is_rescued_and_that_is_told(theatre: Theatre, tmp_path: Path) -> None:
    folder = tmp_path / "data"

    async def first(play: Play) -> None:
        for number in range(4):
            await play.say(f"question {number} " + "x" * 900)

    async def second(play: Play) -> None:
        assert play.window.notice.text().startswith("The file of saved conversations was damaged.")
        texts = [m.text for m in await said(play)]
        assert len(texts) >= 6
        assert any(text.startswith("question 3") for text in texts)
        assert len([*folder.glob("conversations-damaged-*.db")]) == 1
        page = await data_page(play)
        assert page.isVisible()

    theatre.play(first, "answer")
    _damage(folder / "conversations.db")
    (folder / "conversations.running").write_text("")
    theatre.play(second)


def test_a_file_that_is_sound_after_a_crash_is_not_touched(
    theatre: Theatre, tmp_path: Path
) -> None:
    async def first(play: Play) -> None:
        await play.say("hello")
        assert (tmp_path / "data" / "conversations.running").exists()

    async def second(play: Play) -> None:
        assert play.window.notice.isHidden()
        assert len(await said(play)) == 2

    theatre.play(first, "answer")
    assert not (tmp_path / "data" / "conversations.running").exists()
    (tmp_path / "data" / "conversations.running").write_text("")
    theatre.play(second)


async def test_the_program_starts_again_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", RESTORE_ONCE, "--data-dir", str(tmp_path / "d"), "--demo"]
    first = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, timeout=60, check=False
    )
    assert first.returncode == 0, first.stderr
    async with asyncio.timeout(60):
        while not (tmp_path / "d" / "told").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # another process: there is no event
        while (tmp_path / "d" / "conversations.running").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    with closing(sqlite3.connect(tmp_path / "d" / "conversations.db")) as connection:
        texts = [parts for (parts,) in connection.execute("SELECT parts FROM message")]
    assert any("before the copy" in text for text in texts)
    assert not any("after the copy" in text for text in texts)


@pytest.mark.skipif(sys.platform != "linux", reason="the home is named by variables of Linux")
async def test_the_data_moves_away_and_back_and_is_left_when_it_is_gone(tmp_path: Path) -> None:
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    homes = {name: str(tmp_path / name.lower()) for name in names}
    command = [sys.executable, "-c", MOVE_ABOUT, "--demo"]
    first = await asyncio.to_thread(
        subprocess.run,
        command,
        env={**os.environ, **homes, "PLACE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert first.returncode == 0, first.stderr
    async with asyncio.timeout(90):
        while not (tmp_path / "told").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)  # other processes: there is no event
    usual = tmp_path / "xdg_data_home" / "chatglm-desktop"
    runs = (tmp_path / "runs").read_text().split("\n")
    away = str(tmp_path / "away")
    assert runs == [f"{usual} 0", f"{away} 2", f"{usual} 2", f"{away} 2", f"{usual} 0", ""]


def _damage(file: Path) -> None:
    """Overwrite one of the pages on which messages lie."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = file.read_bytes()
    place = data.index(b"question 1 xxx") // 4096 * 4096
    file.write_bytes(data[:place] + b"\xff" * 4096 + data[place + 4096 :])
