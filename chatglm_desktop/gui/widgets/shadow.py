# SPDX-License-Identifier: MIT
"""Draws a soft card on any widget; knows only the theme.

Painted by hand: a QGraphicsEffect would draw the whole card again at each blink of a cursor.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chatglm_desktop.gui.theme.tokens import Theme

SHADOW = 10
"""How many pixels the shadow reaches beyond the card; leave them free round it."""


def paint_card(
    painter: QPainter, card: QRectF, theme: Theme, radius: float, *, border: str | None = None
) -> None:
    """A rounded card with a border and a shadow that falls a little downwards."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if theme.name != "high-contrast":
        shade = QColor(0, 0, 0)
        shade.setAlphaF(0.03 if theme.dark else 0.006)
        painter.setBrush(shade)
        for reach in range(SHADOW - 2, 0, -1):
            halo = card.adjusted(-reach, -reach + 3, reach, reach + 2)
            painter.drawRoundedRect(halo, radius + reach, radius + reach)
    painter.setPen(QPen(QColor(border or theme.line)))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
