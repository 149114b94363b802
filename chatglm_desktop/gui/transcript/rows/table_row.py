# SPDX-License-Identifier: MIT
"""One row of a table: cells wrapped to columns; knows no other row.

A table that is wider than its room is scrolled: all its rows share one :class:`Sideways`, whose
bar stands in the row at the bottom of the view or of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.row import EdgeRow, Hot, Paint, RowAction, marks_within
from chatglm_desktop.gui.transcript.rows.sideways import BAR_ROOM, DragSideways, Sideways
from chatglm_desktop.gui.transcript.rows.table_cell import TableCell
from chatglm_desktop.gui.transcript.rows.table_columns import PAD, fit_columns
from chatglm_desktop.gui.transcript.rows.text_row import paint_bars, paint_marker
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.transcript.leaves import TableLeaf

_PAD_Y = 6.0
_PAD_Y_HEADER = 7.0
_RADIUS = 8.0
_BUTTON = 26.0

ALIGNMENTS = {
    "": Qt.AlignmentFlag.AlignLeft,
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class TableRow(EdgeRow):
    """A row of cells with a line below; ``ends`` if it is the last one of its table.

    ``meaning`` is whatever tells that ``references`` changed: unless it did, the ``previous``
    version of the row lends its cells, as to read and lay out many links takes its time.
    """

    def __init__(
        self,
        leaf: TableLeaf,
        references: Mapping[str, str],
        look: Look,
        width: float,
        sideways: Sideways,
        *,
        dim: bool = False,
        ends: bool = False,
        meaning: object = None,
        previous: TableRow | None = None,
    ) -> None:
        self._leaf = leaf
        self._left = leaf.frame.indent
        self._top = leaf.frame.above
        self._width = max(width - leaf.frame.indent, 1.0)
        self.natural_width = width
        self._sideways = sideways
        self._ends = ends
        face = look.strong_cell if leaf.header else look.cell
        colour = look.theme.dim if leaf.header or dim else look.theme.text
        columns = fit_columns(leaf.columns, leaf.words, self._width)
        sideways.fit(columns.total if columns.total > self._width + 0.5 else 0.0, self._width)
        self._meaning = meaning
        self._cells: list[TableCell] = []
        lent = previous.lent(meaning) if previous is not None else {}
        x = 0.0
        sides = [ALIGNMENTS[side] for side in leaf.alignments]
        for cell, wide, align in zip(enumerate(leaf.cells), columns.widths, sides, strict=True):
            inner = max(wide - 2 * PAD, 8.0)
            at = x + PAD
            known = lent.get(cell)
            spans = known.spans if known is not None else inline_spans(cell[1], references)
            made = TableCell(spans, face, look, at, inner, colour=colour, align=align)
            self._cells.append(known if known is not None and known.like(made) else made)
            x += wide
        metrics = QFontMetricsF(face.font)
        tallest = max((cell.height(metrics) for cell in self._cells), default=face.line_height)
        pad = _PAD_Y_HEADER if leaf.header else _PAD_Y
        self._text_top = self._top + pad
        self.height = self._text_top + tallest + pad + 1.0
        if ends and sideways.hidden:
            self.height += BAR_ROOM

    def lent(self, meaning: object) -> Mapping[tuple[int, str], TableCell]:
        """The cells by column and source, if references still have this ``meaning``."""
        if meaning != self._meaning:
            return {}
        return dict(zip(enumerate(self._leaf.cells), self._cells, strict=True))

    @property
    def unfinished(self) -> bool:
        return any(cell.waits for cell in self._cells)

    @property
    def hots(self) -> Sequence[Hot]:
        found = []
        if self._leaf.header:
            found.append(Hot(self._button(), RowAction("copy_table"), tr("Copy table")))
        thumb = self._thumb()
        if not thumb.isEmpty():
            found.append(Hot(thumb, DragSideways(self._sideways)))
        seen = QRectF(self._left, 0.0, self._width, self.height)
        for cell in self._cells:
            if cell.linked:
                for hot in cell.flow.hots(self._x(cell), self._text_top):
                    rect = hot.rect.intersected(seen)
                    if not rect.isEmpty():
                        found.append(Hot(rect, hot.action, hot.label))
        return found

    def _x(self, cell: TableCell) -> float:
        """Where a cell's text begins in the row, as scrolled now."""
        return self._left + cell.x - self._sideways.offset

    def _button(self) -> QRectF:
        middle = (self._top + self.height) / 2
        right = self._left + self._width - 4.0
        return QRectF(right - _BUTTON, middle - _BUTTON / 2, _BUTTON, _BUTTON)

    @property
    def edges(self) -> Sequence[QRectF]:
        return (self._thumb(),)

    def _thumb(self) -> QRectF:
        """The bar stands in the last row that is seen."""
        if not (self._ends or self.top_seen < self.bottom_seen <= self.height):
            return QRectF()
        bottom = min(self.height, max(self.bottom_seen, BAR_ROOM))
        return self._sideways.thumb(self._left, bottom - 1.0)

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look = paint.look
        paint_bars(painter, self._leaf.frame, self.height, look)
        middle = self._text_top + look.cell.line_height / 2
        paint_marker(painter, self._leaf.frame, middle, look.body, look)
        box = QRectF(self._left, self._top, self._width, self.height - self._top)
        if self._ends and self._sideways.hidden:
            box.setBottom(box.bottom() - BAR_ROOM)
        if self._leaf.header:
            _paint_ground(painter, box, look)
        line = look.colour(look.theme.line)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1.0, box.width(), 1.0), line)
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        self._paint_cells(painter, paint)
        painter.restore()
        if self._leaf.header and self._near(paint):
            self._paint_button(painter, paint)
        caught = paint.hover == DragSideways(self._sideways)
        self._sideways.paint(painter, look, self._thumb(), caught=caught)

    def _paint_cells(self, painter: QPainter, paint: Paint) -> None:
        for start, cell in self._starts():
            x = self._x(cell)
            if x + cell.width < self._left or x > self._left + self._width:
                continue
            selection = None
            if paint.selection is not None:
                first = max(paint.selection[0] - start, 0)
                last = min(paint.selection[1] - start, len(cell.text))
                selection = (first, last) if first < last else None
            marks = marks_within(paint.marks, start, start + len(cell.text))
            cell.flow.paint(
                painter, x, self._text_top, selection=selection, marks=marks, hover=paint.hover
            )

    def _near(self, paint: Paint) -> bool:
        """Whether pointer or keyboard is there, or the table was copied a moment ago."""
        under = paint.under
        if paint.copied or paint.focus == RowAction("copy_table"):
            return True
        return isinstance(under, TableRow) and under._sideways is self._sideways

    def _paint_button(self, painter: QPainter, paint: Paint) -> None:
        look, theme = paint.look, paint.look.theme
        rect = self._button()
        hovered = paint.hover == RowAction("copy_table")
        painter.setPen(QPen(look.colour(theme.line), 1.0))
        painter.setBrush(look.colour(theme.accent_weak if hovered else theme.surface))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6.0, 6.0)
        colour = theme.ok if paint.copied else theme.text if hovered else theme.dim
        look.draw_icon(painter, "check" if paint.copied else "copy", colour, rect, 14)

    def _starts(self) -> Iterator[tuple[int, TableCell]]:
        """The cells, each with the number of its first character in the row's text."""
        start = 0
        for cell in self._cells:
            yield start, cell
            start += len(cell.text) + 1

    def character_at(self, point: QPointF) -> int:
        chosen = 0
        for start, cell in self._starts():
            x = self._x(cell)
            if start and point.x() < x - _PAD_Y:
                break
            y = point.y() - self._text_top
            chosen = start + cell.flow.character_at(point.x() - x, y)
        return chosen

    def caret_rect(self, character: int) -> QRectF:
        start, cell = self._cell(character)
        rect = cell.flow.caret_rect(min(character - start, len(cell.text)))
        return rect.translated(self._x(cell), self._text_top)

    def line_at(self, character: int) -> tuple[int, int]:
        start, cell = self._cell(character)
        first, last = cell.flow.line_at(min(character - start, len(cell.text)))
        return start + first, start + last

    def _cell(self, character: int) -> tuple[int, TableCell]:
        """The cell that a character is in, and where that begins."""
        found = (0, self._cells[0])
        for start, cell in self._starts():
            if start <= character:
                found = (start, cell)
        return found

    def reveal(self, character: int) -> None:
        _, cell = self._cell(character)
        self._sideways.reveal(cell.x, cell.x + cell.width)

    @property
    def length(self) -> int:
        return sum(len(cell.text) + 1 for cell in self._cells) - 1

    def scroll(self, by: float) -> bool:
        return self._sideways.scroll(by)


def _paint_ground(painter: QPainter, box: QRectF, look: Look) -> None:
    """The ground of the header, round at the top."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(look.theme.table_head))
    painter.drawRoundedRect(box.adjusted(0.0, 0.0, 0.0, _RADIUS), _RADIUS, _RADIUS)
    painter.restore()
