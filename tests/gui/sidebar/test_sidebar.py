# SPDX-License-Identifier: MIT
"""The sidebar tells what the user wants with which conversation, and keeps what it shows steady."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.sidebar.day_watch import DayWatch
from chatglm_desktop.gui.sidebar.foot import FootButton
from chatglm_desktop.gui.sidebar.search_button import SearchButton
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import Wish
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.gui.sidebar.conftest import FOLDERS, NOW, summary, texts
from tests.helpers.listed import Listed
from tests.helpers.widgets import child

Find = Callable[[str], QModelIndex]
Middle = Callable[[str], QPoint]


def editor(view: LibraryView) -> QLineEdit:
    return child(view, QLineEdit)


def test_new_search_and_settings(sidebar: Sidebar, qtbot: QtBot) -> None:
    new = child(sidebar, QAbstractButton)
    assert new.accessibleName() == "New conversation"
    with qtbot.waitSignal(sidebar.new_requested):
        QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    search = child(sidebar, SearchButton)
    with qtbot.waitSignal(sidebar.search_requested):
        QTest.keyClick(search, Qt.Key.Key_Return)
    _, _, settings = sidebar.findChildren(FootButton)
    with qtbot.waitSignal(sidebar.settings_requested):
        QTest.keyClick(settings, Qt.Key.Key_Return)


def test_everything_has_its_place(tree: Listed, view: LibraryView) -> None:
    assert texts(view) == [
        "Pinned",
        "Title p",
        "Folders",
        "Travel",
        "Work",
        ".Reading",
        "..Title r1",
        ".Title w1",
        ".Title w2",
        "Today",
        "Title a",
    ]
    assert [view.list.line(row).trailing for row in (3, 4, 5)] == ["1", "3", "1"]


def test_a_click_opens(sidebar: Sidebar, few: Listed, middle: Middle, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        QTest.mouseClick(sidebar.view.viewport(), Qt.MouseButton.LeftButton, pos=middle("b"))
    assert asked.args == ["b"]


def test_a_heading_does_nothing(
    sidebar: Sidebar, few: Listed, middle: Middle, wishes: list[Wish], qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(sidebar.open_requested):
        QTest.mouseClick(sidebar.view.viewport(), Qt.MouseButton.LeftButton, pos=middle("Today"))
    assert wishes == []


def test_a_row_that_waits_is_not_opened(
    sidebar: Sidebar, listed: Listed, view: LibraryView, qtbot: QtBot
) -> None:
    listed.silent = True
    listed.show([summary("a")])
    with qtbot.assertNotEmitted(sidebar.open_requested):
        place = view.visualRect(view.list.index(2)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view.start_rename(view.list.index(2))
    assert view.findChild(QLineEdit) is None
    assert sidebar.grab().toImage() == sidebar.grab().toImage()


def test_keys_walk_and_open(sidebar: Sidebar, few: Listed, view: LibraryView, qtbot: QtBot) -> None:
    sidebar.set_current("a")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["b"]


def test_the_delete_key_asks_to_delete_all_that_is_selected(
    sidebar: Sidebar, tree: Listed, view: LibraryView, row: Find, wishes: list[Wish]
) -> None:
    view.setCurrentIndex(row("w"))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert wishes == [
        Wish("trash_folder", folder_id="w"),
        Wish("trash_folder", folder_id="r"),
        Wish("trash", (tree.number("r1"),)),
    ]


def test_keys_without_a_row_do_nothing(
    sidebar: Sidebar, few: Listed, view: LibraryView, wishes: list[Wish], qtbot: QtBot
) -> None:
    view.clearSelection()
    with qtbot.assertNotEmitted(sidebar.open_requested):
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Left):
            QTest.keyClick(view, key)
    assert view.findChild(QLineEdit) is None
    assert wishes == []


def test_letters_do_not_ask_for_every_row(few: Listed, view: LibraryView, row: Find) -> None:
    view.setCurrentIndex(row("a"))
    QTest.keyClicks(view, "Title c")
    assert view.currentIndex() == row("a")


def test_folders_open_and_close(
    tree: Listed, view: LibraryView, row: Find, middle: Middle, wishes: list[Wish]
) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle("t"))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle("w"))
    view.setCurrentIndex(row("t"))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    view.setCurrentIndex(row("w"))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert [(wish.verb, wish.folder_id) for wish in wishes] == [
        ("expand_folder", "t"),
        ("collapse_folder", "w"),
        ("expand_folder", "t"),
        ("collapse_folder", "w"),
    ]


def test_left_goes_to_the_folder_around(tree: Listed, view: LibraryView, row: Find) -> None:
    tree.show(
        tree.conversations.values(),
        [FOLDERS[0], Folder("r", "Reading", 0.0, "w", expanded=False), FOLDERS[2]],
    )
    view.setCurrentIndex(row("w2"))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex() == row("w")
    view.setCurrentIndex(row("r"))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex() == row("w")
    view.setCurrentIndex(row("a"))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.currentIndex() == row("a")


def test_f2_renames_in_place(
    sidebar: Sidebar, tree: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    sidebar.set_current("a")
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = editor(view)
    assert (field.text(), field.accessibleName()) == ("Title a", "Title")
    field.selectAll()
    QTest.keyClicks(field, "Other")
    QTest.keyClick(field, Qt.Key.Key_Down)
    with (
        qtbot.assertNotEmitted(sidebar.open_requested),
        qtbot.waitSignal(sidebar.rename_requested) as asked,
    ):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["a", "Other"]
    assert view.currentIndex() == row("a")


def test_f2_renames_a_folder(
    sidebar: Sidebar, tree: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    view.setCurrentIndex(row("r"))
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert editor(view).accessibleName() == "Name of the folder"
    QTest.keyClicks(editor(view), "Books")
    with qtbot.waitSignal(sidebar.folder_rename_requested) as asked:
        QTest.keyClick(editor(view), Qt.Key.Key_Return)
    assert asked.args == ["r", "Books"]


def test_escape_leaves_the_title(
    sidebar: Sidebar, few: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    ended: list[bool] = []
    sidebar.start_rename("b", lambda: ended.append(True))
    QTest.keyClicks(editor(view), "Other")
    with qtbot.assertNotEmitted(sidebar.rename_requested):
        QTest.keyClick(editor(view), Qt.Key.Key_Escape)
    assert row("b").data() == "Title b"
    assert ended == [True]


def test_an_open_editor_survives_a_new_list(
    sidebar: Sidebar, few: Listed, view: LibraryView, qtbot: QtBot
) -> None:
    sidebar.start_rename("c")
    QTest.keyClicks(editor(view), "Half")
    few.show([summary("new"), summary("c", 1), summary("b", 2)])
    assert editor(view).text() == "Half"
    with qtbot.waitSignal(sidebar.rename_requested) as asked:
        QTest.keyClick(editor(view), Qt.Key.Key_Return)
    assert asked.args == ["c", "Half"]


def test_what_is_to_be_written_over_stays_selected(
    sidebar: Sidebar, few: Listed, view: LibraryView
) -> None:
    sidebar.start_rename("c")
    few.show(few.conversations.values())
    assert editor(view).selectedText() == "Title c"
    few.show([replace(summary("c"), title="Found by itself")])
    assert editor(view).selectedText() == "Found by itself"
    QTest.keyClicks(editor(view), "By hand")
    few.show([summary("c")])
    assert editor(view).text() == "By hand"


def test_a_title_in_a_closed_folder_is_renamed_there(
    sidebar: Sidebar, tree: Listed, view: LibraryView, wishes: list[Wish]
) -> None:
    sidebar.set_current("t1")
    assert wishes == []
    assert view.list.line(3).current
    sidebar.start_rename("t1")
    assert wishes == [Wish("expand_folder", folder_id="t")]
    tree.show(tree.conversations.values(), [*FOLDERS[:2], Folder("t", "Travel", 0.0)])
    assert editor(view).text() == "Title t1"


def test_a_title_is_renamed_as_soon_as_it_is_listed(
    sidebar: Sidebar, few: Listed, view: LibraryView
) -> None:
    sidebar.start_rename("new")
    assert view.findChild(QLineEdit) is None
    few.show([*few.conversations.values(), summary("new")])
    assert editor(view).text() == "Title new"


def test_a_new_folder_is_named_as_soon_as_it_is_there(
    sidebar: Sidebar, few: Listed, view: LibraryView
) -> None:
    sidebar.start_folder_rename("f")
    assert view.findChild(QLineEdit) is None
    few.show(few.conversations.values(), [Folder("f", "New folder", 0.0)])
    assert editor(view).text() == "New folder"


def test_a_row_that_is_still_read_is_renamed_then(
    sidebar: Sidebar, listed: Listed, view: LibraryView
) -> None:
    listed.silent = True
    listed.show([summary("a")])
    sidebar.start_rename("a")
    assert view.findChild(QLineEdit) is None
    listed.hand_over([listed.number("a")])
    assert editor(view).text() == "Title a"


def test_marks_and_the_current_one_are_watched(
    sidebar: Sidebar, few: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sidebar.watched) as watched:
        sidebar.set_marks(frozenset("a"), frozenset("ab"), frozenset("abc"))
    assert watched.args == [frozenset("abc")]
    assert [view.line(row(id)).badge for id in "abc"] == ["streaming", "unread", "failed"]
    with qtbot.assertNotEmitted(sidebar.watched):
        sidebar.set_marks(frozenset("a"), frozenset("b"), frozenset("c"))
    with qtbot.waitSignal(sidebar.watched) as watched:
        sidebar.set_current("d")
    assert watched.args == [frozenset("abcd")]


def test_the_current_row_is_brought_into_view(
    sidebar: Sidebar, listed: Listed, view: LibraryView
) -> None:
    sidebar.set_current("250")
    listed.show(summary(str(number), number) for number in range(300))
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    assert view.currentIndex().data() == "Title 250"
    sidebar.set_current(None)
    assert not view.line(view.currentIndex()).current


def test_today_becomes_yesterday_at_midnight(themes: ThemeManager, qtbot: QtBot) -> None:
    midnight = datetime(2026, 3, 11).timestamp()
    now = midnight - 0.02
    sidebar = Sidebar(themes, lambda: now)
    qtbot.addWidget(sidebar)
    listed = Listed(sidebar, now)
    listed.show([summary("a", NOW - now)])
    timer = child(child(sidebar, DayWatch), QTimer)
    assert not timer.isActive()
    sidebar.show()
    qtbot.waitUntil(lambda: timer.remainingTime() <= 20)
    with qtbot.waitSignal(sidebar.day_ended):
        now = midnight
    assert timer.remainingTime() > 500_000
    sidebar.hide()
    assert not timer.isActive()
    now += 86_400
    with qtbot.waitSignal(sidebar.day_ended):
        sidebar.show()


def test_the_archive_and_the_trash_are_shown_alone(
    sidebar: Sidebar, listed: Listed, view: LibraryView, wishes: list[Wish], qtbot: QtBot
) -> None:
    old = Folder("f", "Old", 0.0, trashed_at=NOW)
    listed.show(
        [
            summary("a"),
            summary("z", archived_at=NOW),
            summary("x", trashed_at=NOW),
        ],
        [old],
    )
    archive, trash, _ = sidebar.findChildren(FootButton)
    QTest.mouseClick(archive, Qt.MouseButton.LeftButton)
    assert texts(view) == ["Title z"]
    with qtbot.waitSignal(sidebar.open_requested):
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.mouseClick(trash, Qt.MouseButton.LeftButton)
    assert texts(view) == ["Old", "Title x"]
    assert (archive.isChecked(), trash.isChecked()) == (False, True)
    with qtbot.assertNotEmitted(sidebar.open_requested):
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Right):
            QTest.keyClick(view, key)
        view.setCurrentIndex(view.list.index(1))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete):
            QTest.keyClick(view, key)
    empty = child(sidebar, QPushButton)
    QTest.mouseClick(empty, Qt.MouseButton.LeftButton)
    assert wishes == [Wish("delete_forever", (listed.number("x"),)), Wish("empty_trash")]
    QTest.mouseClick(trash, Qt.MouseButton.LeftButton)
    assert texts(view) == ["Folders", "Today", "Title a"]


def test_an_empty_trash_cannot_be_emptied(
    sidebar: Sidebar, few: Listed, view: LibraryView, qtbot: QtBot
) -> None:
    sidebar.show_shelf("trash")
    assert not child(sidebar, QPushButton).isEnabled()
    light = sidebar.grab().toImage()
    sidebar.show_shelf("archive")
    assert sidebar.grab().toImage() != light
    sidebar.start_rename("b")
    assert editor(view).text() == "Title b"


def test_the_foot_is_icons_where_it_is_narrow(sidebar: Sidebar) -> None:
    buttons = sidebar.findChildren(FootButton)
    assert not any(button.compact for button in buttons)
    sidebar.resize(200, 700)
    assert all(button.compact for button in buttons)
    QTest.keyClick(buttons[0], Qt.Key.Key_Right)
    QTest.keyClick(buttons[1], Qt.Key.Key_Left)
    sidebar.resize(400, 700)
    assert not any(button.compact for button in buttons)


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_every_state_is_painted(
    sidebar: Sidebar, tree: Listed, middle: Middle, themes: ThemeManager, theme: str
) -> None:
    view = sidebar.view
    empty = sidebar.grab().toImage()
    themes.choose(theme)  # type: ignore[arg-type]
    sidebar.set_current("a")
    sidebar.set_marks(frozenset("a"), frozenset(["w1"]), frozenset(["t1"]))
    view.setFocus()
    view.selectAll()
    QTest.mouseMove(view.viewport(), middle("w2"))
    view.rows.target = 4
    one = sidebar.grab().toImage()
    assert one != empty
    tree.show([])
    assert sidebar.grab().toImage() != one
