# SPDX-License-Identifier: MIT
"""The sidebar tells what the user wants with which conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QMenu
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.gui.conversation_view import ConversationView
from chatglm_desktop.gui.sidebar import WIDTH, Sidebar
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.widgets import child

NOW = 1_700_000_000.0


@pytest.fixture
def sidebar(themes: ThemeManager, qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar(themes, lambda: NOW)
    qtbot.addWidget(sidebar)
    sidebar.resize(WIDTH, 600)
    sidebar.set_conversations(
        ConversationSummary(id, f"Title {id}", NOW, NOW - age)
        for age, id in enumerate(("a", "b", "c"))
    )
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    return sidebar


@pytest.fixture
def view(sidebar: Sidebar) -> ConversationView:
    return child(sidebar, ConversationView)


@pytest.fixture
def middle(view: ConversationView) -> Callable[[int], QPoint]:
    return lambda row: view.visualRect(view.model().index(row, 0)).center()


def editor(view: QListView) -> QLineEdit:
    found = child(view, QLineEdit)
    assert found is not None
    return found


def test_new(sidebar: Sidebar, qtbot: QtBot) -> None:
    button = child(sidebar, QAbstractButton)
    assert button.accessibleName() == "New conversation"
    with qtbot.waitSignal(sidebar.new_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_click_opens(
    sidebar: Sidebar, view: ConversationView, middle: Callable[[int], QPoint], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(2))
    assert asked.args == ["b"]


def test_a_heading_does_nothing(
    sidebar: Sidebar, view: ConversationView, middle: Callable[[int], QPoint], qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(sidebar.open_requested):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(0))
    view.customContextMenuRequested.emit(middle(0))
    assert view.findChild(QMenu) is None


def test_keys_walk_and_open(sidebar: Sidebar, view: ConversationView, qtbot: QtBot) -> None:
    sidebar.set_current("a")
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Up)
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["b"]


def test_the_delete_key_asks_to_delete(
    sidebar: Sidebar, view: ConversationView, qtbot: QtBot
) -> None:
    sidebar.set_current("c")
    with qtbot.waitSignal(sidebar.delete_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Delete)
    assert asked.args == ["c"]


def test_keys_without_a_row_do_nothing(
    sidebar: Sidebar, view: ConversationView, qtbot: QtBot
) -> None:
    with (
        qtbot.assertNotEmitted(sidebar.delete_requested),
        qtbot.assertNotEmitted(sidebar.open_requested),
    ):
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_F2):
            QTest.keyClick(view, key)
    assert view.findChild(QLineEdit) is None


def test_f2_renames_in_place(sidebar: Sidebar, view: ConversationView, qtbot: QtBot) -> None:
    sidebar.set_current("b")
    QTest.keyClick(view, Qt.Key.Key_F2)
    field = editor(view)
    assert field.text() == "Title b"
    field.selectAll()
    QTest.keyClicks(field, "Other")
    with qtbot.waitSignal(sidebar.rename_requested) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["b", "Other"]


def test_escape_leaves_the_title(sidebar: Sidebar, view: ConversationView, qtbot: QtBot) -> None:
    sidebar.start_rename("b")
    QTest.keyClicks(editor(view), "Other")
    with qtbot.assertNotEmitted(sidebar.rename_requested):
        QTest.keyClick(editor(view), Qt.Key.Key_Escape)
    assert view.model().index(2, 0).data() == "Title b"


def test_an_open_editor_survives_a_new_list(
    sidebar: Sidebar, view: ConversationView, qtbot: QtBot
) -> None:
    sidebar.start_rename("c")
    QTest.keyClicks(editor(view), "Half")
    sidebar.set_conversations(
        ConversationSummary(id, f"Title {id}", NOW, NOW - age)
        for age, id in enumerate(("new", "b", "c"))
    )
    assert editor(view).text() == "Half"
    with qtbot.waitSignal(sidebar.rename_requested) as asked:
        QTest.keyClick(editor(view), Qt.Key.Key_Return)
    assert asked.args == ["c", "Half"]


def test_the_menu_offers_all_verbs(sidebar: Sidebar, view: ConversationView, qtbot: QtBot) -> None:
    menu = view.menu_for(view.model().index(1, 0))
    open_, rename, separator, delete = menu.actions()
    assert [open_.text(), rename.text(), delete.text()] == ["Open", "Rename", "Delete"]
    assert separator.isSeparator()
    with qtbot.waitSignal(sidebar.open_requested) as asked:
        open_.trigger()
    assert asked.args == ["a"]
    with qtbot.waitSignal(sidebar.delete_requested) as asked:
        delete.trigger()
    assert asked.args == ["a"]
    rename.trigger()
    assert editor(view).text() == "Title a"


def test_the_menu_opens_on_a_row_and_goes_when_closed(
    view: ConversationView, middle: Callable[[int], QPoint], qtbot: QtBot
) -> None:
    view.customContextMenuRequested.emit(middle(1))
    menu = child(view, QMenu)
    assert menu.isVisible()
    with qtbot.waitSignal(menu.destroyed):
        menu.close()


def test_marks_are_spoken(sidebar: Sidebar, view: ConversationView) -> None:
    sidebar.set_marks(frozenset("a"), frozenset("ab"), frozenset("abc"))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [view.model().index(row, 0).data(role) for row in (1, 2, 3)] == [
        "Title a, a reply is arriving",
        "Title b, new reply",
        "Title c, the reply failed",
    ]


def test_the_current_row_is_brought_into_view(sidebar: Sidebar, view: ConversationView) -> None:
    sidebar.set_conversations(
        ConversationSummary(str(number), "t", NOW, NOW - number) for number in range(300)
    )
    sidebar.set_current("250")
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    sidebar.set_current(None)
    sidebar.start_rename("unknown")
    assert view.findChild(QLineEdit) is None


def test_today_becomes_yesterday_at_midnight(themes: ThemeManager, qtbot: QtBot) -> None:
    midnight = datetime(2026, 3, 11).timestamp()
    now = midnight - 0.02
    sidebar = Sidebar(themes, lambda: now)
    qtbot.addWidget(sidebar)
    sidebar.set_conversations([ConversationSummary("a", "A", now, now)])
    heading = child(sidebar, ConversationView).model().index(0, 0)
    timer = child(sidebar, QTimer)
    assert not timer.isActive()
    sidebar.show()
    qtbot.waitUntil(lambda: timer.remainingTime() <= 20)
    now = midnight
    qtbot.waitUntil(lambda: heading.data() == "Yesterday")
    assert timer.remainingTime() > 500_000
    sidebar.hide()
    assert not timer.isActive()
    now += 86_400
    sidebar.show()
    assert heading.data() == "Previous 7 days"


def test_every_state_is_painted(
    sidebar: Sidebar,
    view: ConversationView,
    middle: Callable[[int], QPoint],
    themes: ThemeManager,
    qtbot: QtBot,
) -> None:
    sidebar.set_current("a")
    sidebar.set_marks(frozenset("a"), frozenset("b"), frozenset("c"))
    view.setFocus()
    QTest.mouseMove(view.viewport(), middle(2))
    light = sidebar.grab().toImage()
    themes.choose("dark")
    dark = sidebar.grab().toImage()
    assert light != dark
    sidebar.set_conversations([])
    assert sidebar.grab().toImage() != dark
