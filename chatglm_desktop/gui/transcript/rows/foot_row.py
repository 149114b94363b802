# SPDX-License-Identifier: MIT
"""The end of a message: dots or what it waits for, how it ended, the failure card, what it took."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.failure_card import FailureCard
from chatglm_desktop.gui.transcript.rows.notes import ending_note
from chatglm_desktop.gui.transcript.rows.row import FailureText, Hot, Paint, PlainRow
from chatglm_desktop.gui.transcript.rows.waiting import WaitingNote
from chatglm_desktop.gui.transcript.rows.waiting_lines import WaitingLines
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span

PAD_BOTTOM_USER = 10.0
PAD_BOTTOM_REPLY = 16.0
_SPACE = 12.0
_CLOSE = 2.0
_DOTS = 24.0


class FootRow(PlainRow):
    """Everything below the text of ``message``.

    ``working`` is whether dots move, ``failure`` its failure in words, ``waiting`` what it waits
    for, ``metrics`` what it took.
    """

    def __init__(
        self,
        message: Message,
        look: Look,
        width: float,
        *,
        has_text: bool,
        working: bool = False,
        failure: FailureText | None = None,
        waiting: WaitingNote | None = None,
        metrics: str = "",
    ) -> None:
        self._hots: list[Hot] = []
        self._working = working
        self._dots_top = 0.0
        self._flows: list[tuple[float, Flow]] = []
        self._waiting: WaitingLines | None = None
        self._card: FailureCard | None = None
        self._card_top = 0.0
        if message.role is Role.USER:
            self.height = PAD_BOTTOM_USER
            return
        y = 0.0
        above = _SPACE if has_text else 0.0
        if waiting is not None:
            self._waiting = WaitingLines(waiting, look, width)
            self._hots += self._waiting.hots(0.0)
            y = self._waiting.height
        if working:
            self._dots_top = y
            y += _DOTS
        if note := ending_note(message):
            y = self._add(note, look, width, y + above)
            above = _SPACE
        if failure is not None:
            self._card_top = y + above
            self._card = FailureCard(failure, look, width)
            y = self._card_top + self._card.height
            self._hots += self._card.hots(self._card_top)
            above = _SPACE
        if metrics:
            # A remark and what the reply took belong together.
            y = self._add(metrics, look, width, y + (_CLOSE if note and not failure else above))
        self.height = float(round(y + PAD_BOTTOM_REPLY))

    def _add(self, text: str, look: Look, width: float, top: float) -> float:
        """Put dimmed text at ``top``; returns where it ends."""
        flow = Flow((Span(text),), look.small, look, width, colour=look.theme.dim)
        self._flows.append((top, flow))
        return top + flow.height

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        if self._waiting is not None:
            self._waiting.paint(painter, 0.0, paint)
        if self._working:
            self._paint_dots(painter, paint)
        for top, flow in self._flows:
            flow.paint(painter, 0.0, top)
        if self._card is not None:
            self._card.paint(painter, self._card_top, paint)

    def _paint_dots(self, painter: QPainter, paint: Paint) -> None:
        colour = paint.look.colour(paint.look.theme.dim)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.save()
        for number in range(3):
            wave = sin(2 * pi * (paint.phase - number * 0.16))
            painter.setOpacity(0.45 + 0.4 * max(wave, 0.0))
            painter.drawEllipse(QPointF(5.0 + number * 12.0, self._dots_top + _DOTS / 2), 3.2, 3.2)
        painter.restore()
