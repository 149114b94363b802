# SPDX-License-Identifier: MIT
"""Paragraphs, headings and list items as rows; knows no items and no scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.row import Hot, Paint
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import BULLETS, TASK_DONE, TASK_OPEN, Frame, TextLeaf

_MARKER_GAP = 8.0


class TextRow:
    """A text leaf laid out to ``width``; thinking is ``dim``."""

    unfinished = False

    def __init__(
        self, leaf: TextLeaf, spans: Sequence[Span], look: Look, width: float, *, dim: bool = False
    ) -> None:
        self._frame = leaf.frame
        self._face = _face(leaf, look, dim)
        self._colour = look.theme.dim if dim else look.theme.text
        self._flow = Flow(
            spans, self._face, look, max(width - leaf.frame.indent, 1.0), colour=self._colour
        )
        self.height = leaf.frame.above + self._flow.height
        self.natural_width = leaf.frame.indent + self._flow.natural_width
        self._hots = self._flow.hots(leaf.frame.indent, leaf.frame.above)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame = self._frame
        paint_bars(painter, frame, self.height, paint.look)
        if frame.marker:
            self._paint_marker(painter, paint.look)
        self._flow.paint(
            painter,
            frame.indent,
            frame.above,
            selection=paint.selection,
            beyond=paint.beyond,
            hover=paint.hover,
            clip=paint.clip,
        )
        if paint.caret:
            self._paint_caret(painter, paint.look)

    def _paint_caret(self, painter: QPainter, look: Look) -> None:
        end = self._flow.end_point() + QPointF(self._frame.indent + 1.0, self._frame.above)
        inset = (self._face.line_height - 16.0) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(look.theme.accent))
        painter.drawRoundedRect(QRectF(end.x(), end.y() + inset, 8.0, 16.0), 2.0, 2.0)

    def _paint_marker(self, painter: QPainter, look: Look) -> None:
        frame = self._frame
        middle = frame.above + self._face.line_height / 2
        match frame.marker:
            case marker if marker in BULLETS:
                _paint_bullet(painter, marker, QPointF(frame.indent - 13.0, middle), look)
            case marker if marker in (TASK_OPEN, TASK_DONE):
                box = QRectF(frame.indent - 21.5, middle - 7.0, 14.0, 14.0)
                _paint_task(painter, box, marker == TASK_DONE, look)
            case marker:
                painter.setFont(self._face.font)
                painter.setPen(look.colour(look.theme.dim))
                right = frame.indent - _MARKER_GAP
                rect = QRectF(right - 80.0, frame.above, 80.0, self._face.line_height)
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(rect, side, marker)

    def character_at(self, point: QPointF) -> int:
        return self._flow.character_at(
            point.x() - self._frame.indent, point.y() - self._frame.above
        )

    @property
    def length(self) -> int:
        return len(self._flow.text)

    def scroll(self, by: float) -> bool:
        return False


def _face(leaf: TextLeaf, look: Look, dim: bool) -> Face:
    if leaf.level:
        return look.headings[min(leaf.level, len(look.headings)) - 1]
    return look.thinking if dim else look.body


def paint_bars(painter: QPainter, frame: Frame, height: float, look: Look) -> None:
    """The bars of the quotes around a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(look.theme.line))
    for number, x in enumerate(frame.bars, frame.fresh - len(frame.bars)):
        # The space above a quote belongs to what is around it.
        top = frame.above if number >= 0 else 0.0
        painter.drawRect(QRectF(x, top, 3.0, height - top))


def _paint_bullet(painter: QPainter, marker: str, centre: QPointF, look: Look) -> None:
    colour = look.colour(look.theme.dim)
    painter.setPen(QPen(colour, 1.2) if marker == BULLETS[1] else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if marker == BULLETS[1] else colour)
    if marker == BULLETS[2]:
        painter.drawRect(QRectF(centre.x() - 2.5, centre.y() - 2.5, 5.0, 5.0))
    else:
        painter.drawEllipse(centre, 2.6, 2.6)


def _paint_task(painter: QPainter, box: QRectF, done: bool, look: Look) -> None:
    theme = look.theme
    painter.setPen(QPen(look.colour(theme.accent if done else theme.dim), 1.2))
    painter.setBrush(look.colour(theme.accent if done else theme.surface))
    painter.drawRoundedRect(box, 3.5, 3.5)
    if done:
        painter.setPen(QPen(look.colour(theme.on_accent), 1.8))
        painter.drawPolyline(
            [
                box.topLeft() + QPointF(3.2, 7.2),
                box.topLeft() + QPointF(6.0, 10.0),
                box.topLeft() + QPointF(10.8, 4.4),
            ]
        )
