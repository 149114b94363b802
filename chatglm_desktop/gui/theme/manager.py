# SPDX-License-Identifier: MIT
"""Dresses the application in a theme and follows the desktop's choice; knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.theme.fonts import body_font
from chatglm_desktop.gui.theme.icons import Icons
from chatglm_desktop.gui.theme.palette import palette
from chatglm_desktop.gui.theme.stylesheet import stylesheet
from chatglm_desktop.gui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Theme
from chatglm_desktop.settings.options import ThemeChoice

_FIXED = {"light": LIGHT, "dark": DARK, "high-contrast": HIGH_CONTRAST}


class ThemeManager(QObject):
    """Owns font, palette and style sheet of ``app``; emits ``changed`` with each new theme.

    Widgets read :attr:`theme` and :attr:`icons` when they paint and update on ``changed``.
    """

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = choice
        self.icons = Icons()
        app.setFont(body_font())
        self._tell_system()
        self._theme = self._wanted()
        self._dress()
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        return self._theme

    def choose(self, choice: ThemeChoice) -> None:
        """Use a theme by name, or the desktop's with ``"system"``."""
        self._choice = choice
        self._tell_system()
        self._follow()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self._theme:
            self._theme = wanted
            self._dress()
            self.changed.emit(wanted)

    def _wanted(self) -> Theme:
        hints = self._app.styleHints()
        return _FIXED.get(self._choice) or system_theme(
            hints.colorScheme(), hints.accessibility().contrastPreference()
        )

    def _tell_system(self) -> None:
        """Window frames and the system's own dialogs follow the choice too."""
        hints = self._app.styleHints()
        match self._choice:
            case "system":
                hints.unsetColorScheme()
            case "light":
                hints.setColorScheme(Qt.ColorScheme.Light)
            case "dark" | "high-contrast":
                hints.setColorScheme(Qt.ColorScheme.Dark)

    def _dress(self) -> None:
        self._app.setPalette(palette(self._theme))
        self._app.setStyleSheet(stylesheet(self._theme))


def system_theme(scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> Theme:
    """The theme that fits a desktop's colour scheme and contrast."""
    if contrast == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
