# SPDX-License-Identifier: MIT
"""The composer's one button: send, or stop while a reply runs; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_SIDE = 34
_ICON = 18


class SendButton(ThemedButton):
    """An arrow on the accent colour, or a square on the text colour when :attr:`stops`."""

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._stops = False
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_stops(False)

    @property
    def stops(self) -> bool:
        return self._stops

    def set_stops(self, stops: bool) -> None:
        self._stops = stops
        name = tr("Stop the reply") if stops else tr("Send")
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (Esc)" if stops else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paint(self, painter: QPainter) -> None:
        ground, ink = self._colours()
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ground = ground.lighter(112) if self._themes.theme.dark else ground.darker(110)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        name = "stop" if self._stops else "send"
        pixmap = self._themes.icons.pixmap(name, ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - _ICON) // 2, (self.height() - _ICON) // 2, pixmap)
        if self.hasFocus():
            painter.setPen(QPen(QColor(ink), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 8, 8)

    def _colours(self) -> tuple[QColor, str]:
        theme = self._themes.theme
        if self._stops:
            return QColor(theme.text), theme.surface
        if self.isEnabled():
            return QColor(theme.accent), theme.on_accent
        # Lines of high contrast would make the button look like one that can be pressed.
        high_contrast = theme.name == "high-contrast"
        return QColor(theme.accent_weak if high_contrast else theme.line), theme.dim
