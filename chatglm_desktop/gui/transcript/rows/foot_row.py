# SPDX-License-Identifier: MIT
"""The end of a message: working dots, a remark on how it ended, the failure card."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.failure_card import FailureCard
from chatglm_desktop.gui.transcript.rows.notes import state_note
from chatglm_desktop.gui.transcript.rows.row import FailureText, Hot, Paint, PlainRow
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span

PAD_BOTTOM_USER = 10.0
PAD_BOTTOM_REPLY = 16.0
_SPACE = 12.0
_DOTS = 24.0


class FootRow(PlainRow):
    """Everything below the text of ``message``; ``failure`` is its failure in words."""

    def __init__(
        self,
        message: Message,
        look: Look,
        width: float,
        *,
        has_text: bool,
        failure: FailureText | None,
    ) -> None:
        self._working = message.state.running and not has_text
        self._note: Flow | None = None
        self._note_top = 0.0
        self._card: FailureCard | None = None
        self._card_top = 0.0
        y = 0.0
        above = _SPACE if has_text else 0.0
        if message.role is Role.USER:
            self.height = PAD_BOTTOM_USER
            self._hots: list[Hot] = []
            return
        if self._working:
            y += _DOTS
        if note := state_note(message.state):
            self._note = Flow((Span(note),), look.small, look, width, colour=look.theme.dim)
            self._note_top = y + above
            y = self._note_top + self._note.height
            above = _SPACE
        self._hots = []
        if failure is not None:
            self._card_top = y + above
            self._card = FailureCard(failure, look, width)
            y = self._card_top + self._card.height
            self._hots += self._card.hots(self._card_top)
        self.height = float(round(y + PAD_BOTTOM_REPLY))

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        if self._working:
            self._paint_dots(painter, paint)
        if self._note is not None:
            self._note.paint(painter, 0.0, self._note_top)
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
            painter.drawEllipse(QPointF(5.0 + number * 12.0, _DOTS / 2), 3.2, 3.2)
        painter.restore()
