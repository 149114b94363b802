# SPDX-License-Identifier: MIT
"""Leaves of a message set as pieces for paper; knows no page and no message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from chatglm_desktop.gui.exporting.pages import Ground, Piece, kept_together
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.math.formula import Formula
from chatglm_desktop.gui.transcript.rows.code_colours import syntax_colour
from chatglm_desktop.gui.transcript.rows.table_cell import TableCell
from chatglm_desktop.gui.transcript.rows.table_columns import PAD, fit_columns
from chatglm_desktop.gui.transcript.rows.table_row import ALIGNMENTS
from chatglm_desktop.gui.transcript.rows.text_row import paint_bars, paint_marker
from chatglm_desktop.gui.transcript.text.flow import ENDLESS, Flow
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.highlight import LineTokens
from chatglm_desktop.markdown.highlighters import new_highlighter
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.transcript.leaves import (
    CodeLeaf,
    Frame,
    Leaf,
    MathLeaf,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
)
from chatglm_desktop.transcript.texts import leaf_spans
from chatglm_desktop.transcript.widths import column_cuts

SHORT_CODE = 25
"""Lines of code up to which a block is not parted."""
_MOST_COLOURED = 5000
_CODE_PAD = 10.0
_CELL_PAD = 5.0
_LEAST_SCALE = 0.5
"""How much smaller a wide table becomes before its words are broken."""


class Setting:
    """Sets leaves in ``width`` pixels; ``dim`` as thinking is."""

    def __init__(self, look: Look, width: float, *, dim: bool = False) -> None:
        self._look = look
        self._width = width
        self._dim = dim
        self._colour = look.theme.dim if dim else look.theme.text

    def leaves(self, leaves: Iterable[Leaf], references: Mapping[str, str]) -> Iterator[Piece]:
        """The pieces of leaves that stand below each other."""
        table: list[TableLeaf] = []
        for leaf in leaves:
            if table and not (isinstance(leaf, TableLeaf) and not leaf.header):
                yield from self._table(table, references)
                table = []
            if isinstance(leaf, TableLeaf):
                table.append(leaf)
            else:
                yield from self._leaf(leaf, references)
        if table:
            yield from self._table(table, references)

    def _leaf(
        self, leaf: TextLeaf | CodeLeaf | RuleLeaf | MathLeaf, references: Mapping[str, str]
    ) -> Iterator[Piece]:
        match leaf:
            case TextLeaf():
                yield from self._text(leaf, references)
            case CodeLeaf():
                yield from self._code(leaf)
            case RuleLeaf(frame):
                yield Piece(1.0, partial(self._rule, frame), frame.above)
            case MathLeaf():
                yield from self._math(leaf)
            case _:
                assert_never(leaf)

    def _text(self, leaf: TextLeaf, references: Mapping[str, str]) -> Iterator[Piece]:
        face = self._face(leaf)
        frame = leaf.frame
        spans = leaf_spans(leaf, references)
        room = max(self._width - frame.indent, 1.0)
        flow = Flow(spans, face, self._look, room, colour=self._colour)
        pieces = kept_together(self.lines(flow, frame, face))
        for piece in pieces:
            # No heading at the end of a page.
            yield replace(piece, joins=True) if leaf.level else piece

    def _face(self, leaf: TextLeaf) -> Face:
        if leaf.level:
            return self._look.headings[min(leaf.level, len(self._look.headings)) - 1]
        return self._look.thinking if self._dim else self._look.body

    def lines(
        self, flow: Flow, frame: Frame, face: Face, ground: Ground | None = None
    ) -> Iterator[Piece]:
        """The lines of running text, with the marker of its list before the first one."""
        edges = flow.edges
        right = self._width if flow.leftwards else None
        left = 0.0 if flow.leftwards else frame.indent

        def draw(number: int, painter: QPainter, top: float) -> None:
            first, height = edges[number], edges[number + 1] - edges[number]
            own = frame if number == 0 else replace(frame, marker="", fresh=0)
            bars = replace(own, above=0.0, fresh=0)
            painter.translate(0.0, top)
            paint_bars(painter, bars, height, self._look, right=right)
            paint_marker(painter, own, face.line_height / 2, face, self._look, right=right)
            painter.translate(0.0, -top)
            flow.paint_line(painter, left, top - first, number)

        for number in range(len(edges) - 1):
            height = edges[number + 1] - edges[number]
            above = frame.above if number == 0 else 0.0
            yield Piece(height, partial(draw, number), above, ground=ground)

    def _code(self, leaf: CodeLeaf) -> Iterator[Piece]:
        look, left = self._look, leaf.frame.indent
        ground = Ground(left, self._width, look.theme.surface, look.theme.line)
        limit = max(int((self._width - left - 2 * _CODE_PAD) / look.code_column), 8)
        pieces = [Piece(_CODE_PAD, None, leaf.frame.above, joins=True, ground=ground)]
        for text, colours in _code_lines(leaf, limit, look.theme):
            spans = (Span(text),) if text else ()
            flow = Flow(spans, look.code, look, ENDLESS, colours=colours)

            def draw(painter: QPainter, top: float, flow: Flow = flow) -> None:
                flow.paint(painter, left + _CODE_PAD, top)

            pieces.append(Piece(look.code.line_height, draw, ground=ground))
        pieces.append(Piece(_CODE_PAD, None, ground=ground))
        kept = list(kept_together(pieces[1:-1], most=SHORT_CODE))
        kept[-1] = replace(kept[-1], joins=True)
        yield from (pieces[0], *kept, pieces[-1])

    def _rule(self, frame: Frame, painter: QPainter, top: float) -> None:
        line = QRectF(frame.indent, top, self._width - frame.indent, 1.0)
        painter.fillRect(line, self._look.colour(self._look.theme.line))

    def _math(self, leaf: MathLeaf) -> Iterator[Piece]:
        look, frame = self._look, leaf.frame
        found = look.formulas.get(leaf.tex, display=True)
        if not isinstance(found, Formula):
            source = (Span(leaf.tex),) if leaf.tex else ()
            flow = Flow(source, look.code, look, max(self._width - frame.indent, 1.0))
            yield from self.lines(flow, frame, look.code)
            return
        size = look.body.formula_size
        room = max(self._width - frame.indent, 1.0)
        # What is wider than the page becomes smaller.
        size *= min(1.0, room / max(found.width * size, 1.0))
        left = frame.indent + (room - found.width * size) / 2
        height = (found.ascent + found.descent) * size

        def draw(painter: QPainter, top: float) -> None:
            origin = QPointF(left, top + found.ascent * size)
            found.paint(painter, origin, size, look.colour(self._colour))

        yield Piece(height + 8.0, draw, frame.above + 4.0)

    def _table(self, rows: Sequence[TableLeaf], references: Mapping[str, str]) -> Iterator[Piece]:
        frame = rows[0].frame
        room = max(self._width - frame.indent, 1.0)
        widths = fit_columns(rows[0].columns, rows[0].words, room).widths
        scale = max(min(1.0, room / max(sum(widths), 1.0)), _LEAST_SCALE)
        share = min(1.0, room / (scale * max(sum(widths), 1.0)))
        widths = tuple(width * share for width in widths)
        made = [self._row(leaf, widths, scale, references) for leaf in rows]
        made[0] = replace(made[0], joins=len(made) > 1)
        yield from made

    def _row(
        self,
        leaf: TableLeaf,
        widths: Sequence[float],
        scale: float,
        references: Mapping[str, str],
    ) -> Piece:
        look = self._look
        face = look.strong_cell if leaf.header else look.cell
        cells: list[TableCell] = []
        x = 0.0
        for source, wide, side in zip(leaf.cells, widths, leaf.alignments, strict=True):
            spans = inline_spans(source, references)
            inner = max(wide - 2 * PAD, 8.0)
            align = ALIGNMENTS[side]
            cells.append(
                TableCell(spans, face, look, x + PAD, inner, colour=self._colour, align=align)
            )
            x += wide
        metrics = QFontMetricsF(face.font)
        tallest = max((cell.height(metrics) for cell in cells), default=face.line_height)
        height = tallest + 2 * _CELL_PAD
        left = leaf.frame.indent

        def draw(painter: QPainter, top: float) -> None:
            painter.save()
            painter.translate(left, top)
            painter.scale(scale, scale)
            ground = look.theme.table_head if leaf.header else look.theme.line
            high = height if leaf.header else 0.75
            painter.fillRect(QRectF(0.0, height - high, x, high), look.colour(ground))
            for cell in cells:
                cell.flow.paint(painter, cell.x, _CELL_PAD)
            painter.restore()

        above = leaf.frame.above if leaf.header else 0.0
        return Piece(height * scale, draw, above)


def _code_lines(
    leaf: CodeLeaf, limit: int, theme: Theme
) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The lines of code as they fit, with their colours."""
    lines = leaf.code.lines
    tokens = new_highlighter(leaf.code.language).feed(lines[:_MOST_COLOURED])
    for number, line in enumerate(lines):
        runs = tokens[number] if number < len(tokens) else ()
        starts = [0, *column_cuts(line, limit), len(line)]
        for start, end in pairwise(starts):
            yield line[start:end], list(_between(runs, start, end, theme))


def _between(
    runs: LineTokens, start: int, end: int, theme: Theme
) -> Iterator[tuple[int, int, str]]:
    for first, length, kind in runs:
        begin, stop = max(first, start), min(first + length, end)
        if begin < stop:
            yield begin - start, stop - begin, syntax_colour(kind, theme)
