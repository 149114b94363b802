# SPDX-License-Identifier: MIT
"""What a style sheet leaves to the style below is not seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager


def test_a_button_with_the_focus_has_one_edge_only(themes: ThemeManager, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field, button = QLineEdit(), QPushButton("Reset everything")
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(button)
    window.resize(300, 120)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert button.hasFocus()
    picture = button.grab().toImage()
    beside_the_words = {picture.pixel(20, y) for y in range(3, picture.height() - 3)}
    assert len(beside_the_words) == 1
