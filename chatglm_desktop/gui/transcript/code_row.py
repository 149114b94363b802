# SPDX-License-Identifier: MIT
"""A code block as a row: header with language, wrap and copy; only visible lines are laid out.

Lines have a fixed height, so a block of any length costs no more than its visible part.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.code_lines import CodeLines
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.row import Hot, Paint, RowAction
from chatglm_desktop.gui.transcript.text_row import paint_bars
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.transcript.leaves import CodeLeaf

HEADER = 33.0
_PAD_X = 14.0
_PAD_Y = 10.0
_RADIUS = 10.0


class CodeRow:
    """A code leaf at ``width``. A ``previous`` row of the same block lends what still fits."""

    def __init__(
        self,
        leaf: CodeLeaf,
        look: Look,
        width: float,
        highlighters: Highlighters,
        *,
        wrapped: bool = False,
        previous: CodeRow | None = None,
    ) -> None:
        self._leaf = leaf
        self._look = look
        self._width = max(width - leaf.frame.indent, 80.0)
        self.wrapped = wrapped
        limit = int(self._inner_width / look.code_column) if wrapped else 0
        self._lines: CodeLines = CodeLines(
            leaf.code, look, limit, highlighters, previous._lines if previous else None
        )
        self.scrolled: float = previous.scrolled if previous is not None and not wrapped else 0.0
        body = len(self._lines) * look.code.line_height
        self.height = leaf.frame.above + HEADER + body + 2 * _PAD_Y
        self.natural_width = leaf.frame.indent + self._width
        self._hots = self._place_hots()
        self.unfinished = False

    @property
    def _inner_width(self) -> float:
        return self._width - 2 * _PAD_X

    @property
    def _content_width(self) -> float:
        return self._lines.columns * self._look.code_column + _PAD_X

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def _place_hots(self) -> list[Hot]:
        metrics = QFontMetricsF(self._look.small.font)
        right = self._leaf.frame.indent + self._width - 4.0
        hots = []
        for name, labels in (
            ("copy_code", (tr("Copy"), tr("Copied"))),
            ("wrap_code", (tr("Wrap"),)),
        ):
            width = max(metrics.horizontalAdvance(label) for label in labels) + 16.0
            rect = QRectF(right - width, self._leaf.frame.above + 4.0, width, HEADER - 8.0)
            hots.append(Hot(rect, RowAction("copy_code" if name == "copy_code" else "wrap_code")))
            right -= width + 2.0
        return hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame = self._leaf.frame
        theme = paint.look.theme
        box = QRectF(frame.indent, frame.above, self._width, self.height - frame.above)
        paint_bars(painter, frame, self.height, paint.look)
        painter.setPen(QPen(paint.look.colour(theme.line), 1.0))
        painter.setBrush(paint.look.colour(theme.surface))
        painter.drawRoundedRect(
            _nearby(box.adjusted(0.5, 0.5, -0.5, -0.5), paint.clip), _RADIUS, _RADIUS
        )
        self._paint_header(painter, paint, box)
        painter.save()
        painter.setClipRect(box.adjusted(1.0, HEADER, -1.0, -1.0), Qt.ClipOperation.IntersectClip)
        self._paint_lines(painter, paint, box)
        self._paint_scroll_bar(painter, paint, box)
        painter.restore()

    def _paint_header(self, painter: QPainter, paint: Paint, box: QRectF) -> None:
        look = paint.look
        bottom = box.top() + HEADER
        painter.setPen(QPen(look.colour(look.theme.line), 1.0))
        painter.drawLine(QPointF(box.left(), bottom - 0.5), QPointF(box.right(), bottom - 0.5))
        painter.setFont(look.small.font)
        painter.setPen(look.colour(look.theme.dim))
        label = QRectF(box.left() + 12.0, box.top(), box.width() / 2, HEADER - 1.0)
        painter.drawText(
            label, Qt.AlignmentFlag.AlignVCenter, self._leaf.code.language or tr("text")
        )
        for hot in self._hots:
            self._paint_button(painter, paint, hot)

    def _paint_button(self, painter: QPainter, paint: Paint, hot: Hot) -> None:
        look, theme = paint.look, paint.look.theme
        copies = hot.action == RowAction("copy_code")
        hovered = paint.hover == hot.action
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(theme.accent_weak))
            painter.drawRoundedRect(hot.rect, 6.0, 6.0)
        colour = theme.text if hovered else theme.dim
        if copies:
            label = tr("Copied") if paint.copied else tr("Copy")
            colour = theme.ok if paint.copied else colour
        else:
            label = tr("Wrap")
            colour = theme.accent if self.wrapped else colour
        painter.setPen(look.colour(colour))
        painter.drawText(hot.rect, Qt.AlignmentFlag.AlignCenter, label)

    def _paint_lines(self, painter: QPainter, paint: Paint, box: QRectF) -> None:
        line_height = paint.look.code.line_height
        top = box.top() + HEADER + _PAD_Y
        first = max(int((paint.clip.top() - top) / line_height), 0)
        last = min(int((paint.clip.bottom() - top) / line_height), len(self._lines) - 1)
        x = box.left() + _PAD_X - self.scrolled
        self.unfinished = last >= first and not self._lines.colour(last)
        for number in range(first, last + 1):
            y = top + number * line_height
            start, end = self._lines.span(number)
            flow = self._lines.flow(number)
            selection, beyond = _within(paint, start, end)
            flow.paint(painter, x, y, selection=selection, beyond=beyond)
            if paint.caret and number == len(self._lines) - 1:
                tip = flow.end_point().x() + x + 1.0
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(paint.look.colour(paint.look.theme.accent))
                inset = (line_height - 15.0) / 2
                painter.drawRoundedRect(QRectF(tip, y + inset, 7.5, 15.0), 2.0, 2.0)

    def _paint_scroll_bar(self, painter: QPainter, paint: Paint, box: QRectF) -> None:
        hidden = self._content_width - self._inner_width
        if self.wrapped or hidden <= 0:
            return
        track = self._inner_width
        length = max(track * self._inner_width / self._content_width, 32.0)
        x = box.left() + _PAD_X + (track - length) * self.scrolled / hidden
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.look.colour(paint.look.theme.line))
        painter.drawRoundedRect(QRectF(x, box.bottom() - 7.0, length, 4.0), 2.0, 2.0)

    def scroll(self, by: float) -> bool:
        hidden = 0.0 if self.wrapped else max(self._content_width - self._inner_width, 0.0)
        before = self.scrolled
        self.scrolled = min(max(before + by, 0.0), hidden)
        return hidden > 0

    def character_at(self, point: QPointF) -> int:
        frame = self._leaf.frame
        y = point.y() - frame.above - HEADER - _PAD_Y
        number = int(y // self._look.code.line_height)
        if number < 0:
            return 0
        if number >= len(self._lines):
            return self._lines.length
        x = point.x() - frame.indent - _PAD_X + self.scrolled
        start, _ = self._lines.span(number)
        return start + self._lines.flow(number).character_at(x, 0.0)

    @property
    def length(self) -> int:
        return self._lines.length


def _within(paint: Paint, start: int, end: int) -> tuple[tuple[int, int] | None, bool]:
    """The selected part of a line, and whether the selection goes on after it."""
    if paint.selection is None:
        return None, False
    first, last = paint.selection
    if last < start or first > end:
        return None, False
    beyond = last > end or (paint.beyond and last == end)
    return (max(first, start) - start, min(last, end) - start), beyond


def _nearby(box: QRectF, clip: QRectF) -> QRectF:
    """``box`` without what lies far outside: huge shapes are slow and lose precision."""
    top = max(box.top(), clip.top() - 100.0)
    bottom = min(box.bottom(), clip.bottom() + 100.0)
    return QRectF(box.left(), top, box.width(), bottom - top)
