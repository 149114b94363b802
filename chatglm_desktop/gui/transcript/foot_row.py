# SPDX-License-Identifier: MIT
"""The end of a message: working dots, sources, pictures, notices and the failure card."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.links import may_open
from chatglm_desktop.core.messages import (
    ImagesPart,
    Message,
    Role,
    SourcesPart,
)
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.failure_card import FailureCard
from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.notes import state_note
from chatglm_desktop.gui.transcript.row import FailureText, Hot, OpenLink, Paint, PlainRow
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
        self._flows: list[tuple[float, Flow]] = []
        self._card: FailureCard | None = None
        self._card_top = 0.0
        self._y = 0.0
        self._above = _SPACE if has_text else 0.0
        if message.role is Role.USER:
            self.height = PAD_BOTTOM_USER
            self._hots: list[Hot] = []
            return
        if self._working:
            self._y += _DOTS
        for spans in self._notes(message):
            self._y += self._above
            flow = Flow(spans, look.small, look, width, colour=look.theme.dim)
            self._flows.append((self._y, flow))
            self._y += flow.height
            self._above = 2.0 if spans[0].link else _SPACE
        self._hots = [hot for y, flow in self._flows for hot in flow.links(0.0, y)]
        if failure is not None:
            self._card_top = self._y + self._above
            self._card = FailureCard(failure, look, width)
            self._y = self._card_top + self._card.height
            self._hots += self._card.hots(self._card_top)
        self.height = float(round(self._y + PAD_BOTTOM_REPLY))

    def _notes(self, message: Message) -> list[tuple[Span, ...]]:
        notes: list[tuple[Span, ...]] = []
        for part in message.parts:
            match part:
                case SourcesPart(items):
                    notes += [_source(number, item) for number, item in enumerate(items, 1)]
                case ImagesPart(items):
                    notes += [
                        _image(number, item)
                        for number, item in enumerate(items, 1)
                        if may_open(item.url)
                    ]
                case _:
                    pass
        if note := state_note(message.state):
            notes.append((Span(note),))
        return notes

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        if self._working:
            self._paint_dots(painter, paint)
        hover = paint.hover.url if isinstance(paint.hover, OpenLink) else ""
        for y, flow in self._flows:
            flow.paint(painter, 0.0, y, hover=hover)
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


def _source(number: int, source: Source) -> tuple[Span, ...]:
    link = source.url if may_open(source.url) else ""
    return (Span(f"{number}. {source.title or source.url}", link=link),)


def _image(number: int, image: Image) -> tuple[Span, ...]:
    label = tr("Picture {number}: open in the browser", number=number)
    return (Span(label, link=image.url),)
