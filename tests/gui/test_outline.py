# SPDX-License-Identifier: MIT
"""The card with all questions: filter, choose by key or click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import Prompt
from chatglm_desktop.gui.outline import Outline
from chatglm_desktop.gui.theme.manager import ThemeManager

PROMPTS = [Prompt(2 * number, f"Question {number}") for number in range(40)]


@pytest.fixture
def outline(qtbot: QtBot, themes: ThemeManager) -> Iterator[Outline]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 600)
    with qtbot.waitExposed(host):
        host.show()
    popup = Outline(themes, host)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    popup.open_at(QPoint(600, 20), PROMPTS, 7)
    yield popup
    popup.close()


def field(outline: Outline) -> QLineEdit:
    found = outline.findChild(QLineEdit)
    assert found is not None
    return found


def current(outline: Outline) -> str:
    rows = outline.findChild(QListView)
    assert rows is not None
    return str(rows.currentIndex().data())


def test_begins_at_the_question_that_is_being_read(outline: Outline) -> None:
    assert current(outline) == "Question 3"
    assert outline.texts() == [prompt.text for prompt in PROMPTS]


def test_arrows_move_while_the_cursor_stays_in_the_filter(outline: Outline, qtbot: QtBot) -> None:
    QTest.keyClick(field(outline), Qt.Key.Key_Down)
    assert current(outline) == "Question 4"
    QTest.keyClick(field(outline), Qt.Key.Key_Up)
    assert current(outline) == "Question 3"


def test_enter_goes_to_the_filtered_question(outline: Outline, qtbot: QtBot) -> None:
    QTest.keyClicks(field(outline), "question 12")
    assert outline.texts() == ["Question 12"]
    with qtbot.waitSignal(outline.chosen) as chosen:
        QTest.keyClick(field(outline), Qt.Key.Key_Return)
    assert chosen.args == [24]
    assert outline.isHidden()


def test_a_click_goes_there(outline: Outline, qtbot: QtBot) -> None:
    rows = outline.findChild(QListView)
    assert rows is not None
    place = rows.visualRect(rows.model().index(4, 0)).center()
    with qtbot.waitSignal(outline.chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [8]


def test_says_when_nothing_matches(outline: Outline, qtbot: QtBot) -> None:
    QTest.keyClicks(field(outline), "nowhere")
    assert outline.texts() == []
    with qtbot.assertNotEmitted(outline.chosen):
        QTest.keyClick(field(outline), Qt.Key.Key_Return)


def test_is_drawn_in_every_theme(outline: Outline, themes: ThemeManager) -> None:
    light = outline.grab().toImage()
    themes.choose("dark")
    assert outline.grab().toImage() != light


def test_escape_leaves_without_a_choice(outline: Outline, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(outline.chosen), qtbot.waitSignal(outline.left):
        QTest.keyClick(field(outline), Qt.Key.Key_Escape)
    assert outline.isHidden()


def test_goes_when_the_focus_goes(outline: Outline, qtbot: QtBot) -> None:
    other = QLineEdit(outline.parentWidget())
    other.show()
    with qtbot.assertNotEmitted(outline.left):
        other.setFocus()
        qtbot.waitUntil(outline.isHidden)
    assert other.hasFocus()


def test_fits_into_a_small_window(qtbot: QtBot, themes: ThemeManager) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(300, 200)
    host.show()
    outline = Outline(themes, host)
    outline.open_at(QPoint(284, 16), PROMPTS, 0)
    assert host.rect().contains(outline.geometry().adjusted(10, 10, -10, -10))


def test_stays_while_its_menu_or_another_window_has_the_focus(outline: Outline) -> None:
    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        QApplication.sendEvent(field(outline), QFocusEvent(QEvent.Type.FocusOut, reason))
        assert outline.isVisible()
