# SPDX-License-Identifier: MIT
"""Asks before a conversation is opened at which the program ended last time; opens none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_WIDTH = 460


class DoubtPage(QWidget):
    """Stands in for a page. Emits ``opening_wanted()`` and ``closing_wanted()``."""

    opening_wanted = Signal()
    closing_wanted = Signal()

    def __init__(self, themes: ThemeManager, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = _label(tr("“{title}” is not opened yet", title=title), 18, bold=True)
        self._text = _label(
            tr(
                "Last time the program ended while this conversation was being opened. "
                "Nothing in it is lost. If it happens again, export it and tell us."
            ),
            14,
            bold=False,
        )
        self.open_button = QPushButton(tr("Open it now"))
        self.open_button.setProperty("primary", True)
        self.close_button = QPushButton(tr("Close the tab"))
        self.open_button.clicked.connect(self.opening_wanted)
        self.close_button.clicked.connect(self.closing_wanted)
        self._build()
        self._dress(themes.theme)
        themes.changed.connect(self._dress)
        self.setFocusProxy(self.close_button)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        inner = QVBoxLayout(column)
        inner.setSpacing(12)
        inner.addWidget(self._title)
        inner.addWidget(self._text)
        inner.addSpacing(8)
        inner.addLayout(buttons)
        row = QHBoxLayout()
        row.addWidget(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.addStretch(3)
        outer.addLayout(row)
        outer.addStretch(4)

    def _dress(self, theme: Theme) -> None:
        set_text_colour(self._text, theme.dim)


def _label(text: str, pixels: int, *, bold: bool) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setPixelSize(pixels)
    font.setBold(bold)
    label.setFont(font)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
