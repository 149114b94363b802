# SPDX-License-Identifier: MIT
"""The card for finding tells what is looked for and shows what was found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.find_bar import FindBar
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(900, 600)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def bar(host: QWidget, themes: ThemeManager) -> FindBar:
    return FindBar(themes, host)


def field(bar: FindBar) -> QLineEdit:
    found = bar.findChild(QLineEdit)
    assert found is not None
    return found


def button(bar: FindBar, name: str) -> IconButton:
    return next(b for b in bar.findChildren(IconButton) if b.accessibleName() == name)


def test_opens_at_the_top_right_corner_with_the_cursor_in_it(bar: FindBar, host: QWidget) -> None:
    bar.open_with()
    assert bar.isVisible()
    assert host.width() - bar.geometry().right() < 30
    assert host.focusWidget() is field(bar)


def test_stays_in_the_corner_when_the_window_is_resized(bar: FindBar, host: QWidget) -> None:
    bar.open_with()
    host.resize(700, 600)
    assert bar.geometry().right() < 700
    host.resize(200, 600)
    assert bar.geometry().left() == 0
    assert bar.width() <= 200


def test_stands_below_a_match_that_it_would_hide(bar: FindBar) -> None:
    bar.open_with()
    corner = bar.geometry()
    bar.stay_clear_of(QRect(corner.left() + 40, corner.top() + 30, 20, 24))
    assert bar.geometry().top() == corner.top() + 30 + 24
    bar.stay_clear_of(QRect(corner.left() + 40, corner.bottom() + 30, 20, 24))
    assert bar.geometry() == corner
    bar.stay_clear_of(None)
    assert bar.geometry() == corner


def test_typing_says_what_is_looked_for(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_with()
    queries: list[str] = []
    bar.query_changed.connect(queries.append)
    QTest.keyClicks(field(bar), "ab")
    assert queries == ["a", "ab"]


def test_opens_with_the_text_that_is_selected(bar: FindBar) -> None:
    bar.open_with("天气")
    assert bar.query() == "天气"
    assert field(bar).selectedText() == "天气"
    bar.open_with()
    assert bar.query() == "天气"


def test_enter_goes_on_and_shift_enter_back(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_with("x")
    steps: list[int] = []
    bar.step_wanted.connect(steps.append)
    QTest.keyClick(field(bar), Qt.Key.Key_Return)
    QTest.keyClick(field(bar), Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]


def test_the_buttons_step_while_there_are_matches(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_with("x")
    bar.show_count(0, 2)
    steps: list[int] = []
    bar.step_wanted.connect(steps.append)
    for name in ("Next match", "Previous match"):
        QTest.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)
    assert steps == [1, -1]
    bar.show_count(0, 0)
    assert not button(bar, "Next match").isEnabled()


@pytest.mark.parametrize(
    ("query", "number", "total", "text"),
    [("x", 3, 17, "3/17"), ("x", 0, 17, "17"), ("x", 0, 0, "No match"), ("", 0, 0, "")],
)
def test_counts_matches(bar: FindBar, query: str, number: int, total: int, text: str) -> None:
    bar.open_with(query)
    bar.show_count(number, total)
    assert bar.count_text() == text


def test_escape_and_the_button_close_it(bar: FindBar, qtbot: QtBot) -> None:
    bar.open_with("x")
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(field(bar), Qt.Key.Key_Escape)
    assert bar.isHidden()
    bar.open_with()
    with qtbot.waitSignal(bar.closed):
        QTest.mouseClick(button(bar, "Close"), Qt.MouseButton.LeftButton)


def test_closing_what_is_closed_says_nothing(bar: FindBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.closed):
        bar.close_bar()


def test_is_drawn_in_every_theme(bar: FindBar, themes: ThemeManager) -> None:
    bar.open_with("x")
    light = bar.grab().toImage()
    themes.choose("dark")
    assert bar.grab().toImage() != light
