# SPDX-License-Identifier: MIT
"""A button that looks like a row of a list, with icon and text; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_HEIGHT = 32
_ICON = 16
_PADDING = 8


class RowButton(ThemedButton):
    """Up and Down go to its neighbours, Enter presses it."""

    def __init__(
        self, themes: ThemeManager, icon: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width + _ICON + 3 * _PADDING, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Up:
                self.focusNextPrevChild(False)
            case Qt.Key.Key_Down:
                self.focusNextPrevChild(True)
            case _:
                super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        hot = self.underMouse() or self.hasFocus()
        painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        pixmap = self._themes.icons.pixmap(
            self._icon, theme.dim, _ICON, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(QPointF(_PADDING, (self.height() - _ICON) / 2), pixmap)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.dim))
        inner = self.rect().adjusted(2 * _PADDING + _ICON, 0, -_PADDING, 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
