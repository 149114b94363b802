# SPDX-License-Identifier: MIT
"""Exporting in the real window: by keys and menus, in every format, with the way to the result."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from chatglm_desktop.core.export_choice import ExportChoice
from chatglm_desktop.core.exports import SUFFIXES
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.exporting.dialog import ExportDialog
from chatglm_desktop.gui.exporting.progress import ProgressCard
from chatglm_desktop.gui.sidebar.controller import LibraryController
from chatglm_desktop.gui.transcript.input.tool_actions import ToolActions
from tests.helpers.theatre import Play, Theatre
from tests.helpers.widgets import child

FORMATS = tuple(SUFFIXES)


ANSWER = "The answer with $x^2$."


def choose_folder(play: Play, folder: Path) -> None:
    play.preferences.change(export=ExportChoice(folder=str(folder)))


def dialog(play: Play) -> ExportDialog:
    play.window.export_requested.emit()
    return child(play.window, ExportDialog)


async def exported(play: Play, dialog: ExportDialog) -> None:
    play.window.toast.hide()
    dialog.export_button.click()
    await play.until(play.window.toast.isVisible)


def test_a_conversation_is_exported_in_every_format(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("天气?", ANSWER)
        choose_folder(play, tmp_path)
        for number, format in enumerate(FORMATS):
            opened = dialog(play)
            assert opened.offer.label == "天气?"
            opened.formats.chosen.emit(number)
            await exported(play, opened)
            assert play.window.toast.text() == f"Exported as “天气{SUFFIXES[format]}”."
            assert play.preferences.options.export.format == format
        await play.until(lambda: not play.window.findChildren(ProgressCard))

    theatre.play(act)
    texts = [(tmp_path / f"天气{end}") for end in (".md", ".html", ".txt")]
    assert all("The answer with" in file.read_text(encoding="utf-8") for file in texts)
    assert "<svg" in texts[1].read_text(encoding="utf-8")
    told = json.loads((tmp_path / "天气.json").read_text(encoding="utf-8"))
    assert len(told["conversations"][0]["messages"]) == 2
    assert "answer" in PdfReader(tmp_path / "天气.pdf").pages[0].extract_text()
    assert not list(tmp_path.glob("*.part"))


def test_all_conversations_are_exported_and_can_be_shown(
    theatre: Theatre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(QUrl(url).toLocalFile())
    )

    async def act(play: Play) -> None:
        await play.ask("one", ANSWER)
        play.workspace.new_tab()
        await play.ask("two", ANSWER)
        choose_folder(play, tmp_path)
        opened = dialog(play)
        opened.what.show_value(1)
        opened.what.chosen.emit(1)
        await exported(play, opened)
        QTest.qWait(0)
        next(b for b in play.window.toast.findChildren(QPushButton) if b.text() == "Show").click()

    theatre.play(act)
    assert shown == [str(tmp_path / "Conversations")]
    assert sorted(f.name for f in (tmp_path / "Conversations").iterdir()) == ["one.md", "two.md"]


def test_selected_messages_are_offered(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("first", ANSWER)
        await play.ask("second", ANSWER)
        choose_folder(play, tmp_path)
        play.page.transcript.selecting.select_all()
        first, count = play.page.transcript.parts.clipboard.selected_items()
        assert (first, count) == (0, 4)
        play.page.transcript.findChild(ToolActions).export_wanted.emit(1, 2)  # type: ignore[union-attr]
        opened = child(play.window, ExportDialog)
        assert opened.offer.label == "2 messages"
        await exported(play, opened)

    theatre.play(act)
    text = (tmp_path / "first.md").read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "second" in text


def test_several_and_folders_are_offered(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", ANSWER)
        id = play.current_id
        sidebar = child(play.window, LibraryController)
        for ask_for in (
            partial(sidebar.export_requested.emit, (id, id)),
            partial(sidebar.folder_export_requested.emit, "none"),
            partial(play.workspace.tab_export_wanted.emit, id),
        ):
            ask_for()
            opened = child(play.window, ExportDialog)
            opened.cancel_button.click()
            await play.until(lambda: not play.window.findChildren(ExportDialog))

    theatre.play(act)


def test_what_cannot_be_written_is_told(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", ANSWER)
        choose_folder(play, tmp_path)
        opened = dialog(play)
        opened.write_to(str(tmp_path / "gone" / "a"))
        assert opened.target == tmp_path / "gone" / "a.md"
        opened.export_button.click()
        await play.until(
            lambda: [f for f in play.window.findChildren(Frame) if "no longer there" in f.text()]
        )
        for frame in play.window.findChildren(Frame):
            frame.close()

    theatre.play(act)


def test_an_export_can_be_cancelled(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", ANSWER)
        choose_folder(play, tmp_path)
        dialog(play).export_button.click()
        child(play.window, ProgressCard).cancelled.emit()
        await play.until(lambda: not play.window.findChildren(ProgressCard))
        assert play.window.toast.text() == "Export cancelled. Nothing was written."

    theatre.play(act)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["data"]


def test_the_end_of_the_program_ends_an_export(theatre: Theatre, tmp_path: Path) -> None:
    async def act(play: Play) -> None:
        await play.ask("one", ANSWER)
        choose_folder(play, tmp_path)
        dialog(play).export_button.click()

    theatre.play(act)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["data"]
