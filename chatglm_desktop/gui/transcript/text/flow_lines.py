# SPDX-License-Identifier: MIT
"""The lines of a text layout: where each stands, and what is where in it; paints nothing.

Places are counted in units of the layout.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTextLayout, QTextLine

from chatglm_desktop.gui.transcript.look import Face
from chatglm_desktop.gui.transcript.text.shown import Run

_TOUCH = 0.5
"""Pixels between two pieces that count as one."""


class FlowLines:
    """Breaks ``layout`` into lines of ``width``.

    They have the height of the face, whatever fonts their characters need, but for those with a
    formula that is taller.
    """

    def __init__(
        self,
        layout: QTextLayout,
        width: float,
        face: Face,
        runs: Sequence[Run],
        *,
        two_ways: bool,
    ) -> None:
        self._face = face
        self._two_ways = two_ways
        self._lines: list[QTextLine] = []
        self._starts: list[int] = []
        self._tops: list[float] = []
        self._bases: list[float] = []
        formulas = [run for run in runs if run.formula is not None]
        end = runs[-1].end if runs else 0
        y = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            if self._lines and line.textStart() == end:
                # A break at the very end only ends its line: what follows is another piece.
                break
            line.setLineWidth(width)
            ascent, descent = face.ascent, face.line_height - face.ascent
            if formulas:
                ascent, descent = self._extent(line, formulas)
            # All base lines are at the same distance, whichever font a line falls back to.
            line.setPosition(QPointF(0.0, y + ascent - line.ascent()))
            self._lines.append(line)
            self._starts.append(line.textStart())
            self._tops.append(y)
            self._bases.append(y + ascent)
            y += ascent + descent
        layout.endLayout()
        self.height = y if self._lines else face.line_height
        self.natural_width = max((line.naturalTextWidth() for line in self._lines), default=0.0)

    @property
    def edges(self) -> tuple[float, ...]:
        """The tops of the lines, and the bottom of the last one."""
        return (*(self._tops or (0.0,)), self.height)

    def draw(self, painter: QPainter, corner: QPointF, number: int) -> None:
        """Draw one line of the text whose top left corner is there."""
        if number < len(self._lines):
            self._lines[number].draw(painter, corner)

    def _extent(self, line: QTextLine, formulas: Sequence[Run]) -> tuple[float, float]:
        """How far a line with formulas reaches above and below its base line."""
        first, last = line.textStart(), line.textStart() + line.textLength()
        ascent, descent = self._face.ascent, self._face.line_height - self._face.ascent
        size = self._face.formula_size
        for run in formulas:
            if run.formula is not None and first <= run.start < last:
                # By whole pixels, so that base lines stay as sharp as they are.
                ascent += max(ceil(run.formula.ascent * size + 1.0 - ascent), 0)
                descent += max(ceil(run.formula.descent * size + 1.0 - descent), 0)
        return ascent, descent

    def number(self, unit: int) -> int:
        """The number of the line in which a unit is."""
        return max(bisect_right(self._starts, unit) - 1, 0)

    def between(self, top: float, bottom: float) -> tuple[int, int]:
        """The first unit and the one after the last of the lines that are seen in between."""
        if not self._lines:
            return 0, 0
        first = self._lines[max(bisect_right(self._tops, top) - 1, 0)]
        last = self._lines[max(bisect_left(self._tops, bottom) - 1, 0)]
        return first.textStart(), last.textStart() + last.textLength()

    def base(self, unit: int) -> QPointF:
        """The left end of a unit on the base line."""
        number = self.number(unit)
        left = min((left for left, _ in self._pieces(self._lines[number], unit, unit + 1)))
        return QPointF(left, self._bases[number])

    def rects(self, start: int, end: int, *, tight: bool = False) -> Iterator[QRectF]:
        """Rectangles as high as their lines: one per line, or more where directions mix.

        If ``tight``, as high as lines of the face, around the same base lines.
        """
        for number in range(self.number(start), len(self._lines)):
            line = self._lines[number]
            first, last = line.textStart(), line.textStart() + line.textLength()
            if first >= end:
                return
            if last > start:
                top, height = self._tops[number], self._height(number)
                if tight:
                    top = self._bases[number] - self._face.ascent
                    height = self._face.line_height
                for left, right in self._pieces(line, max(start, first), min(end, last)):
                    yield QRectF(left, top, right - left, height)

    def _pieces(self, line: QTextLine, start: int, end: int) -> Iterator[tuple[float, float]]:
        """Left and right of what belongs together from ``start`` to ``end``."""
        if not self._two_ways:
            yield _x(line, start), _x(line, end)
            return
        # A place between two directions is at two points: only glyphs tell where text is.
        boxes = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
        ends = sorted((box.left(), box.right()) for box in boxes)
        while ends:
            left, right = ends.pop(0)
            while ends and ends[0][0] <= right + _TOUCH:
                right = max(right, ends.pop(0)[1])
            yield left, right

    def _height(self, number: int) -> float:
        following = number + 1
        below = self._tops[following] if following < len(self._tops) else self.height
        return below - self._tops[number]

    def unit_at(self, x: float, y: float) -> int:
        """The boundary nearest to a point; it never parts what is drawn as one."""
        if not self._lines:
            return 0
        line = self._lines[max(bisect_right(self._tops, y) - 1, 0)]
        return int(line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters))

    def caret(self, unit: int) -> QRectF:
        """Where a caret before a unit stands: as high as its line, without width."""
        if not self._lines:
            return QRectF(0.0, 0.0, 0.0, self._face.line_height)
        number = self.number(unit)
        x = _x(self._lines[number], unit)
        return QRectF(x, self._tops[number], 0.0, self._height(number))

    def ends(self, unit: int) -> tuple[int, int]:
        """The first and the last place for a caret in the line that a unit is in."""
        if not self._lines:
            return 0, 0
        number = self.number(unit)
        line = self._lines[number]
        end = line.textStart() + line.textLength()
        # Where a line is broken, the place after its last unit is in the next line.
        broken = number + 1 < len(self._lines)
        return line.textStart(), end - broken

    def end(self) -> QPointF:
        """Where the text ends, at the top of a row of the face's height on the last base line."""
        if not self._lines:
            return QPointF(0.0, 0.0)
        line = self._lines[-1]
        x = _x(line, line.textStart() + line.textLength())
        return QPointF(x, self._bases[-1] - self._face.ascent)

    def last_rect(self) -> QRectF:
        """The text of the last line."""
        if not self._lines:
            return QRectF(0.0, 0.0, 0.0, self._face.line_height)
        line, top = self._lines[-1], self._tops[-1]
        text = line.naturalTextRect()
        return QRectF(text.left(), top, text.width(), self.height - top)


def _x(line: QTextLine, unit: int) -> float:
    # PySide returns the position along with the unit that it belongs to; its stubs do not say so.
    x: float = line.cursorToX(unit)[0]  # type: ignore[index] # see above
    return x
