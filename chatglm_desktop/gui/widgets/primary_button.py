# SPDX-License-Identifier: MIT
"""A wide button on the accent colour with icon, text and shortcut; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_ICON = 18
_PADDING = 12
_GAP = 6


class PrimaryButton(ThemedButton):
    """``shortcut`` is only shown; the window owns the key."""

    def __init__(
        self,
        themes: ThemeManager,
        icon: str,
        text: str,
        shortcut: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self._icon = icon
        self._shortcut = shortcut
        self.setText(text)
        self.setAccessibleName(text)
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text() + self._shortcut)
        return QSize(width + 2 * _PADDING + _ICON + 3 * _GAP, self.fontMetrics().height() + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _PADDING + _ICON, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        ground = QColor(theme.accent)
        if self.underMouse() or self.isDown():
            ground = ground.lighter(110) if theme.dark else ground.darker(112)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.on_accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)
        pixmap = self._themes.icons.pixmap(
            self._icon, theme.on_accent, _ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(_PADDING - 2, (self.height() - _ICON) // 2, pixmap)
        painter.setPen(QColor(theme.on_accent))
        self._paint_texts(painter)

    def _paint_texts(self, painter: QPainter) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        left = _PADDING + _ICON + _GAP - 2
        inner = self.rect().adjusted(left, 0, -_PADDING, 0)
        small = QFont(self.font())
        small.setPixelSize(13)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        room = inner.width() - painter.fontMetrics().horizontalAdvance(self.text())
        painter.setFont(small)
        if painter.fontMetrics().horizontalAdvance(self._shortcut) + _GAP < room:
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, self._shortcut)
