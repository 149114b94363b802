# SPDX-License-Identifier: MIT
"""A few choices side by side of which one holds; knows only the theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_HEIGHT = 28
_PADDING = 10


class Segments(QWidget):
    """Left and Right choose among them. Emits ``chosen(number)`` when the user has."""

    chosen = Signal(int)

    def __init__(
        self, themes: ThemeManager, words: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._group = QButtonGroup(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for number, word in enumerate(words):
            button = _Segment(themes, word)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)
        themes.changed.connect(self._repaint)

    @property
    def current(self) -> int:
        """The number of the choice that holds."""
        return self._group.checkedId()

    def set_current(self, number: int) -> None:
        """Choose without telling."""
        self._group.button(number).setChecked(True)

    def set_accessible(self, name: str) -> None:
        """What the choice is about, for screen readers."""
        self.setAccessibleName(name)
        for button in self._group.buttons():
            button.setAccessibleName(f"{name}: {button.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = self.current + step
        if 0 <= number < len(self._group.buttons()):
            button = self._group.button(number)
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line)))
            painter.setBrush(QColor(theme.window))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _repaint(self) -> None:
        self.update()


class _Segment(ThemedButton):
    def __init__(self, themes: ThemeManager, word: str) -> None:
        super().__init__(themes)
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)
        # Only the one that holds is a stop for Tab, as with all such choices.
        self.toggled.connect(self._let_in)
        self._let_in(False)

    def _let_in(self, checked: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if checked else Qt.FocusPolicy.ClickFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * _PADDING, _HEIGHT - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        on = self.isChecked()
        painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        if on:
            if not self.hasFocus():
                painter.setPen(QPen(QColor(theme.line)))
            painter.setBrush(QColor(theme.accent_weak))
        else:
            hot = self.underMouse() and self.isEnabled()
            painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(theme.text if on else theme.dim))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
