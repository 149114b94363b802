# SPDX-License-Identifier: MIT
"""The menus offer all that can be done, with one row and with many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.sidebar.row_places import button_rect
from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import Wish
from tests.gui.sidebar.conftest import FOLDERS, NOW, summary
from tests.helpers.listed import Listed
from tests.helpers.widgets import child

Find = Callable[[str], QModelIndex]


@pytest.fixture
def menu(view: LibraryView, row: Find) -> Iterator[Callable[[str], QMenu]]:
    made: list[QMenu] = []

    def build(name: str) -> QMenu:
        menu = view.menu_for(row(name))
        assert menu is not None
        made.append(menu)
        return menu

    yield build
    for menu in made:
        menu.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def action(menu: QMenu, *path: str) -> QAction:
    """The action at the end of a path of texts."""
    *above, last = path
    for text in above:
        inner = next(a for a in menu.actions() if a.text().strip() == text).menu()
        assert isinstance(inner, QMenu)
        menu = inner
    return next(a for a in menu.actions() if a.text().strip() == last)


def test_one_conversation(
    sidebar: Sidebar, few: Listed, menu: Callable[[str], QMenu], view: LibraryView, qtbot: QtBot
) -> None:
    assert words(menu("b")) == [
        "Open",
        "Open in a new window",
        "Rename\tF2",
        "Duplicate",
        "Pin to the top",
        "Move to folder",
        "Colour",
        "Archive",
        "Export…",
        "Delete\tDel",
    ]
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        action(menu("b"), "Open").trigger()
    assert asked.args == ["b"]
    action(menu("b"), "Rename\tF2").trigger()
    assert child(view, QLineEdit).text() == "Title b"


def test_what_each_verb_asks_for(
    tree: Listed, menu: Callable[[str], QMenu], wishes: list[Wish]
) -> None:
    one = (tree.number("a"),)
    expected = {
        ("Open in a new window",): Wish("open_in_window", one),
        ("Duplicate",): Wish("duplicate", one),
        ("Pin to the top",): Wish("pin", one),
        ("Move to folder", "New folder"): Wish("new_folder", one),
        ("Move to folder", "No folder"): Wish("move", one),
        ("Move to folder", "Reading"): Wish("move", one, "r"),
        ("Colour", "Red"): Wish("colour", one, value="red"),
        ("Archive",): Wish("archive", one),
        ("Export…",): Wish("export", one),
        ("Delete\tDel",): Wish("trash", one),
    }
    for path, wish in expected.items():
        action(menu("a"), *path).trigger()
        assert wishes.pop() == wish
    action(menu("p"), "Unpin from the top").trigger()
    assert wishes.pop() == Wish("unpin", (tree.number("p"),))


def test_many_conversations(
    few: Listed, view: LibraryView, menu: Callable[[str], QMenu], wishes: list[Wish]
) -> None:
    view.selectAll()
    many = menu("b")
    assert words(many) == [
        "Pin to the top",
        "Move to folder",
        "Colour",
        "Archive",
        "Export…",
        "Delete\tDel",
    ]
    action(many, "Archive").trigger()
    assert wishes == [Wish("archive", tuple(few.number(id) for id in "abc"))]


def test_a_row_outside_of_what_is_selected_is_meant_alone(
    few: Listed, view: LibraryView, row: Find, menu: Callable[[str], QMenu], wishes: list[Wish]
) -> None:
    view.setCurrentIndex(row("a"))
    action(menu("c"), "Archive").trigger()
    assert wishes == [Wish("archive", (few.number("c"),))]


def test_a_folder(tree: Listed, menu: Callable[[str], QMenu], wishes: list[Wish]) -> None:
    assert words(menu("w")) == [
        "New conversation here",
        "New folder inside",
        "Rename\tF2",
        "Colour",
        "System prompt…",
        "Move to folder",
        "Export…",
        "Delete\tDel",
    ]
    expected = {
        ("New conversation here",): Wish("new_in_folder", folder_id="w"),
        ("New folder inside",): Wish("new_folder", parent_id="w"),
        ("Colour", "Blue"): Wish("colour_folder", folder_id="w", value="blue"),
        ("System prompt…",): Wish("folder_prompt", folder_id="w"),
        ("Move to folder", "No folder"): Wish("move_folder", folder_id="w"),
        ("Move to folder", "Travel"): Wish("move_folder", folder_id="w", parent_id="t"),
        ("Export…",): Wish("export_folder", folder_id="w"),
        ("Delete\tDel",): Wish("trash_folder", folder_id="w"),
    }
    for path, wish in expected.items():
        action(menu("w"), *path).trigger()
        assert wishes.pop() == wish


def test_a_folder_is_not_offered_to_itself_nor_to_what_lies_in_it(
    tree: Listed, menu: Callable[[str], QMenu]
) -> None:
    inner = action(menu("w"), "Move to folder").menu()
    assert isinstance(inner, QMenu)
    assert words(inner) == ["No folder", "Travel"]


def test_the_colour_in_use_is_marked(listed: Listed, menu: Callable[[str], QMenu]) -> None:
    folder = Folder("f", "R&D", 0.0, colour="green")
    listed.show([summary("a", colour="red")], [folder])
    colours = action(menu("a"), "Colour").menu()
    assert isinstance(colours, QMenu)
    assert [a.text() for a in colours.actions() if a.isChecked()] == ["Red\t✓"]
    assert action(menu("a"), "Move to folder", "R&&D")


def test_the_archive(
    sidebar: Sidebar, listed: Listed, menu: Callable[[str], QMenu], wishes: list[Wish]
) -> None:
    listed.show([summary("z", archived_at=NOW)])
    sidebar.show_shelf("archive")
    assert "Pin to the top" not in words(menu("z"))
    action(menu("z"), "Take out of the archive").trigger()
    assert wishes == [Wish("unarchive", (listed.number("z"),))]


def test_the_trash(
    sidebar: Sidebar, listed: Listed, menu: Callable[[str], QMenu], wishes: list[Wish]
) -> None:
    listed.show([summary("x", trashed_at=NOW)], [Folder("f", "Old", 0.0, trashed_at=NOW)])
    sidebar.show_shelf("trash")
    assert words(menu("x")) == ["Restore", "Delete for good…\tDel"]
    action(menu("x"), "Restore").trigger()
    action(menu("x"), "Delete for good…\tDel").trigger()
    action(menu("f"), "Restore").trigger()
    one = (listed.number("x"),)
    assert wishes == [
        Wish("restore", one),
        Wish("delete_forever", one),
        Wish("restore_folder", folder_id="f"),
    ]


def test_beside_the_rows_there_can_be_a_new_folder(
    sidebar: Sidebar, few: Listed, view: LibraryView, wishes: list[Wish]
) -> None:
    menu = view.menu_for(QModelIndex())
    assert menu is not None
    menu.actions()[0].trigger()
    assert wishes == [Wish("new_folder")]
    menu.deleteLater()
    sidebar.show_shelf("trash")
    assert view.menu_for(QModelIndex()) is None


def test_the_menu_key_and_the_right_button_open_it(
    few: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    view.setCurrentIndex(row("b"))
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        place = view.visualRect(row("b")).center()
        view.contextMenuEvent(QContextMenuEvent(reason, place, view.mapToGlobal(place)))
        menu = child(view, QMenu)
        assert menu.isVisible()
        with qtbot.waitSignal(menu.destroyed):
            menu.close()


def test_the_button_of_a_row_opens_its_menu_and_nothing_else(
    sidebar: Sidebar, few: Listed, view: LibraryView, row: Find, qtbot: QtBot
) -> None:
    place = button_rect(view.visualRect(row("b"))).center()
    with qtbot.assertNotEmitted(sidebar.open_requested):
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseMove(view.viewport(), place + QPoint(0, 60))
        menu = child(view, QMenu)
        with qtbot.waitSignal(menu.destroyed):
            menu.close()
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.currentIndex() == row("b")


def test_the_button_of_the_folders_makes_one(
    tree: Listed, view: LibraryView, row: Find, wishes: list[Wish]
) -> None:
    place = button_rect(view.visualRect(row("Folders")), heading=True).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wishes == [Wish("new_folder")]
    assert FOLDERS[0].name == "Work"
