# SPDX-License-Identifier: MIT
"""Paints what is behind a row of a list; knows no list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle

from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.icon_button import hover_colour


def paint_ground(
    painter: QPainter, rect: QRect, state: QStyle.StateFlag, theme: Theme, side: int = 8
) -> None:
    """Nothing, or that the row is current or under the pointer; ``side`` pixels stay free.

    Without a side rows lie in the corners of a card, and have smaller ones.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        if theme.name == "high-contrast":
            painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.setBrush(QColor(theme.accent_weak))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(hover_colour(theme.text))
    else:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = 8 if side > 1 else 6
    painter.drawRoundedRect(QRectF(rect).adjusted(side, 1, -side, -1), radius, radius)
