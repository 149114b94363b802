# SPDX-License-Identifier: MIT
"""One of a few values from a list that folds out; knows only the theme."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager

_ICON = 14
_MARGIN = 10


class Choice(QComboBox):
    """Emits ``chosen(value)`` when the user has chosen; the wheel scrolls what it stands in."""

    chosen = Signal(object)

    def __init__(
        self,
        themes: ThemeManager,
        choices: Sequence[tuple[str, object]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._values: list[object] = []
        # The style sheet's rules for rows hold with this delegate only.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.set_choices(choices)
        self.activated.connect(self._tell)
        themes.changed.connect(self._repaint)

    def set_choices(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these words, each with its value."""
        self.clear()
        self._values = [value for _, value in choices]
        self.addItems([words for words, _ in choices])

    @property
    def value(self) -> object:
        """The value that holds."""
        return self._values[self.currentIndex()]

    def show_value(self, value: object) -> None:
        """Let a value hold without telling; one that is not offered leaves none."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def _tell(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def _repaint(self) -> None:
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._themes.theme
        colour = theme.dim if self.isEnabled() else theme.line
        ratio = self.devicePixelRatioF()
        pixmap = self._themes.icons.pixmap("chevron-down", colour, _ICON, ratio)
        with QPainter(self) as painter:
            top = (self.height() - _ICON) // 2
            painter.drawPixmap(self.width() - _MARGIN - _ICON, top, pixmap)
