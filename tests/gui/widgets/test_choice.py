# SPDX-License-Identifier: MIT
"""A value is chosen from a list; scrolling past it changes nothing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.settings.look import form_sheet
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.choice import Choice

CHOICES = (("None", None), ("On", True), ("Off", False))


def test_a_value_is_chosen_by_keyboard(themes: ThemeManager, qtbot: QtBot) -> None:
    choice = Choice(themes, CHOICES)
    qtbot.addWidget(choice)
    told: list[object] = []
    choice.chosen.connect(told.append)
    choice.show_value(True)
    assert told == []
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert told == [False]
    assert choice.value is False
    choice.show_value("nothing of the kind")
    assert choice.currentIndex() == -1


def test_the_wheel_scrolls_what_it_stands_in(themes: ThemeManager, qtbot: QtBot) -> None:
    choice = Choice(themes, CHOICES)
    qtbot.addWidget(choice)
    centre = QPointF(choice.rect().center())
    wheel = QWheelEvent(
        centre,
        choice.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.currentIndex() == 0
    assert not wheel.isAccepted()


def test_it_is_painted_anew_with_the_theme(themes: ThemeManager, qtbot: QtBot) -> None:
    choice = Choice(themes, CHOICES)
    qtbot.addWidget(choice)
    before = choice.grab().toImage()
    themes.choose("dark")
    assert choice.grab().toImage() != before


def test_what_folds_out_is_rows_and_nothing_else(themes: ThemeManager, qtbot: QtBot) -> None:
    choice = Choice(themes, CHOICES)
    choice.setStyleSheet(form_sheet(themes.theme))
    qtbot.addWidget(choice)
    with qtbot.waitExposed(choice):
        choice.show()
    choice.showPopup()
    view = choice.view()
    rows = sum(view.sizeHintForRow(row) for row in range(len(CHOICES)))
    padding_and_edge = 2 * (4 + 1)
    assert view.window().height() == view.height() == rows + padding_and_edge
    choice.hidePopup()
