# SPDX-License-Identifier: MIT
"""Shows over the pages where a tab that is dragged would go; takes no event."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.panes.zones import Zone
from chatglm_desktop.gui.theme.manager import ThemeManager

_MARGIN = 8


class DropMark(QWidget):
    """A tinted half of ``host``; in the middle, a small window."""

    def __init__(self, themes: ThemeManager, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_zone(self, zone: Zone | None) -> None:
        """Mark a zone of the host; None and the bar have no mark."""
        if zone is None or zone == "bar":
            self.hide()
            return
        host = self._host.rect()
        half = host.width() // 2
        if zone == "window":
            area = QRect(0, 0, min(360, half), min(240, host.height() // 2))
            area.moveCenter(host.center())
        else:
            area = QRect(0 if zone == "left" else half, 0, half, host.height())
            area = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self.setGeometry(area)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill = QColor(self._themes.theme.accent)
        fill.setAlphaF(0.14)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._themes.theme.accent), 2))
            painter.setBrush(fill)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
