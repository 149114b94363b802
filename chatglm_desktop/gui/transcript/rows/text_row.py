# SPDX-License-Identifier: MIT
"""Paragraphs, headings and list items as rows; knows no items and no scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.rows.row import Hot, Paint
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import BULLETS, TASK_DONE, TASK_OPEN, Frame, TextLeaf

_MARKER_GAP = 8.0
_RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
_BAR = 3.0
_CARET = 16.0


class TextRow:
    """A text leaf laid out to ``width``; thinking is ``dim``.

    Text that is read from right to left has its markers and bars on the right.
    """

    def __init__(
        self, leaf: TextLeaf, spans: Sequence[Span], look: Look, width: float, *, dim: bool = False
    ) -> None:
        frame = leaf.frame
        self._frame = frame
        self._width = max(width, frame.indent + 1.0)
        self._face = _face(leaf, look, dim)
        colour = look.theme.dim if dim else look.theme.text
        self._flow = Flow(spans, self._face, look, self._width - frame.indent, colour=colour)
        self.unfinished = self._flow.waits
        self.leftwards = self._flow.leftwards
        """Whether its text begins on the right of ``width``."""
        self._left = 0.0 if self.leftwards else frame.indent
        self.height = frame.above + self._flow.height
        self.natural_width = frame.indent + self._flow.natural_width
        self._hots = self._flow.hots(self._left, frame.above)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame = self._frame
        right = self._width if self.leftwards else None
        paint_bars(painter, frame, self.height, paint.look, right=right)
        middle = frame.above + self._face.line_height / 2
        paint_marker(painter, frame, middle, self._face, paint.look, right=right)
        self._flow.paint(
            painter,
            self._left,
            frame.above,
            selection=paint.selection,
            beyond=paint.beyond,
            marks=paint.marks,
            hover=paint.hover,
            clip=paint.clip,
        )
        if paint.caret:
            beside = -9.0 if self.leftwards else 1.0
            end = self._flow.end_point() + QPointF(self._left + beside, frame.above)
            paint_caret(painter, end, self._face, paint.look)

    def character_at(self, point: QPointF) -> int:
        return self._flow.character_at(point.x() - self._left, point.y() - self._frame.above)

    def caret_rect(self, character: int) -> QRectF:
        rect = self._flow.caret_rect(character)
        return rect.translated(self._left, self._frame.above)

    def line_at(self, character: int) -> tuple[int, int]:
        return self._flow.line_at(character)

    @property
    def length(self) -> int:
        return len(self._flow.text)

    def scroll(self, by: float) -> bool:
        return False

    def reveal(self, character: int) -> None:
        return


def _face(leaf: TextLeaf, look: Look, dim: bool) -> Face:
    if leaf.level:
        return look.headings[min(leaf.level, len(look.headings)) - 1]
    return look.thinking if dim else look.body


def paint_bars(
    painter: QPainter, frame: Frame, height: float, look: Look, *, right: float | None = None
) -> None:
    """The bars of the quotes around a row, on its ``right`` edge if there is one."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(look.theme.line))
    for number, x in enumerate(frame.bars, frame.fresh - len(frame.bars)):
        # The space above a quote belongs to what is around it.
        top = frame.above if number >= 0 else 0.0
        left = x if right is None else right - x - _BAR
        painter.drawRect(QRectF(left, top, _BAR, height - top))


def paint_caret(painter: QPainter, top_left: QPointF, face: Face, look: Look) -> None:
    """What stands where text arrives, in a line of ``face``."""
    inset = (face.line_height - _CARET) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(look.theme.accent))
    box = QRectF(top_left.x(), top_left.y() + inset, _CARET / 2, _CARET)
    painter.drawRoundedRect(box, 2.0, 2.0)


def paint_marker(
    painter: QPainter,
    frame: Frame,
    middle: float,
    face: Face,
    look: Look,
    *,
    right: float | None = None,
) -> None:
    """The marker, if there is one, of a list item whose first line has its ``middle`` there."""

    def across(distance: float) -> float:
        """So far from the text, on the side on which it begins."""
        return frame.beside - distance if right is None else right - frame.beside + distance

    match frame.marker:
        case "":
            return
        case marker if marker in BULLETS:
            _paint_bullet(painter, marker, QPointF(across(13.0), middle), look)
        case marker if marker in (TASK_OPEN, TASK_DONE):
            box = QRectF(across(14.5) - 7.0, middle - 7.0, 14.0, 14.0)
            _paint_task(painter, box, marker == TASK_DONE, look)
        case marker:
            painter.setFont(face.font)
            painter.setPen(look.colour(look.theme.dim))
            room = max(frame.beside - _MARKER_GAP, 1.0)
            near, far = across(_MARKER_GAP), across(_MARKER_GAP + room)
            rect = QRectF(min(near, far), middle - face.line_height / 2, room, face.line_height)
            marker = QFontMetricsF(face.font).elidedText(marker, Qt.TextElideMode.ElideRight, room)
            side = Qt.AlignmentFlag.AlignRight if right is None else Qt.AlignmentFlag.AlignLeft
            side |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
            shown = marker if right is None else f"{_RIGHT_TO_LEFT}{marker}{_RIGHT_TO_LEFT}"
            painter.drawText(rect, side, shown)


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
