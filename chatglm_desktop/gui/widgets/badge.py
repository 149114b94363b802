# SPDX-License-Identifier: MIT
"""The small mark of a conversation; the shape differs too, not the colour alone."""

from __future__ import annotations

from typing import Literal, TypeAlias, assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.tokens import Theme

Badge: TypeAlias = Literal["none", "streaming", "unread", "failed"]
"""What happens in a conversation that the user may not be looking at."""

_DOT = 3.5
_TAB_SHIFT = 1.5
"""Qt places a tab's icon this much above the middle of its text."""


def paint_badge(painter: QPainter, centre: QPointF, badge: Badge, theme: Theme) -> None:
    """A dot in a ring (streaming), a dot (unread), an exclamation mark on a disc (failed)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    match badge:
        case "none":
            pass
        case "streaming":
            _ring(painter, centre, theme.accent)
            _dot(painter, centre, theme.accent, 2.5)
        case "unread":
            _dot(painter, centre, theme.ok, _DOT)
        case "failed":
            _dot(painter, centre, theme.bad, 5.5)
            painter.setBrush(QColor(theme.surface))
            painter.drawRoundedRect(QRectF(centre.x() - 0.8, centre.y() - 3.4, 1.6, 4.2), 0.8, 0.8)
            painter.drawEllipse(QPointF(centre.x(), centre.y() + 2.6), 0.95, 0.95)
        case _:
            assert_never(badge)


def badge_icon(badge: Badge, theme: Theme, side: int) -> QIcon:
    """The badge as an icon for a tab; a null icon for none."""
    icon = QIcon()
    if badge == "none":
        return icon
    for ratio in (1.0, 2.0, 3.0):
        pixmap = QPixmap(round(side * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_badge(painter, QPointF(side / 2, side / 2 + _TAB_SHIFT), badge, theme)
        icon.addPixmap(pixmap)
    return icon


def spoken(title: str, badge: Badge) -> str:
    """What a screen reader says for a conversation."""
    match badge:
        case "none":
            return title
        case "streaming":
            return tr("{title}, a reply is arriving", title=title)
        case "unread":
            return tr("{title}, new reply", title=title)
        case "failed":
            return tr("{title}, the reply failed", title=title)


def _dot(painter: QPainter, centre: QPointF, colour: str, radius: float) -> None:
    painter.setBrush(QColor(colour))
    painter.drawEllipse(centre, radius, radius)


def _ring(painter: QPainter, centre: QPointF, colour: str) -> None:
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
