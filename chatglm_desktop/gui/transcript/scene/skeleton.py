# SPDX-License-Identifier: MIT
"""Paints calm bars where messages are still on their way; knows scene and painter only."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chatglm_desktop.gui.transcript.look import GAP
from chatglm_desktop.gui.transcript.scene.scene import PAD_REPLY, Scene

_LINE = 26.0
_BAR = 10.0
_STRENGTH = 0.6
_SHARES = (0.92, 0.98, 0.86, 0.95, 0.58)
"""Widths of the bars, in turn, as shares of the column: like lines of a paragraph."""
_BESIDES = 24.0


def paint_gaps(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """Paint bars in place of everything in ``exposed`` that cannot be shown yet."""
    look = scene.layouts.look
    left, width = scene.column()
    painter.setPen(Qt.PenStyle.NoPen)
    pale = QColor(look.colour(look.theme.line))
    pale.setAlphaF(_STRENGTH)
    painter.setBrush(pale)
    for index, top, height in scene.gaps(exposed.top(), exposed.bottom()):
        room = height - _BESIDES
        count = max(int(room / _LINE), 1)
        first = max(int((exposed.top() - top - GAP) / _LINE), 0)
        last = min(count, int((exposed.bottom() - top - GAP) / _LINE) + 1)
        for number in range(first, last):
            share = 0.42 if number == count - 1 else _SHARES[(index + number) % len(_SHARES)]
            y = top + min(GAP, height / 4) + number * _LINE
            bar = QRectF(left + PAD_REPLY, round(y), (width - 2 * PAD_REPLY) * share, _BAR)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
