# SPDX-License-Identifier: MIT
"""A small button that stays pressed, with an icon and a word; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.composing.row_fit import SIDE
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_ICON = 16
_PADDING = 8
_GAP = 5


class ToggleButton(ThemedButton):
    """Where there is no room for the word (``compact``) it is in the tool tip."""

    def __init__(
        self, themes: ThemeManager, icon: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self._icon = icon
        self._compact = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def width_with_word(self) -> int:
        """How wide it is when it is not compact."""
        return self.fontMetrics().horizontalAdvance(self.text()) + _ICON + _GAP + 2 * _PADDING

    def sizeHint(self) -> QSize:
        return QSize(SIDE if self._compact else self.width_with_word(), SIDE)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on, hot = self.isChecked(), self.underMouse() and self.isEnabled()
        outlined = self.hasFocus() or (on and theme.name == "high-contrast")
        painter.setPen(QPen(QColor(theme.accent)) if outlined else Qt.PenStyle.NoPen)
        if on:
            painter.setBrush(QColor(theme.accent_weak))
        else:
            painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 7, 7)
        plain = theme.text if hot or self.hasFocus() else theme.dim
        colour = theme.accent if on else plain
        left = (self.width() - _ICON) / 2 if self._compact else _PADDING
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap(self._icon, colour, _ICON, ratio)
        painter.drawPixmap(QPointF(left, (self.height() - _ICON) / 2), pixmap)
        if not self._compact:
            painter.setPen(QColor(colour))
            inner = self.rect().adjusted(_PADDING + _ICON + _GAP, 0, 0, 0)
            painter.drawText(
                inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
            )
