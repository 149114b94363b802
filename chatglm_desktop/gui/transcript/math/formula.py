# SPDX-License-Identifier: MIT
"""A formula ready to be painted, in any size and colour; knows no LaTeX."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

BOLDER = 0.035
"""How much wider the lines of a bold formula are, in font sizes."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An outline whose origin is the left end of the base line. All lengths are in font sizes."""

    path: QPainterPath
    width: float
    ascent: float
    descent: float

    def paint(
        self, painter: QPainter, origin: QPointF, size: float, colour: QColor, *, bold: bool = False
    ) -> None:
        """Draw it at font size ``size`` with the left end of its base line at ``origin``."""
        painter.save()
        painter.translate(origin)
        painter.scale(size, size)
        if bold:
            painter.setPen(QPen(colour, BOLDER))
            painter.setBrush(colour)
            painter.drawPath(self.path)
        else:
            painter.fillPath(self.path, colour)
        painter.restore()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A formula that cannot be typeset, and why."""

    reason: str
