# SPDX-License-Identifier: MIT
"""Where a link leads, written into the lower left corner of the view as browsers do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.core.hosts import shown_url
from chatglm_desktop.gui.transcript.look import Look

_MARGIN = 8.0
_PAD_X = 8.0
_PAD_Y = 3.0
_SHARE = 0.6


def paint_target(painter: QPainter, look: Look, url: str, width: float, height: float) -> None:
    """Draw ``url``, cut in its middle if need be, over a view of ``width`` and ``height``."""
    theme = look.theme
    metrics = QFontMetricsF(look.small.font)
    room = width * _SHARE - 2 * _PAD_X
    text = metrics.elidedText(shown_url(url), Qt.TextElideMode.ElideMiddle, room)
    box = QRectF(0.0, 0.0, metrics.horizontalAdvance(text), look.small.line_height)
    box.adjust(0.0, 0.0, 2 * _PAD_X, 2 * _PAD_Y)
    box.moveBottomLeft(QPointF(_MARGIN, height - _MARGIN))
    painter.setPen(QPen(look.colour(theme.line), 1.0))
    painter.setBrush(look.colour(theme.raised))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7.0, 7.0)
    painter.setPen(look.colour(theme.dim))
    painter.setFont(look.small.font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
