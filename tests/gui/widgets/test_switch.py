# SPDX-License-Identifier: MIT
"""A switch is changed by mouse and keyboard, and looks so."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.widgets.switch import Switch


def ground(switch: Switch) -> str:
    """The colour above its middle, where no knob is."""
    return switch.grab().toImage().pixelColor(QPoint(20, 5)).name()


def test_it_is_changed_and_looks_so(themes: ThemeManager, qtbot: QtBot) -> None:
    switch = Switch(themes, "Metrics")
    qtbot.addWidget(switch)
    told: list[bool] = []
    switch.toggled.connect(told.append)
    assert ground(switch) == LIGHT.surface
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert ground(switch) == LIGHT.accent
    QTest.keyClick(switch, Qt.Key.Key_Return)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert told == [True, False, True]
    assert switch.accessibleName() == "Metrics"


def test_one_that_cannot_be_used_looks_so(themes: ThemeManager, qtbot: QtBot) -> None:
    switch = Switch(themes, "Metrics")
    qtbot.addWidget(switch)
    switch.setChecked(True)
    switch.setEnabled(False)
    assert ground(switch) == LIGHT.window
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
