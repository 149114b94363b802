# SPDX-License-Identifier: MIT
"""Choices side by side, and buttons that look like rows: mouse, keys, themes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_button import RowButton
from chatglm_desktop.gui.widgets.segments import Segments

KEY = Qt.Key


@pytest.fixture
def segments(qtbot: QtBot, themes: ThemeManager) -> Segments:
    segments = Segments(themes, ("Default", "On", "Off"))
    segments.set_accessible("Thinking")
    segments.set_current(0)
    qtbot.addWidget(segments)
    with qtbot.waitExposed(segments):
        segments.show()
    return segments


def buttons(segments: Segments) -> list[QAbstractButton]:
    return segments.findChildren(QAbstractButton)


def test_a_click_chooses(segments: Segments, qtbot: QtBot) -> None:
    with qtbot.waitSignal(segments.chosen) as chosen:
        QTest.mouseClick(buttons(segments)[2], Qt.MouseButton.LeftButton)
    assert chosen.args == [2]
    assert segments.current == 2


def test_arrows_choose_and_stop_at_the_ends(segments: Segments, qtbot: QtBot) -> None:
    buttons(segments)[0].setFocus()
    with qtbot.waitSignal(segments.chosen) as chosen:
        QTest.keyClick(buttons(segments)[0], KEY.Key_Right)
    assert chosen.args == [1]
    assert buttons(segments)[1].hasFocus()
    QTest.keyClick(buttons(segments)[1], KEY.Key_Left)
    with qtbot.assertNotEmitted(segments.chosen):
        QTest.keyClick(buttons(segments)[0], KEY.Key_Left)
        QTest.keyClick(buttons(segments)[0], KEY.Key_A)
    assert segments.current == 0


def test_tab_stops_once(segments: Segments) -> None:
    stops = [b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons(segments)]
    assert [bool(stop) for stop in stops] == [True, False, False]


def test_a_choice_without_the_user_is_not_told(segments: Segments, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_current(1)
    assert segments.current == 1


def test_screen_readers_hear_what_the_choice_is_about(segments: Segments) -> None:
    assert [button.accessibleName() for button in buttons(segments)][1] == "Thinking: On"


def test_all_are_drawn_in_every_theme(
    segments: Segments, themes: ThemeManager, qtbot: QtBot
) -> None:
    light = segments.grab().toImage()
    segments.set_current(1)
    buttons(segments)[1].setFocus()
    assert segments.grab().toImage() != light
    themes.choose("dark")
    assert segments.grab().toImage() != light


@pytest.fixture
def rows(qtbot: QtBot, themes: ThemeManager) -> Iterator[list[RowButton]]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    rows = [RowButton(themes, "plus", word, window) for word in ("One", "Two")]
    for row in rows:
        column.addWidget(row)
    with qtbot.waitExposed(window):
        window.show()
    yield rows
    window.close()


def test_arrows_go_from_row_to_row_and_enter_presses(rows: list[RowButton], qtbot: QtBot) -> None:
    first, second = rows
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Down)
    assert second.hasFocus()
    for key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
        with qtbot.waitSignal(second.clicked):
            QTest.keyClick(second, key)
    QTest.keyClick(second, KEY.Key_Up)
    assert first.hasFocus()
    assert first.grab().toImage() != second.grab().toImage()
