# SPDX-License-Identifier: MIT
"""A quiet line that shows how far something is; knows only the theme."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme

_HEIGHT = 6
_STEPS = 1000


class Progress(QProgressBar):
    """Shows a share from 0 to 1."""

    def __init__(self, themes: ThemeManager, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)
        self._dress(themes.theme)
        themes.changed.connect(self._dress)

    def show_share(self, share: float) -> None:
        self.setValue(round(share * _STEPS))

    def _dress(self, theme: Theme) -> None:
        radius = _HEIGHT // 2
        self.setStyleSheet(
            f"QProgressBar {{ background: {theme.line}; border: none; border-radius: {radius}px; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: {radius}px; }}"
        )
