# SPDX-License-Identifier: MIT
"""Copies are made, looked into and offered; the folder of the data can be another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.settings.data_page import DataPage
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.restore_dialog import RestoreDialog
from chatglm_desktop.store import Store
from tests.gui.settings.conftest import Bench
from tests.helpers.widgets import child


@pytest.fixture
async def page(bench: Bench) -> DataPage:
    """The section, of a library with one conversation."""
    store = await Store.open(bench.folder / "conversations.db")
    await store.create_conversation(ConversationSummary("c", "天气 & <b>", 1.0, 1.0))
    await store.close()
    await bench.show("data")
    return child(bench.window, DataPage)


def press(row: ItemRow, name: str) -> None:
    """Press the button of a row that is called so."""
    next(b for b in row.findChildren(QPushButton) if b.text() == name).click()


def copies(page: DataPage) -> list[ItemRow]:
    rows = [row for row in page.rows() if isinstance(row, ItemRow)]
    return [row for row in rows if row not in (page.folder, page.now, page.others)]


def buttons(dialog: Frame) -> dict[str, QPushButton]:
    return {button.text(): button for button in dialog.findChildren(QPushButton)}


async def test_a_copy_is_made_and_listed(bench: Bench, page: DataPage) -> None:
    assert page.now.help.plain() == "There is none yet."
    press(page.now, "Back up now")
    assert page.now.said.plain() == "Copying…"
    await bench.settle()
    (row,) = copies(page)
    assert row.help.plain().startswith("Made by you · ")
    assert page.now.said.plain().startswith("A copy was made")
    assert page.now.help.plain() == f"The newest is of {row.title.plain()}."


async def test_one_sees_what_is_in_a_copy_before_it_is_restored(
    bench: Bench, page: DataPage
) -> None:
    press(page.now, "Back up now")
    await bench.settle()
    store = await Store.open(bench.folder / "conversations.db")
    await store.create_conversation(ConversationSummary("d", "later", 2.0, 2.0))
    await store.close()
    press(copies(page)[0], "Restore…")
    await bench.settle()
    dialog = child(bench.window, RestoreDialog)
    assert ". 1 conversation, 0 messages." in dialog.text()
    assert "•  天气 & <b>" in dialog.text()
    assert "not in it: 1 conversation, 0 messages." in dialog.text()
    assert dialog.focusWidget() is dialog.cancel_button
    assert dialog.cancel_button.isDefault()
    assert not dialog.restore_button.isDefault()
    assert bench.safe.asked == []
    dialog.restore_button.click()
    (asked,) = bench.safe.asked
    assert asked == ("restore", (await bench.safe.backups.list())[0].file)


async def test_a_copy_of_all_there_is_says_so_and_can_be_left(
    bench: Bench, page: DataPage, tmp_path: Path
) -> None:
    page.save_copy(str(tmp_path / "mine.db"))
    await bench.settle()
    assert page.now.said.plain().endswith("mine.db")
    page.look(tmp_path / "mine.db", "mine.db")
    await bench.settle()
    dialog = child(bench.window, RestoreDialog)
    assert "All messages that you have now are in it." in dialog.text()
    dialog.cancel_button.click()
    assert bench.safe.asked == []


async def test_what_is_no_copy_is_told(bench: Bench, page: DataPage, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database" * 50)
    page.look(tmp_path / "notes.db", "notes.db")
    await bench.settle()
    assert page.now.said.plain().startswith("This copy cannot be read")
    page.save_copy(str(tmp_path / "nowhere" / "mine.db"))
    await bench.settle()
    assert page.now.said.plain().startswith("The folder of saved conversations cannot be written.")


async def test_a_look_that_comes_too_late_opens_nothing(bench: Bench, page: DataPage) -> None:
    press(page.now, "Back up now")
    await bench.settle()
    press(copies(page)[0], "Restore…")
    bench.window.close()
    await bench.settle()
    assert bench.window.findChildren(RestoreDialog) == []


async def test_the_data_folder_is_named_and_opened(
    bench: Bench, page: DataPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert page.folder.help.plain() == str(bench.folder)
    press(page.folder, "Open")
    assert opened == [str(bench.folder)]


async def test_the_data_moves_when_the_user_agrees(
    bench: Bench, page: DataPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tmp_path = tmp_path_factory.mktemp("elsewhere")
    page.move_to(str(tmp_path / "new"))
    dialog = child(bench.window, Frame)
    assert str(tmp_path / "new") in dialog.text()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert bench.safe.asked == [("move", tmp_path / "new")]


async def test_conversations_that_are_in_a_folder_already_are_used(
    bench: Bench, page: DataPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere")
    store = await Store.open(other / "conversations.db")
    await store.close()
    page.move_to(str(other))
    buttons(child(bench.window, Frame))["Cancel"].click()
    assert bench.safe.asked == []
    page.move_to(str(other))
    dialog = next(d for d in bench.window.findChildren(Frame) if d.isVisible())
    buttons(dialog)["Use them and start again"].click()
    assert bench.safe.asked == [("use", other)]


async def test_a_folder_that_cannot_be_is_refused(bench: Bench, page: DataPage) -> None:
    page.move_to(str(bench.folder))
    assert page.folder.said.plain() == "The conversations are there already."
    page.move_to(str(bench.folder / "deeper"))
    assert page.folder.said.plain() == "A folder cannot be moved into itself."
    (bench.folder.parent / "file").write_text("")
    page.move_to(str(bench.folder.parent / "file"))
    assert page.folder.said.plain().startswith("That folder cannot be written.")
    assert bench.window.findChildren(Frame) == []


async def test_beside_the_program_the_folder_stays(bench: Bench) -> None:
    bench.safe.movable, bench.safe.portable = False, True
    await bench.show("data")
    page = child(bench.window, DataPage)
    assert [b.text() for b in page.folder.findChildren(QPushButton)] == ["Open"]
    assert page.folder.said.plain() == "Portable: “portable.txt” lies beside the program."


async def test_moved_data_can_move_back(
    bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bench.safe.usual = tmp_path_factory.mktemp("usual") / "chatglm-desktop"
    await bench.show("data")
    press(child(bench.window, DataPage).folder, "Move back…")
    buttons(child(bench.window, Frame))["Move and start again"].click()
    assert bench.safe.asked == [("move", bench.safe.usual)]


async def test_a_folder_of_the_command_line_stays_for_that_reason(bench: Bench) -> None:
    bench.safe.movable = False
    await bench.show("data")
    said = child(bench.window, DataPage).folder.said.plain()
    assert said == "The command line says that it lies here."
