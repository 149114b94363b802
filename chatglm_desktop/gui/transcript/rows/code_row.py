# SPDX-License-Identifier: MIT
"""A code block as a row; only visible lines are laid out.

Lines have a fixed height, so a block of any length costs no more than its visible part. The
header stays at the top of the view, and the scroll bar at its bottom, while the block is there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.code_header import HEADER, CodeHeader
from chatglm_desktop.gui.transcript.rows.code_lines import CodeLines
from chatglm_desktop.gui.transcript.rows.row import EdgeRow, Hot, Paint, RowAction, marks_within
from chatglm_desktop.gui.transcript.rows.sideways import BAR_ROOM, DragSideways, Sideways
from chatglm_desktop.gui.transcript.rows.text_row import paint_bars, paint_marker
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.transcript.leaves import CODE_FOLDED, CODE_UNFOLDED, CodeLeaf

_PAD_X = 14.0
_PAD_Y = 10.0
_RADIUS = 10.0
_MORE = 40.0
_FADE = 56


class CodeRow(EdgeRow):
    """A code leaf at ``width``. A ``previous`` row of the same block lends what still fits.

    Long code that is not ``expanded`` shows its first lines and a button for the others.
    """

    def __init__(
        self,
        leaf: CodeLeaf,
        look: Look,
        width: float,
        highlighters: Highlighters,
        sideways: Sideways,
        *,
        wrapped: bool = False,
        expanded: bool = True,
        previous: CodeRow | None = None,
    ) -> None:
        self._leaf = leaf
        self._look = look
        self._width = max(width - leaf.frame.indent, 80.0)
        self._top = leaf.frame.above
        inner = self._width - 2 * _PAD_X
        limit = int(inner / look.code_column) if wrapped else 0
        self._lines: CodeLines = CodeLines(
            leaf.code, look, limit, highlighters, previous._lines if previous else None
        )
        long = len(self._lines) > CODE_UNFOLDED
        self.folded = long and not expanded
        self._shown = CODE_FOLDED if self.folded else len(self._lines)
        body = _PAD_Y + self._shown * look.code.line_height
        self._end = self._top + HEADER + body
        self._sideways = sideways
        sideways.fit(0.0 if wrapped else self._lines.columns * look.code_column + _PAD_X, inner)
        self._end += BAR_ROOM - 4.0 if sideways.hidden else 0.0
        self.height = self._end + (_MORE if self.folded else _PAD_Y)
        self.natural_width = leaf.frame.indent + self._width
        self._header = CodeHeader(
            leaf.code.language,
            look,
            self._width,
            wrapped=wrapped,
            folded=self.folded if long else None,
        )
        self.unfinished = False

    @property
    def _box(self) -> QRectF:
        return QRectF(self._leaf.frame.indent, self._top, self._width, self.height - self._top)

    @property
    def header_top(self) -> float:
        """Where the header stands now: at the top of the view, if that is within the block."""
        lowest = max(self.height - HEADER - _MORE, self._top)
        return min(max(self.top_seen, self._top), lowest)

    @property
    def hots(self) -> Sequence[Hot]:
        found = self._header.hots(self._leaf.frame.indent, self.header_top)
        if self.folded:
            found.append(Hot(self._more_rect(), RowAction("fold_code"), self._more_label()))
        thumb = self._thumb()
        if not thumb.isEmpty():
            found.append(Hot(thumb, DragSideways(self._sideways)))
        return found

    @property
    def edges(self) -> Sequence[QRectF]:
        header = QRectF(self._leaf.frame.indent, self.header_top, self._width, HEADER)
        return header, self._thumb()

    def _thumb(self) -> QRectF:
        bottom = self._end if self.folded else self.height
        lowest = max(self.bottom_seen, self.header_top + HEADER + BAR_ROOM)
        return self._sideways.thumb(self._leaf.frame.indent + _PAD_X, min(bottom, lowest) - 1.0)

    def _more_label(self) -> str:
        return tr("Show all {count} lines", count=len(self._lines))

    def _more_rect(self) -> QRectF:
        wide = QFontMetricsF(self._look.small.font).horizontalAdvance(self._more_label()) + 28.0
        wide = min(wide, self._width - 8.0)
        x = self._leaf.frame.indent + (self._width - wide) / 2
        return QRectF(x, self._end + 4.0, wide, _MORE - 12.0)

    def paint(self, painter: QPainter, paint: Paint) -> None:
        box = self._box
        look = paint.look
        paint_bars(painter, self._leaf.frame, self.height, look)
        paint_marker(painter, self._leaf.frame, self._top + HEADER / 2, look.body, look)
        painter.setPen(QPen(look.colour(look.theme.line), 1.0))
        painter.setBrush(look.colour(look.theme.surface))
        painter.drawRoundedRect(
            _nearby(box.adjusted(0.5, 0.5, -0.5, -0.5), paint.clip), _RADIUS, _RADIUS
        )
        painter.save()
        body = QRectF(box.left() + 1.0, self.header_top + HEADER, box.width() - 2.0, box.bottom())
        body.setBottom(self._end if self.folded else box.bottom() - 1.0)
        painter.setClipRect(body, Qt.ClipOperation.IntersectClip)
        self._paint_lines(painter, paint, box)
        if self.folded:
            self._paint_fade(painter, look)
        painter.restore()
        if self.folded:
            self._paint_more(painter, paint)
        caught = paint.hover == DragSideways(self._sideways)
        self._sideways.paint(painter, look, self._thumb(), caught=caught)
        self._header.paint(painter, paint, box.left(), self.header_top)

    def _paint_fade(self, painter: QPainter, look: Look) -> None:
        # Line by line, without seams: the colours of a gradient are rounded by where it stands,
        # so that what was moved on the screen would differ from what is painted there.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ground = QColor(look.colour(look.theme.surface))
        for line in range(_FADE):
            ground.setAlphaF((line + 0.5) / _FADE)
            y = self._end - _FADE + line
            painter.fillRect(QRectF(self._leaf.frame.indent, y, self._width, 1.0), ground)

    def _paint_more(self, painter: QPainter, paint: Paint) -> None:
        look, theme = paint.look, paint.look.theme
        rect = self._more_rect()
        hovered = paint.hover == RowAction("fold_code")
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.accent_weak if hovered else theme.surface))
        radius = rect.height() / 2
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(look.small.font)
        painter.setPen(look.colour(theme.text if hovered else theme.dim))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._more_label())

    def _paint_lines(self, painter: QPainter, paint: Paint, box: QRectF) -> None:
        line_height = paint.look.code.line_height
        top = box.top() + HEADER + _PAD_Y
        first = max(int((paint.clip.top() - top) / line_height), 0)
        last = min(int((paint.clip.bottom() - top) / line_height), self._shown - 1)
        x = box.left() + _PAD_X - self._sideways.offset
        # Also those in view that are not painted now: they are to get their colours too.
        seen = max(paint.clip.bottom(), min(self.bottom_seen, self.height))
        lowest = min(int((seen - top) / line_height), self._shown - 1)
        self.unfinished = last >= first and not self._lines.colour(max(lowest, last))
        for number in range(first, last + 1):
            y = top + number * line_height
            start, end = self._lines.span(number)
            flow = self._lines.flow(number)
            selection, beyond = _within(paint, start, end)
            marks = marks_within(paint.marks, start, end)
            flow.paint(painter, x, y, selection=selection, beyond=beyond, marks=marks)
            if paint.caret and number == len(self._lines) - 1:
                tip = flow.end_point().x() + x + 1.0
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(paint.look.colour(paint.look.theme.accent))
                inset = (line_height - 15.0) / 2
                painter.drawRoundedRect(QRectF(tip, y + inset, 7.5, 15.0), 2.0, 2.0)

    def scroll(self, by: float) -> bool:
        return self._sideways.scroll(by)

    def character_at(self, point: QPointF) -> int:
        y = point.y() - self._top - HEADER - _PAD_Y
        number = int(y // self._look.code.line_height)
        if number < 0:
            return 0
        if number >= self._shown:
            return self._lines.span(self._shown - 1)[1] if self.folded else self._lines.length
        x = point.x() - self._leaf.frame.indent - _PAD_X + self._sideways.offset
        start, _ = self._lines.span(number)
        return start + self._lines.flow(number).character_at(x, 0.0)

    def caret_rect(self, character: int) -> QRectF:
        number, inside = self._place(character)
        rect = self._lines.flow(number).caret_rect(inside)
        x = self._leaf.frame.indent + _PAD_X - self._sideways.offset
        y = self._top + HEADER + _PAD_Y + number * self._look.code.line_height
        return rect.translated(x, y)

    def line_at(self, character: int) -> tuple[int, int]:
        return self._lines.span(self._place(character)[0])

    def _place(self, character: int) -> tuple[int, int]:
        """Line and place in it of a character, or of the last one that is not folded away."""
        number = min(self._lines.number(character), self._shown - 1)
        start, end = self._lines.span(number)
        return number, min(character, end) - start

    def reveal(self, character: int) -> None:
        number, inside = self._place(character)
        x = self._lines.flow(number).caret_rect(inside).left()
        self._sideways.reveal(max(x - _PAD_X, 0.0), x + _PAD_X)

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
