# SPDX-License-Identifier: MIT
"""The application wears the chosen theme, or the desktop's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager, system_theme
from chatglm_desktop.gui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT


def test_the_application_is_dressed(themes: ThemeManager, qapp: QApplication) -> None:
    assert themes.theme is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    assert LIGHT.accent in qapp.styleSheet()


def test_a_choice_is_worn_and_told(themes: ThemeManager, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(themes.changed) as told:
        themes.choose("dark")
    assert told.args == [DARK]
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == DARK.surface
    themes.choose("high-contrast")
    assert qapp.palette().color(QPalette.ColorRole.Text).name() == HIGH_CONTRAST.text


def test_the_same_choice_is_not_told_again(themes: ThemeManager, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(themes.changed):
        themes.choose("light")


@pytest.mark.parametrize(
    ("scheme", "contrast", "theme"),
    [
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, DARK),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, HIGH_CONTRAST),
    ],
)
def test_the_desktop_decides(
    scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, theme: object
) -> None:
    assert system_theme(scheme, contrast) is theme
