# SPDX-License-Identifier: MIT
"""Tabs are addressed by id and tell what the user does with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTabBar
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.tabs.bar import TabBar
from chatglm_desktop.gui.tabs.tabs import Tabs
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge
from chatglm_desktop.gui.widgets.tool_tip import plain_tip
from tests.helpers.widgets import child


@pytest.fixture
def bar(themes: ThemeManager, qtbot: QtBot) -> TabBar:
    bar = TabBar(themes)
    qtbot.addWidget(bar)
    bar.resize(900, bar.height())
    for id in "abc":
        bar.add_tab(id, f"Title {id}")
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


@pytest.fixture
def tabs(bar: TabBar) -> Tabs:
    return child(bar, Tabs)


def middle(tabs: Tabs, id: str) -> QPoint:
    return tabs.tabRect(tabs.place(id)).center()


def named(bar: TabBar, name: str) -> QAbstractButton:
    return next(b for b in bar.findChildren(QAbstractButton) if b.accessibleName() == name)


def test_the_first_tab_comes_to_the_front_and_is_told(themes: ThemeManager, qtbot: QtBot) -> None:
    bar = TabBar(themes)
    qtbot.addWidget(bar)
    assert bar.current_id() is None
    with qtbot.waitSignal(bar.current_changed) as told:
        bar.add_tab("a", "A")
    assert told.args == ["a"]
    with qtbot.assertNotEmitted(bar.current_changed):
        bar.add_tab("b", "B")
        bar.add_tab("c", "C", 0)
    assert bar.ids() == ["c", "a", "b"]
    assert bar.current_id() == "a"


def test_a_click_changes_the_tab(bar: TabBar, tabs: Tabs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.current_changed) as told:
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, "b"))
    assert told.args == ["b"]
    with qtbot.assertNotEmitted(bar.current_changed):
        bar.set_current("b")


def test_closing_is_only_asked_for(bar: TabBar, tabs: Tabs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.close_requested) as asked:
        QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=middle(tabs, "c"))
    assert asked.args == ["c"]
    close = tabs.tabButton(tabs.place("b"), QTabBar.ButtonPosition.RightSide)
    with qtbot.waitSignal(bar.close_requested) as asked:
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert asked.args == ["b"]
    with qtbot.assertNotEmitted(bar.close_requested):
        QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=QPoint(-5, -5))
    assert bar.ids() == ["a", "b", "c"]


def test_removing_the_tab_in_front_brings_another(bar: TabBar, qtbot: QtBot) -> None:
    bar.set_current("c")
    with qtbot.waitSignal(bar.current_changed) as told:
        bar.remove_tab("c")
    assert told.args == ["b"]
    with qtbot.assertNotEmitted(bar.current_changed):
        bar.remove_tab("a")
        bar.remove_tab("unknown")
    assert bar.ids() == ["b"]
    bar.remove_tab("b")
    assert bar.current_id() is None


def test_dragging_tells_the_new_order(bar: TabBar, tabs: Tabs, qtbot: QtBot) -> None:
    start, end = middle(tabs, "a"), middle(tabs, "b") + QPoint(40, 0)
    with qtbot.waitSignal(bar.moved) as told, qtbot.assertNotEmitted(bar.current_changed):
        QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 21):
            QTest.mouseMove(tabs, start + (end - start) * step / 20)
        QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=end)
    assert told.args == [["b", "a", "c"]]
    assert bar.ids() == ["b", "a", "c"]


def test_titles(bar: TabBar, tabs: Tabs) -> None:
    bar.set_title("a", "Q & A\nsecond line")
    assert tabs.tabText(0) == "Q && A second line"
    assert tabs.tabToolTip(0) == plain_tip("Q & A\nsecond line")
    assert tabs.accessibleTabName(0) == "Q & A second line"
    bar.set_title("a", "")
    assert tabs.tabText(0) == "New conversation"
    bar.set_title("unknown", "x")
    bar.set_title("b", "very long " * 30)
    assert tabs.tabRect(1).width() <= 210


def test_badges_are_shown_and_spoken(bar: TabBar, tabs: Tabs, themes: ThemeManager) -> None:
    expected: dict[Badge, str] = {
        "streaming": "Title b, a reply is arriving",
        "unread": "Title b, new reply",
        "failed": "Title b, the reply failed",
        "none": "Title b",
    }
    for badge, spoken in expected.items():
        bar.set_badge("b", badge)
        assert tabs.badge("b") == badge
        assert tabs.accessibleTabName(1) == spoken
        assert tabs.tabIcon(1).isNull() == (badge == "none")
    bar.set_badge("unknown", "failed")
    bar.set_badge("a", "failed")
    light = tabs.tabIcon(0).pixmap(16, 16).toImage()
    themes.choose("dark")
    assert tabs.tabIcon(0).pixmap(16, 16).toImage() != light


def test_steps_go_round(bar: TabBar) -> None:
    bar.step(-1)
    assert bar.current_id() == "c"
    bar.step(1)
    assert bar.current_id() == "a"


def test_numbers_as_in_browsers(bar: TabBar) -> None:
    bar.go_to(2)
    assert bar.current_id() == "b"
    bar.go_to(9)
    assert bar.current_id() == "c"
    bar.go_to(7)
    assert bar.current_id() == "c"


def test_no_tab_no_step(themes: ThemeManager, qtbot: QtBot) -> None:
    bar = TabBar(themes)
    qtbot.addWidget(bar)
    bar.step(1)
    bar.go_to(9)
    assert bar.current_id() is None


def test_buttons(bar: TabBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.new_requested):
        QTest.mouseClick(named(bar, "New conversation"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.sidebar_requested):
        QTest.mouseClick(named(bar, "Show or hide the sidebar"), Qt.MouseButton.LeftButton)


def test_many_restored_tabs_use_all_the_room(themes: ThemeManager, qtbot: QtBot) -> None:
    bar = TabBar(themes)
    qtbot.addWidget(bar)
    bar.resize(900, bar.height())
    with qtbot.waitExposed(bar):
        bar.show()
    for number in range(15):
        bar.add_tab(str(number), f"Conversation {number}")
    bar.set_current("14")
    tabs = child(bar, Tabs)
    with qtbot.assertNotEmitted(bar.current_changed):
        qtbot.waitUntil(lambda: tabs.tabRect(14).right() > tabs.width() - 128)
    assert tabs.tabRect(14).right() < tabs.width()
    assert bar.current_id() == "14"


def test_the_new_button_stands_beside_the_last_tab(themes: ThemeManager, qtbot: QtBot) -> None:
    bar = TabBar(themes)
    qtbot.addWidget(bar)
    bar.resize(900, bar.height())
    bar.add_tab("a", "A long title of a conversation")
    bar.set_title("a", "A")
    with qtbot.waitExposed(bar):
        bar.show()
    tabs = child(bar, Tabs)
    for badge in ("streaming", "none"):
        bar.set_badge("a", badge)
        qtbot.waitUntil(lambda: tabs.width() == tabs.tabRect(0).width())


def test_a_narrow_tab_still_shows_some_of_its_title(bar: TabBar, tabs: Tabs) -> None:
    for number in range(30):
        bar.add_tab(str(number), f"Conversation {number}")
    text = tabs.tabRect(5).width() - 20 - 20 - 22  # without button, badge and padding
    assert text > tabs.fontMetrics().horizontalAdvance("Conver…")


def test_many_tabs_leave_room_for_the_new_button(bar: TabBar, tabs: Tabs, qtbot: QtBot) -> None:
    for number in range(30):
        bar.add_tab(str(number), f"Conversation {number}")
    new = named(bar, "New conversation")
    qtbot.waitUntil(lambda: new.geometry().right() < bar.width())
    assert tabs.geometry().right() < new.geometry().left()
    bar.set_current("29")
    assert tabs.rect().intersects(tabs.tabRect(tabs.place("29")))
    assert not bar.grab().isNull()


def test_a_tab_that_goes_while_it_is_held_ends_the_drag(bar: TabBar, tabs: Tabs) -> None:
    QTest.mousePress(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, "b"))
    QTest.mouseMove(tabs, middle(tabs, "b") + QPoint(20, 0))
    tabs.remove("b")
    QTest.mouseMove(tabs, middle(tabs, "a"))
    QTest.mouseRelease(tabs, Qt.MouseButton.LeftButton, pos=middle(tabs, "a"))
    assert bar.ids() == ["a", "c"]


def test_the_current_tab_stays_in_view_when_tabs_are_arranged(bar: TabBar, tabs: Tabs) -> None:
    for number in range(40):
        bar.add_tab(f"n{number}", f"Title {number}")
    bar.set_current("n39")
    assert tabs.rect().contains(middle(tabs, "n39"))
    tabs.arrange(["n39", *(id for id in tabs.ids() if id != "n39")])
    assert tabs.rect().contains(middle(tabs, "n39"))
    assert bar.current_id() == "n39"


def test_the_current_tab_stays_in_view_when_it_is_moved(bar: TabBar, tabs: Tabs) -> None:
    bar.add_tabs((f"n{number}", f"Number {number}", False) for number in range(40))
    bar.set_current("n20")
    for places in (1, -1):
        for _ in range(12):
            bar.move_current(places)
        assert tabs.rect().contains(tabs.tabRect(tabs.currentIndex()).center())
    assert tabs.ids().index("n20") == tabs.currentIndex()
