# SPDX-License-Identifier: MIT
"""Small line drawings for cards and chips; knows no row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_SIZE = 16.0


def paint_picture_glyph(painter: QPainter, centre: QPointF, colour: QColor, zoom: float) -> None:
    """A frame with a hill and a sun, ``zoom`` times 16 pixels wide."""
    painter.save()
    _begin(painter, centre, colour, zoom)
    painter.drawRoundedRect(QRectF(1.0, 2.0, 14.0, 12.0), 2.0, 2.0)
    painter.drawEllipse(QPointF(5.2, 5.8), 1.2, 1.2)
    hills = [(1.5, 12.5), (5.5, 9.0), (8.0, 11.0), (11.0, 7.5), (14.5, 11.0)]
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in hills]))
    painter.restore()


def paint_file_glyph(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    """A sheet with a folded corner, 16 pixels high."""
    painter.save()
    _begin(painter, centre, colour, 1.0)
    sheet = [(9.5, 1.5), (3.5, 1.5), (3.5, 14.5), (12.5, 14.5), (12.5, 4.5)]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in sheet]))
    corner = [(9.5, 1.5), (9.5, 4.5), (12.5, 4.5)]
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in corner]))
    painter.restore()


def _begin(painter: QPainter, centre: QPointF, colour: QColor, zoom: float) -> None:
    painter.translate(centre)
    painter.scale(zoom, zoom)
    painter.translate(-_SIZE / 2, -_SIZE / 2)
    join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
