# SPDX-License-Identifier: MIT
"""Many rows are selected by keys and clicks, and stay selected while the list changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.sidebar.sidebar import Sidebar
from chatglm_desktop.gui.sidebar.view import LibraryView
from chatglm_desktop.gui.sidebar.wish import Wish
from tests.gui.sidebar.conftest import summary
from tests.helpers.listed import Listed

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def ids(listed: Listed, view: LibraryView) -> list[str]:
    return [listed.conversations[number].id for number in view.chosen()]


def test_control_and_shift_select_without_opening(
    sidebar: Sidebar,
    few: Listed,
    view: LibraryView,
    middle: Callable[[str], QPoint],
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(sidebar.open_requested):
        QTest.mouseClick(view.viewport(), LEFT, pos=middle("a"))
    with qtbot.assertNotEmitted(sidebar.open_requested):
        QTest.mouseClick(view.viewport(), LEFT, CTRL, middle("c"))
        assert ids(few, view) == ["a", "c"]
        QTest.mouseClick(view.viewport(), LEFT, CTRL, middle("a"))
        assert ids(few, view) == ["c"]
        QTest.mouseClick(view.viewport(), LEFT, SHIFT, middle("c"))
    assert ids(few, view) == ["a", "b", "c"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert len(view.chosen()) == 1


def test_a_tab_that_comes_to_the_front_by_a_key_is_selected_alone(
    sidebar: Sidebar, few: Listed, view: LibraryView
) -> None:
    sidebar.set_current("a")
    window = sidebar.windowHandle()
    # Ctrl is held when Ctrl+2 does its work.
    QTest.keyPress(window, Qt.Key.Key_Control, CTRL)
    try:
        sidebar.set_current("b")
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Control)
    assert ids(few, view) == ["b"]


def test_all_are_all_conversations(tree: Listed, view: LibraryView, wishes: list[Wish]) -> None:
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert ids(tree, view) == ["p", "r1", "w1", "w2", "a"]
    assert view.chosen_folders() == ()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [(wish.verb, len(wish.numbers)) for wish in wishes] == [("trash", 5)]


def test_what_is_selected_stays_so_when_it_moves(
    few: Listed,
    view: LibraryView,
    row: Callable[[str], QModelIndex],
    middle: Callable[[str], QPoint],
) -> None:
    view.setCurrentIndex(row("b"))
    QTest.mouseClick(view.viewport(), LEFT, CTRL, middle("c"))
    few.show([summary("c"), summary("new", 1), summary("a", 2), summary("b", 86_400 * 3)])
    assert sorted(ids(few, view)) == ["b", "c"]
    assert view.currentIndex() == row("c")
    few.show([summary("a", 2), summary("b", 86_400 * 3)])
    assert ids(few, view) == ["b"]


def test_very_many_are_selected_at_once(listed: Listed, view: LibraryView) -> None:
    listed.show(summary(str(number), number) for number in range(20_000))
    view.selectAll()
    assert len(view.chosen()) == 20_000
    listed.show(summary(str(number), number) for number in range(-1, 20_000))
    assert len(view.chosen()) == 20_000


def test_the_keyboard_goes_on_from_a_row_and_not_from_a_heading(
    listed: Listed, view: LibraryView, row: Callable[[str], QModelIndex]
) -> None:
    days = [summary("a"), summary("b", 1), summary("c", 86_400 * 3)]
    listed.show(days)
    view.setCurrentIndex(row("a"))
    listed.show(days[1:])
    assert view.currentIndex() == row("b")
    listed.show(days[2:])
    assert view.currentIndex() == row("c")
    listed.show([*days[2:], summary("p", pinned=True)])
    listed.show([summary("p", pinned=True)])
    assert view.currentIndex() == row("p")
    listed.show([])
    assert not view.currentIndex().isValid()
