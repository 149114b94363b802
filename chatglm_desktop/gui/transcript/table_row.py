# SPDX-License-Identifier: MIT
"""One row of a table: cells wrapped to columns that share the width; knows no other row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.row import Hot, OpenLink, Paint
from chatglm_desktop.gui.transcript.text_row import paint_bars
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import TableLeaf
from chatglm_desktop.transcript.texts import inline_spans

_PAD_X = 14.0
_PAD_X_TIGHT = 8.0
_PAD_Y = 6.0
_COLUMN = 8.4

_ALIGN = {
    "": Qt.AlignmentFlag.AlignLeft,
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def column_widths(
    wanted: Sequence[int], words: Sequence[int], width: float
) -> tuple[float, list[float]]:
    """Padding beside cells, and pixels for each column, both chosen to fit ``width``.

    ``wanted`` and ``words`` are as in :class:`TableLeaf`. Columns get what they want and a
    share of what is left, else at least their words, else a share by the length of those.
    """
    padding = _PAD_X
    most = [want * _COLUMN + 2 * padding for want in wanted]
    if sum(most) <= width:
        spare = width / sum(most)
        return padding, [each * spare for each in most]
    padding = _PAD_X_TIGHT
    most = [want * _COLUMN + 2 * padding for want in wanted]
    least = [word * _COLUMN + 2 * padding for word in words]
    left = width - sum(least)
    if left < 0:
        return padding, [few * width / sum(least) for few in least]
    wishes = [max(many - few, 0.0) for many, few in zip(most, least, strict=True)]
    total = max(sum(wishes), 1.0)
    return padding, [few + left * wish / total for few, wish in zip(least, wishes, strict=True)]


class TableRow:
    """A row of cells with a line below."""

    unfinished = False

    def __init__(
        self,
        leaf: TableLeaf,
        references: Mapping[str, str],
        look: Look,
        width: float,
        *,
        dim: bool = False,
    ) -> None:
        self._leaf = leaf
        self._width = max(width - leaf.frame.indent, 1.0)
        self.natural_width = width
        self._cells: list[tuple[float, Flow]] = []
        face = look.strong_cell if leaf.header else look.cell
        colour = look.theme.dim if leaf.header or dim else look.theme.text
        x = leaf.frame.indent
        padding, widths = column_widths(leaf.columns, leaf.words, self._width)
        for cell, wide, alignment in zip(leaf.cells, widths, leaf.alignments, strict=True):
            spans: Sequence[Span] = inline_spans(cell, references) if cell else ()
            inner = max(wide - 2 * padding, 8.0)
            flow = Flow(spans, face, look, inner, colour=colour, align=_ALIGN[alignment])
            self._cells.append((x + padding, flow))
            x += wide
        tallest = max((flow.height for _, flow in self._cells), default=0.0)
        self.height = leaf.frame.above + tallest + 2 * _PAD_Y + 1.0
        top = leaf.frame.above + _PAD_Y
        self._hots = [hot for x, flow in self._cells for hot in flow.links(x, top)]

    @property
    def hots(self) -> Sequence[Hot]:
        return self._hots

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame = self._leaf.frame
        paint_bars(painter, frame, self.height, paint.look)
        line = QRectF(frame.indent, self.height - 1.0, self._width, 1.0)
        painter.fillRect(line, paint.look.colour(paint.look.theme.line))
        hover = paint.hover.url if isinstance(paint.hover, OpenLink) else ""
        start = 0
        for x, flow in self._cells:
            end = start + len(flow.text)
            selection = None
            if paint.selection is not None:
                first = max(paint.selection[0], start) - start
                last = min(paint.selection[1], end) - start
                selection = (first, last) if first < last else None
            y = frame.above + _PAD_Y
            flow.paint(painter, x, y, selection=selection, hover=hover)
            start = end + 1

    def character_at(self, point: QPointF) -> int:
        start = 0
        chosen = 0
        for x, flow in self._cells:
            if point.x() < x - _PAD_X_TIGHT and start:
                break
            y = point.y() - self._leaf.frame.above - _PAD_Y
            chosen = start + flow.character_at(point.x() - x, y)
            start += len(flow.text) + 1
        return chosen

    @property
    def length(self) -> int:
        return sum(len(flow.text) + 1 for _, flow in self._cells) - 1

    def scroll(self, by: float) -> bool:
        return False
