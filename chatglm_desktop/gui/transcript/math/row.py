# SPDX-License-Identifier: MIT
"""A formula on lines of its own as a row; knows no LaTeX and no thread.

It counts as one character, however it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.math.formula import Formula
from chatglm_desktop.gui.transcript.rows.row import Hot, Paint
from chatglm_desktop.gui.transcript.rows.sideways import BAR_ROOM, DragSideways, Sideways
from chatglm_desktop.gui.transcript.rows.text_row import paint_bars, paint_caret, paint_marker
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.leaves import MathLeaf

_PAD_Y = 6.0
_BOX_PAD_X = 14.0
_BOX_PAD_Y = 8.0
_RADIUS = 10.0


def math_row(
    leaf: MathLeaf,
    look: Look,
    width: float,
    sideways: Sideways,
    *,
    dim: bool = False,
    grows: bool = False,
) -> FormulaRow | SourceRow:
    """The formula, or its source while it ``grows`` or is typeset, or if it cannot be."""
    if grows:
        return SourceRow(leaf, look, width, dim=dim, boxed=False)
    found = look.formulas.get(leaf.tex, display=True)
    if isinstance(found, Formula):
        return FormulaRow(leaf, found, look, width, sideways, dim=dim)
    waits = found is None
    return SourceRow(leaf, look, width, dim=dim, boxed=not waits, unfinished=waits)


class FormulaRow:
    """A formula in the middle of its room, or scrolled sideways if it is wider."""

    length = 1
    unfinished = False

    def __init__(
        self,
        leaf: MathLeaf,
        formula: Formula,
        look: Look,
        width: float,
        sideways: Sideways,
        *,
        dim: bool = False,
    ) -> None:
        self._frame = leaf.frame
        self._formula = formula
        self._face = _face(look, dim)
        self._colour = look.theme.dim if dim else look.theme.text
        self._room = max(width - leaf.frame.indent, 1.0)
        self._content = formula.width * self._face.formula_size
        self._sideways = sideways
        sideways.fit(self._content, self._room)
        self._base = round(leaf.frame.above + _PAD_Y + formula.ascent * self._face.formula_size)
        self.height = self._base + formula.descent * self._face.formula_size + _PAD_Y
        if sideways.hidden:
            self.height += BAR_ROOM
        self.natural_width = leaf.frame.indent + self._content

    @property
    def _left(self) -> float:
        """Where the formula begins, as scrolled now."""
        # What is in a list stands where its text would.
        spare = 0.0 if self._frame.marker else max(self._room - self._content, 0.0) / 2
        return self._frame.indent + spare - self._sideways.offset

    @property
    def hots(self) -> Sequence[Hot]:
        thumb = self._thumb()
        return () if thumb.isEmpty() else (Hot(thumb, DragSideways(self._sideways)),)

    def _thumb(self) -> QRectF:
        return self._sideways.thumb(self._frame.indent, self.height)

    def paint(self, painter: QPainter, paint: Paint) -> None:
        frame, look, size = self._frame, paint.look, self._face.formula_size
        paint_bars(painter, frame, self.height, look)
        middle = self._base - self._face.ascent + self._face.line_height / 2
        paint_marker(painter, frame, middle, self._face, look)
        seen = QRectF(frame.indent, frame.above, self._room, self.height - frame.above)
        painter.save()
        painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)
        if paint.selection is not None and paint.selection[0] < paint.selection[1]:
            box = QRectF(self._left, frame.above, self._content, self.height - frame.above)
            painter.fillRect(box, look.colour(look.theme.selection))
        origin = QPointF(self._left, self._base)
        self._formula.paint(painter, origin, size, look.colour(self._colour))
        painter.restore()
        if paint.caret:
            x = min(self._left + self._content, frame.indent + self._room) + 1.0
            paint_caret(painter, QPointF(x, self._base - self._face.ascent), self._face, look)
        caught = paint.hover == DragSideways(self._sideways)
        self._sideways.paint(painter, look, self._thumb(), caught=caught)

    def character_at(self, point: QPointF) -> int:
        return int(point.x() > self._left + self._content / 2)

    def caret_rect(self, character: int) -> QRectF:
        x = self._left + (self._content if character else 0.0)
        return QRectF(x, self._frame.above, 0.0, self.height - self._frame.above)

    def line_at(self, character: int) -> tuple[int, int]:
        return 0, self.length

    def scroll(self, by: float) -> bool:
        return self._sideways.scroll(by)

    def reveal(self, character: int) -> None:
        x = self._content if character else 0.0
        self._sideways.reveal(x, x)


class SourceRow:
    """The source of a formula: in a box, or bare if it is to be a formula soon."""

    length = 1

    def __init__(
        self,
        leaf: MathLeaf,
        look: Look,
        width: float,
        *,
        dim: bool = False,
        boxed: bool = True,
        unfinished: bool = False,
    ) -> None:
        self._frame = leaf.frame
        self._boxed = boxed
        self.unfinished = unfinished
        self._box = QRectF(
            leaf.frame.indent, leaf.frame.above, max(width - leaf.frame.indent, 1.0), 0.0
        )
        inner = max(self._box.width() - 2 * _BOX_PAD_X, 1.0)
        colour = look.theme.dim if dim or not boxed else look.theme.text
        spans = (Span(leaf.tex),) if leaf.tex else ()
        self._flow = Flow(spans, look.code, look, inner, colour=colour)
        self._box.setHeight(self._flow.height + 2 * _BOX_PAD_Y)
        self.height = self._box.bottom()
        self.natural_width = leaf.frame.indent + self._flow.natural_width + 2 * _BOX_PAD_X

    @property
    def hots(self) -> Sequence[Hot]:
        return ()

    def paint(self, painter: QPainter, paint: Paint) -> None:
        look, origin = paint.look, self._origin
        paint_bars(painter, self._frame, self.height, look)
        middle = origin.y() + look.code.line_height / 2
        paint_marker(painter, self._frame, middle, look.body, look)
        if self._boxed:
            painter.setPen(QPen(look.colour(look.theme.line), 1.0))
            painter.setBrush(look.colour(look.theme.surface))
            painter.drawRoundedRect(self._box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        chosen = paint.selection is not None and paint.selection[0] < paint.selection[1]
        self._flow.paint(
            painter,
            origin.x(),
            origin.y(),
            selection=(0, len(self._flow.text)) if chosen else None,
            beyond=paint.beyond,
            clip=paint.clip,
        )
        if paint.caret:
            end = origin + self._flow.end_point() + QPointF(1.0, 0.0)
            paint_caret(painter, end, look.code, look)

    @property
    def _origin(self) -> QPointF:
        return self._box.topLeft() + QPointF(_BOX_PAD_X, _BOX_PAD_Y)

    def character_at(self, point: QPointF) -> int:
        place = point - self._origin
        return int(2 * self._flow.character_at(place.x(), place.y()) > len(self._flow.text))

    def caret_rect(self, character: int) -> QRectF:
        place = len(self._flow.text) if character else 0
        return self._flow.caret_rect(place).translated(self._origin)

    def line_at(self, character: int) -> tuple[int, int]:
        return 0, self.length

    def scroll(self, by: float) -> bool:
        return False

    def reveal(self, character: int) -> None:
        return


def _face(look: Look, dim: bool) -> Face:
    return look.thinking if dim else look.body
