# SPDX-License-Identifier: MIT
"""What stands before a tab's title, or instead of it where the tab is pinned; no widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.badge import Badge, badge_icon, paint_badge

SIDE = 20
"""Pixels of the icons of all tabs."""

_TILE = 18
_UP = 1.5
"""Qt places a tab's icon this much above the middle of its text."""


def tab_icon(title: str, badge: Badge, pinned: bool, theme: Theme) -> QIcon:
    """The badge; of a pinned tab a tile with the first letter, and the badge at its corner."""
    if not pinned:
        return badge_icon(badge, theme, SIDE)
    icon = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_tile(painter, first_letter(title), theme)
            if badge != "none":
                _paint_corner(painter, badge, theme)
        icon.addPixmap(pixmap)
    return icon


def first_letter(title: str) -> str:
    """What stands for a title: its first character as people see it, large."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, title)
    end = finder.toNextBoundary()
    # Qt counts in units of UTF-16.
    units = title.encode("utf-16-le")[: 2 * max(end, 0)]
    return units.decode("utf-16-le", "ignore").upper() or "·"


def _paint_tile(painter: QPainter, letter: str, theme: Theme) -> None:
    tile = QRectF(0, SIDE - _TILE, _TILE, _TILE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent_weak))
    painter.drawRoundedRect(tile, 5, 5)
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, letter)


def _paint_corner(painter: QPainter, badge: Badge, theme: Theme) -> None:
    centre = QPointF(SIDE - 5, 5)
    painter.setBrush(QColor(theme.window))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(centre, 5, 5)
    painter.translate(centre)
    painter.scale(0.8, 0.8)
    paint_badge(painter, QPointF(), badge, theme)
