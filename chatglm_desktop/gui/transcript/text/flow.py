# SPDX-License-Identifier: MIT
"""Running text in spans, laid out to a width: one QTextLayout; knows no blocks and no items.

Characters are counted as Python counts them; the layout counts units of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPainterPath,
    QTextCharFormat,
    QTextFormat,
    QTextLayout,
    QTextOption,
)

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.math.formula import Formula
from chatglm_desktop.gui.transcript.rows.row import (
    Action,
    Hot,
    Mark,
    OpenLink,
    OpenNote,
    OpenSource,
)
from chatglm_desktop.gui.transcript.text.flow_lines import FlowLines
from chatglm_desktop.gui.transcript.text.formats import BOX_PAD, MARK_PAD, format_range, run_formats
from chatglm_desktop.gui.transcript.text.shown import Run, Shown
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.direction import goes_left, mixes
from chatglm_desktop.transcript.widths import TAB

ENDLESS = 1e6
"""The width of text that is never wrapped (code)."""

_MARK_HEIGHT = 0.62
"""The height of the ground of a raised number, in line heights."""


class Flow:
    """Text in lines, as long as ``width`` allows; its first letter decides its direction.

    ``colours`` are start, length and colour of runs, in characters.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        face: Face,
        look: Look,
        width: float,
        *,
        colour: str = "",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        colours: Sequence[tuple[int, int, str]] = (),
    ) -> None:
        self._face = face
        self._look = look
        self._colour = colour or look.theme.text
        self.text = "".join(span.text for span in spans)
        self._shown = Shown(spans, look.formulas)
        self.waits = self._shown.waits
        """Whether a formula is shown as its source until it is typeset."""
        self.leftwards = width < ENDLESS and goes_left(self.text)
        """Whether it is read from right to left; code never is."""
        self._layout = QTextLayout(self._shown.text.replace("\n", "\u2028"), face.font)
        self._layout.setTextOption(self._option(width, align))
        self._layout.setCacheEnabled(True)
        formats = list(run_formats(self._shown.runs, face, look, leftwards=self.leftwards))
        formats += self._colour_formats(colours)
        self._layout.setFormats(formats)
        self._one_colour = self._colour == look.theme.text and not any(
            part.format.hasProperty(QTextFormat.Property.ForegroundBrush) for part in formats
        )
        two_ways = self.leftwards or mixes(self.text)
        self._lines = FlowLines(self._layout, width, face, self._shown.runs, two_ways=two_ways)
        self.height = self._lines.height
        self.natural_width = self._lines.natural_width

    @property
    def edges(self) -> tuple[float, ...]:
        """The tops of its lines, and the bottom of the last one."""
        return self._lines.edges

    def _option(self, width: float, align: Qt.AlignmentFlag) -> QTextOption:
        if self.leftwards and align == Qt.AlignmentFlag.AlignLeft:
            align = Qt.AlignmentFlag.AlignRight
        option = QTextOption(align)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if self.leftwards else Qt.LayoutDirection.LeftToRight
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if width >= ENDLESS:
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            option.setTabStopDistance(self._look.code_column * TAB)
        return option

    def _colour_formats(
        self, colours: Sequence[tuple[int, int, str]]
    ) -> Iterator[QTextLayout.FormatRange]:
        units = self._shown.units
        for character, count, colour in colours:
            first = units.units(character)
            form = QTextCharFormat()
            form.setForeground(self._look.colour(colour))
            yield format_range(first, units.units(character + count) - first, form)

    def hots(self, x: float, y: float) -> list[Hot]:
        """Where its links and marks are when it stands at (``x``, ``y``)."""
        hots = []
        for action, group in groupby(self._shown.runs, lambda run: _action(run.span)):
            if action is None:
                continue
            runs = list(group)
            text = "".join(f"${run.span.math}$" if run.span.math else run.span.text for run in runs)
            if isinstance(action, OpenLink):
                action = OpenLink(action.url, text)  # noqa: PLW2901 # the same, with all its text
            for run in runs:
                for rect in self._lines.rects(run.start, run.end):
                    hots.append(Hot(rect.translated(x, y), action, text))
        return hots

    def paint(
        self,
        painter: QPainter,
        x: float,
        y: float,
        *,
        selection: tuple[int, int] | None = None,
        beyond: bool = False,
        marks: Sequence[Mark] = (),
        hover: Action | None = None,
        clip: QRectF | None = None,
    ) -> None:
        """Draw the text with its top left corner at (``x``, ``y``)."""
        for run in self._shown.runs:
            if run.span.code or run.span.note or run.span.cite:
                self._paint_ground(painter, QPointF(x, y), run, hover, clip)
        if selection is not None:
            self._paint_selection(painter, x, y, selection, beyond)
        boxes = self._paint_marks(painter, QPointF(x, y), marks, clip)
        painter.setPen(self._look.colour(self._colour))
        self._paint_text(painter, QPointF(x, y), boxes, clip)
        for run in self._shown.runs:
            if run.formula is not None:
                base = QPointF(x, y) + self._lines.base(run.start)
                box = run.formula.box(base, self._face.formula_size)
                if clip is None or clip.intersects(box):
                    self._paint_formula(painter, base, run, run.formula)
        if isinstance(hover, OpenLink):
            self._underline(painter, x, y, hover)

    def paint_line(self, painter: QPainter, x: float, y: float, number: int) -> None:
        """Draw one line, where :meth:`paint` would draw it."""
        edges = self._lines.edges
        line = QRectF(-ENDLESS, y + edges[number], 2 * ENDLESS, edges[number + 1] - edges[number])
        inner = line.adjusted(0.0, line.height() * 0.4, 0.0, -line.height() * 0.4)
        for run in self._shown.runs:
            if run.span.code or run.span.note or run.span.cite:
                self._paint_ground(painter, QPointF(x, y), run, None, inner)
        painter.setPen(self._look.colour(self._colour))
        self._lines.draw(painter, QPointF(x, y), number)
        for run in self._shown.runs:
            if run.formula is not None and self._lines.number(run.start) == number:
                base = QPointF(x, y) + self._lines.base(run.start)
                self._paint_formula(painter, base, run, run.formula)

    def _paint_ground(
        self,
        painter: QPainter,
        corner: QPointF,
        run: Run,
        hover: Action | None,
        clip: QRectF | None,
    ) -> None:
        """The box of inline code, or the ground of a raised number."""
        theme = self._look.theme
        painter.setPen(Qt.PenStyle.NoPen)
        if run.span.code:
            painter.setBrush(self._look.colour(theme.inline_code))
            height = self._face.font.pointSizeF() * 1.9
            pad, top = BOX_PAD, (self._face.line_height - height) / 2
        else:
            hovered = hover is not None and hover == _action(run.span)
            painter.setBrush(self._look.colour(theme.selection if hovered else theme.accent_weak))
            height = round(self._face.line_height * _MARK_HEIGHT)
            pad, top = MARK_PAD, 1.0
        for rect in self._lines.rects(run.start, run.end, tight=True):
            # The room is on the right of characters, whichever way they are read.
            box = QRectF(rect.left() - pad, rect.top() + top, rect.width() + pad, height)
            box.translate(corner)
            if clip is None or clip.intersects(box):
                painter.drawRoundedRect(box, 4.0, 4.0)

    def _paint_marks(
        self, painter: QPainter, corner: QPointF, marks: Sequence[Mark], clip: QRectF | None
    ) -> QPainterPath:
        """Draw the marks that can be seen; returns where they are."""
        boxes = QPainterPath()
        units = self._shown.units
        first, last = 0, units.units(len(self.text))
        if clip is not None and marks:
            first, last = self._lines.between(clip.top() - corner.y(), clip.bottom() - corner.y())
        first, last = units.character(first), units.character(last)
        painter.setPen(Qt.PenStyle.NoPen)
        for mark in marks:
            if mark.end > first and mark.start < last:
                painter.setBrush(self._look.colour(mark.colour))
                start, end = units.units(mark.start), units.units(mark.end)
                for rect in self._lines.rects(start, end, tight=True):
                    box = rect.translated(corner)
                    painter.drawRoundedRect(box, 3.0, 3.0)
                    boxes.addRect(box)
        return boxes

    def _paint_text(
        self, painter: QPainter, corner: QPointF, boxes: QPainterPath, clip: QRectF | None
    ) -> None:
        """Draw the text, in ``boxes`` in the one colour that can be read on every mark."""
        if boxes.isEmpty() or self._one_colour:
            self._layout.draw(painter, corner, [], clip or QRectF())
            return
        # Not as formats of the library, which draws the text once more for each of them.
        form = QTextCharFormat()
        form.setForeground(self._look.colour(self._look.theme.text))
        everywhere = format_range(0, self._shown.units.units(len(self.text)), form)
        around = QPainterPath(boxes)
        seen = self._layout.boundingRect().translated(corner) if clip is None else clip
        room = self._face.line_height
        around.addRect((seen | boxes.boundingRect()).adjusted(-room, -room, room, room))
        for part, formats in ((around, []), (boxes, [everywhere])):
            painter.save()
            painter.setClipPath(part, Qt.ClipOperation.IntersectClip)
            self._layout.draw(painter, corner, formats, clip or QRectF())
            painter.restore()

    def _paint_selection(
        self, painter: QPainter, x: float, y: float, selection: tuple[int, int], beyond: bool
    ) -> None:
        start, end = (self._shown.units.units(character) for character in selection)
        colour = self._look.colour(self._look.theme.selection)
        for rect in self._lines.rects(start, end):
            painter.fillRect(rect.translated(x, y), colour)
        if beyond:
            last = self._lines.last_rect().translated(x, y)
            left = last.left() - 6.0 if self.leftwards else last.right()
            painter.fillRect(QRectF(left, last.top(), 6.0, last.height()), colour)

    def _paint_formula(self, painter: QPainter, base: QPointF, run: Run, formula: Formula) -> None:
        span = run.span
        colour = self._look.colour(self._look.theme.accent if span.link else self._colour)
        bold = span.bold or self._face.font.weight() >= QFont.Weight.DemiBold
        formula.paint(painter, base, self._face.formula_size, colour, bold=bold)

    def _underline(self, painter: QPainter, x: float, y: float, link: OpenLink) -> None:
        painter.setPen(self._look.colour(self._look.theme.accent))
        for run in self._shown.runs:
            if _action(run.span) == link and not run.span.cite:
                for rect in self._lines.rects(run.start, run.end, tight=True):
                    left = QPointF(x + rect.left(), y + rect.top() + self._face.ascent + 2.5)
                    painter.drawLine(left, left + QPointF(rect.width(), 0.0))

    def character_at(self, x: float, y: float) -> int:
        """The character boundary nearest to a point."""
        return self._shown.units.character(self._lines.unit_at(x, y))

    def caret_rect(self, character: int) -> QRectF:
        """Where a caret before a character stands: as high as its line, without width."""
        return self._lines.caret(self._shown.units.units(character))

    def line_at(self, character: int) -> tuple[int, int]:
        """The first and the last place for a caret in the line that a character is in."""
        first, last = self._lines.ends(self._shown.units.units(character))
        units = self._shown.units
        return units.character(first), min(units.character(last), len(self.text))

    def end_point(self) -> QPointF:
        """Where the text ends: beside its last character, at the top of the last line."""
        return self._lines.end()


def _action(span: Span) -> Action | None:
    """What a click on a span does."""
    if span.link:
        return OpenLink(span.link)
    if span.cite:
        return OpenSource(span.cite)
    return OpenNote(span.note) if span.note else None
