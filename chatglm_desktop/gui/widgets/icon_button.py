# SPDX-License-Identifier: MIT
"""A square button with an icon and no frame; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton


class IconButton(ThemedButton):
    """Shows ``icon`` in the dim colour, in the text colour while the pointer is on it.

    ``name`` is what a screen reader says; the tool tip adds the shortcut if there is one.
    """

    def __init__(
        self,
        themes: ThemeManager,
        icon: str,
        name: str,
        *,
        shortcut: str = "",
        side: int = 28,
        icon_size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self._icon = icon
        self._side = side
        self._icon_size = icon_size
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(theme.accent)) if self.hasFocus() else Qt.PenStyle.NoPen)
        hot = self.underMouse() and self.isEnabled()
        painter.setBrush(hover_colour(theme.text) if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 7, 7)
        colour = theme.text if hot or self.hasFocus() else theme.dim
        size = self._icon_size
        pixmap = self._themes.icons.pixmap(self._icon, colour, size, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, pixmap)


def hover_colour(text: str) -> QColor:
    """A veil that darkens light grounds and lightens dark ones."""
    colour = QColor(text)
    colour.setAlphaF(0.07)
    return colour
