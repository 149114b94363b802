# SPDX-License-Identifier: MIT
"""A formula ready to be painted, in any size and colour; knows no LaTeX."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

BOLDER = 0.035
"""How much wider the lines of a bold formula are, in font sizes."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """An outline whose origin is the left end of the base line. All lengths are in font sizes."""

    path: QPainterPath
    width: float
    ascent: float
    descent: float
    _scaled: dict[float, QPainterPath] = field(default_factory=dict, init=False, repr=False)

    def box(self, origin: QPointF, size: float) -> QRectF:
        """What it covers at font size ``size`` with the left end of its base line at ``origin``."""
        top = origin.y() - self.ascent * size
        return QRectF(origin.x(), top, self.width * size, (self.ascent + self.descent) * size)

    def paint(
        self, painter: QPainter, origin: QPointF, size: float, colour: QColor, *, bold: bool = False
    ) -> None:
        """Draw it at font size ``size`` with the left end of its base line at ``origin``."""
        path = self._scaled.get(size)
        if path is None:
            # To scale the painter instead takes twice as long at each paint.
            path = self._scaled[size] = QTransform.fromScale(size, size).map(self.path)
        painter.save()
        painter.translate(origin)
        if bold:
            painter.setPen(QPen(colour, BOLDER * size))
            painter.setBrush(colour)
            painter.drawPath(path)
        else:
            painter.fillPath(path, colour)
        painter.restore()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A formula that cannot be typeset, and why."""

    reason: str
