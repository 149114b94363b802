# SPDX-License-Identifier: MIT
"""The line above the oldest message that the model remembers; stands in a gap, moves nothing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look

_GAP = 10.0
_SHORTEST = 16.0
"""Pixels of a line that is worth drawing."""


def paint_memory_mark(painter: QPainter, look: Look, room: QRectF) -> None:
    """Draw a line with words in its middle across ``room``."""
    metrics = QFontMetricsF(look.small.font)
    words = metrics.elidedText(memory_words(), Qt.TextElideMode.ElideRight, room.width())
    text = QRectF(0.0, 0.0, metrics.horizontalAdvance(words), room.height())
    text.moveCenter(room.center())
    middle = round(room.center().y()) + 0.5
    painter.setPen(QPen(look.colour(look.theme.line), 1.0))
    for start, end in ((room.left(), text.left() - _GAP), (text.right() + _GAP, room.right())):
        if end - start >= _SHORTEST:
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
    painter.setFont(look.small.font)
    painter.setPen(look.colour(look.theme.dim))
    painter.drawText(text, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)


def memory_words() -> str:
    """What the line says."""
    return tr("The model's memory begins here")
