# SPDX-License-Identifier: MIT
"""The card of the quick switcher, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.search.switch_rows import SwitchRow
from chatglm_desktop.gui.search.switcher import Switcher
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.widgets import child

ENTER = Qt.Key.Key_Return
ROWS = [SwitchRow("conversation", str(n), f"Title {n}", "Work", ((0, 2),)) for n in range(30)]


@pytest.fixture
def switcher(themes: ThemeManager, qtbot: QtBot) -> Iterator[Switcher]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    with qtbot.waitExposed(host):
        host.show()
    card = Switcher(themes, host)
    card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    card.open_card()
    card.show_rows(ROWS)
    yield card
    card.close()


def test_typing_is_told_and_the_cursor_stays(switcher: Switcher, qtbot: QtBot) -> None:
    with qtbot.waitSignal(switcher.typed) as typed:
        QTest.keyClicks(switcher.field, "x")
    assert typed.args == ["x"]
    QTest.keyClick(switcher.field, Qt.Key.Key_Down)
    assert switcher.field.hasFocus()


def test_enter_takes_the_current_row_and_the_card_goes(switcher: Switcher, qtbot: QtBot) -> None:
    QTest.keyClick(switcher.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(switcher.chosen) as chosen:
        QTest.keyClick(switcher.field, ENTER)
    assert chosen.args == [ROWS[1], False]
    assert switcher.isHidden()


def test_with_ctrl_it_is_to_be_beside(switcher: Switcher, qtbot: QtBot) -> None:
    with qtbot.waitSignal(switcher.chosen) as chosen:
        QTest.keyClick(switcher.field, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == [ROWS[0], True]


def test_a_click_takes_a_row(switcher: Switcher, qtbot: QtBot) -> None:
    rows = child(switcher, QListView)
    with qtbot.waitSignal(switcher.chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert chosen.args == [ROWS[1], False]


def test_an_input_method_is_left_alone(switcher: Switcher, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(switcher.typed):
        QApplication.sendEvent(switcher.field, QInputMethodEvent("bei", []))
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("北")
    with qtbot.waitSignal(switcher.typed) as typed:
        QApplication.sendEvent(switcher.field, chosen)
    assert typed.args == ["北"]


def test_nothing_to_go_to_is_no_place(switcher: Switcher, qtbot: QtBot) -> None:
    high = switcher.height()
    switcher.show_rows([])
    assert switcher.height() < high
    with qtbot.assertNotEmitted(switcher.chosen):
        QTest.keyClick(switcher.field, ENTER)
    with qtbot.waitSignal(switcher.gone):
        QTest.keyClick(switcher.field, Qt.Key.Key_Escape)


def test_every_kind_of_row_is_painted(switcher: Switcher, themes: ThemeManager) -> None:
    switcher.show_rows(
        [ROWS[0], SwitchRow("command", "x", "Settings", "F1"), SwitchRow("search", "x", "Search")]
    )
    for theme in ("light", "dark", "high-contrast"):
        themes.choose(theme)
        assert not switcher.grab().isNull()
