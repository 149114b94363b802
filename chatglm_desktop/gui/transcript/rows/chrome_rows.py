# SPDX-License-Identifier: MIT
"""The rows around a message's text: head with model and time, thinking line, rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import GAP, TOP, Look
from chatglm_desktop.gui.transcript.rows.row import Hot, Paint, PlainRow, RowAction
from chatglm_desktop.gui.transcript.rows.text_row import paint_bars
from chatglm_desktop.transcript.leaves import RuleLeaf

PAD_TOP_USER = 10.0
PAD_TOP_REPLY = 12.0
_META_GAP = 8.0


class RuleRow(PlainRow):
    """A thematic break."""

    def __init__(self, leaf: RuleLeaf, width: float) -> None:
        self._leaf = leaf
        self._width = width
        self.height = leaf.frame.above + 9.0
        self.natural_width = width

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame = self._leaf.frame
        paint_bars(painter, frame, self.height, paint.look)
        line = QRectF(frame.indent, frame.above, self._width - frame.indent, 1.0)
        painter.fillRect(line, paint.look.colour(paint.look.theme.line))


class GapRow(PlainRow):
    """The space between thinking and answer."""

    height = 10.0

    def paint(self, painter: QPainter, paint: Paint) -> None:
        return


class HeadRow(PlainRow):
    """The gap above an item, the top of its bubble and, for a reply, who and when."""

    def __init__(self, message: Message, look: Look, *, first: bool) -> None:
        self.gap = TOP if first else GAP
        self._message = message
        self._reply = message.role is not Role.USER
        self.height = self.gap + PAD_TOP_USER
        if self._reply:
            self.height = self.gap + PAD_TOP_REPLY + look.small.line_height + _META_GAP

    def paint(self, painter: QPainter, paint: Paint) -> None:
        if not self._reply:
            return
        look = paint.look
        name = self._message.model or tr("Assistant")
        rect = QRectF(0.0, self.gap + PAD_TOP_REPLY, 2000.0, look.small.line_height)
        painter.setFont(look.small_bold.font)
        painter.setPen(look.colour(look.theme.text))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, side, name)
        rect.setLeft(QFontMetricsF(look.small_bold.font).horizontalAdvance(name) + 10.0)
        painter.setFont(look.small.font)
        painter.setPen(look.colour(look.theme.dim))
        painter.drawText(rect, side, local_time(self._message.created_at))


def local_time(seconds: float) -> str:
    """Hours and minutes, with the date if that is not today's."""
    when = datetime.fromtimestamp(seconds)
    if when.date() == datetime.now().date():
        return f"{when:%H:%M}"
    return f"{when:%Y-%m-%d %H:%M}"


class ThinkingRow(PlainRow):
    """The line above the thinking: a click folds it."""

    def __init__(self, label: str, look: Look, width: float, *, folded: bool) -> None:
        self._label = label
        self._folded = folded
        self.height = look.thinking.line_height + (8.0 if folded else 2.0)
        self._line = look.thinking.line_height
        text = QFontMetricsF(look.thinking.font).horizontalAdvance(label)
        rect = QRectF(0.0, 0.0, min(text + 48.0, width), self._line)
        self._hots = (Hot(rect, RowAction("fold_thinking"), label),)

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look = paint.look
        theme = look.theme
        height = self._line if self._folded else self.height
        painter.fillRect(QRectF(0.0, 0.0, 2.0, height), look.colour(theme.line))
        hovered = paint.hover == RowAction("fold_thinking")
        colour = look.colour(theme.text if hovered else theme.dim)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_triangle(QPointF(18.0, self._line / 2), down=not self._folded))
        painter.setPen(QPen(colour))
        painter.setFont(look.thinking.font)
        rect = QRectF(28.0, 0.0, 2000.0, self._line)
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, side, self._label)


def _triangle(centre: QPointF, *, down: bool) -> QPolygonF:
    points = (
        [(-3.5, -2.0), (3.5, -2.0), (0.0, 3.0)] if down else [(-2.0, -3.5), (3.0, 0.0), (-2.0, 3.5)]
    )
    return QPolygonF([centre + QPointF(x, y) for x, y in points])
