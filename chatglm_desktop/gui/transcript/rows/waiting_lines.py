# SPDX-License-Identifier: MIT
"""What a reply waits for, drawn where its text will stand: words, links, a thin bar."""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import FailureAction, Hot, Paint
from chatglm_desktop.gui.transcript.rows.waiting import WaitingNote
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span

_LINE = 24.0
_GAP = 16.0
_STEP = 16.0
"""Links stand still while the number before them loses a digit."""
_BAR = 3.0
_BAR_WIDTH = 240.0


class WaitingLines:
    """Laid out to ``width``."""

    def __init__(self, note: WaitingNote, look: Look, width: float) -> None:
        self._note = note
        self._reason = Flow((Span(note.reason),), look.small, look, width, colour=look.theme.dim)
        self._words = Flow((Span(note.words),), look.small, look, width, colour=look.theme.text)
        self._words_top = self._reason.height if note.reason else 0.0
        self._words_top += (_LINE - look.small.line_height) / 2
        self._links: list[tuple[QRectF, str, str]] = []
        y = self._words_top + max(self._words.height, look.small.line_height)
        y = self._place_links(y, width, look)
        self._bar: QRectF | None = None
        if note.share is not None:
            self._bar = QRectF(0.0, y + 4.0, min(width, _BAR_WIDTH), _BAR)
            y = self._bar.bottom()
        self.height = y + 4.0

    def _place_links(self, bottom: float, width: float, look: Look) -> float:
        """Put the links beside the words, or below them; returns where they end."""
        if not self._note.actions:
            return bottom
        metrics = QFontMetricsF(look.small.font)
        lengths = [metrics.horizontalAdvance(label) for _, label in self._note.actions]
        widest = metrics.horizontalAdvance(re.sub(r"\d", "0", self._note.words))
        x = ceil(widest / _STEP) * _STEP + _GAP
        y = self._words_top - (_LINE - look.small.line_height) / 2
        if x + sum(lengths) + _GAP * (len(lengths) - 1) > width:
            x, y = 0.0, bottom
        for (action, label), length in zip(self._note.actions, lengths, strict=True):
            self._links.append((QRectF(x, y, length, _LINE), action, label))
            x += length + _GAP
        return max(bottom, y + _LINE)

    def hots(self, top: float) -> list[Hot]:
        return [
            Hot(rect.translated(0.0, top), FailureAction(action), label)
            for rect, action, label in self._links
        ]

    def paint(self, painter: QPainter, top: float, paint: Paint) -> None:
        if self._note.reason:
            self._reason.paint(painter, 0.0, top)
        self._words.paint(painter, 0.0, top + self._words_top)
        look = paint.look
        painter.setFont(look.small.font)
        for rect, action, label in self._links:
            painter.setPen(look.colour(look.theme.accent))
            link = rect.translated(0.0, top)
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(link, side | Qt.TextFlag.TextDontClip, label)
            if paint.hover == FailureAction(action):
                under = QPointF(0.0, -4.0)
                painter.drawLine(link.bottomLeft() + under, link.bottomRight() + under)
        if self._bar is not None:
            self._paint_bar(painter, self._bar.translated(0.0, top), paint)

    def _paint_bar(self, painter: QPainter, bar: QRectF, paint: Paint) -> None:
        theme = paint.look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        done = QRectF(bar)
        done.setWidth(bar.width() * min(max(self._note.share or 0.0, 0.0), 1.0))
        for rect, colour in ((bar, theme.line), (done, theme.accent)):
            painter.setBrush(paint.look.colour(colour))
            painter.drawRoundedRect(rect, _BAR / 2, _BAR / 2)
