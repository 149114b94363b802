# SPDX-License-Identifier: MIT
"""Running text in spans, laid out to a width: one QTextLayout; knows no blocks and no items.

Characters are counted as Python counts them; QTextLayout counts UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.row import Hot, OpenLink
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.transcript.widths import TAB

_CODE_PAD = 4.0


ENDLESS = 1e6
"""The width of text that is never wrapped (code)."""


class Utf16:
    """Converts between characters of a text and its UTF-16 units."""

    def __init__(self, text: str) -> None:
        pairs = max(text, default="") > "\uffff"
        self._wide = [i for i, c in enumerate(text) if c > "\uffff"] if pairs else []
        self._units = [index + count for count, index in enumerate(self._wide)]

    def units(self, character: int) -> int:
        return character + bisect_left(self._wide, character)

    def character(self, unit: int) -> int:
        return unit - bisect_left(self._units, unit)


class Flow:
    """Text in lines of a fixed height, whatever fonts its characters need.

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
        self._spans = spans
        self._face = face
        self._look = look
        self._width = width
        self._colour = colour or look.theme.text
        self.text = "".join(span.text for span in spans)
        self._utf16 = Utf16(self.text)
        self._layout = QTextLayout(self.text.replace("\n", "\u2028"), face.font)
        self._colours = colours
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if width >= ENDLESS:
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            option.setTabStopDistance(look.code_column * TAB)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.setFormats(list(self._formats()))
        self._lines = self._break()
        self.height = max(len(self._lines), 1) * face.line_height
        self.natural_width = max((line.naturalTextWidth() for line in self._lines), default=0.0)

    def _break(self) -> list[QTextLine]:
        lines: list[QTextLine] = []
        y = 0.0
        end = self._utf16.units(len(self.text))
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            if lines and line.textStart() == end:
                # A break at the very end only ends its line: what follows is another piece.
                break
            line.setLineWidth(self._width)
            # All base lines are at the same distance, whichever font a line falls back to.
            line.setPosition(QPointF(0.0, y + self._face.ascent - line.ascent()))
            lines.append(line)
            y += self._face.line_height
        self._layout.endLayout()
        return lines

    def _formats(self) -> Iterator[QTextLayout.FormatRange]:
        for start, length, span in self._ranges():
            if span.bold or span.italic or span.strike or span.code or span.link:
                yield _range(start, length, self._format(span))
            if span.code:
                if start:
                    yield _range(start - 1, 1, _spaced(QTextCharFormat()))
                yield _range(start + length - 1, 1, _spaced(self._format(span)))
        for character, count, colour in self._colours:
            first = self._utf16.units(character)
            form = QTextCharFormat()
            form.setForeground(self._look.colour(colour))
            yield _range(first, self._utf16.units(character + count) - first, form)

    def _format(self, span: Span) -> QTextCharFormat:
        form = QTextCharFormat()
        if span.code:
            form.setFont(self._look.inline_code(self._face))
        if span.bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        if span.italic:
            form.setFontItalic(True)
        if span.strike:
            form.setFontStrikeOut(True)
        if span.link:
            form.setForeground(self._look.colour(self._look.theme.accent))
        return form

    def _ranges(self) -> Iterator[tuple[int, int, Span]]:
        """Start and length of each span in UTF-16 units."""
        start = 0
        for span in self._spans:
            end = start + len(span.text)
            first = self._utf16.units(start)
            if end > start:
                yield first, self._utf16.units(end) - first, span
            start = end

    def links(self, x: float, y: float) -> list[Hot]:
        """Where its links are when it stands at (``x``, ``y``)."""
        hots = []
        for url, ranges in groupby(self._ranges(), lambda each: each[2].link):
            if url:
                parts = list(ranges)
                text = "".join(span.text for _, _, span in parts)
                for start, length, _ in parts:
                    for rect in self._rects(start, start + length):
                        hots.append(Hot(rect.translated(x, y), OpenLink(url, text), text))
        return hots

    def paint(
        self,
        painter: QPainter,
        x: float,
        y: float,
        *,
        selection: tuple[int, int] | None = None,
        beyond: bool = False,
        hover: str = "",
        clip: QRectF | None = None,
    ) -> None:
        """Draw the text with its top left corner at (``x``, ``y``)."""
        self._paint_code(painter, x, y)
        if selection is not None:
            self._paint_selection(painter, x, y, selection, beyond)
        painter.setPen(self._look.colour(self._colour))
        self._layout.draw(painter, QPointF(x, y), [], clip or QRectF())
        if hover:
            self._underline(painter, x, y, hover)

    def _paint_code(self, painter: QPainter, x: float, y: float) -> None:
        inset = (self._face.line_height - self._face.font.pointSizeF() * 1.9) / 2
        for start, length, span in self._ranges():
            if span.code:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._look.colour(self._look.theme.inline_code))
                for rect in self._rects(start, start + length):
                    box = rect.translated(x, y).adjusted(-_CODE_PAD, inset, 0.0, -inset)
                    painter.drawRoundedRect(box, 4.0, 4.0)

    def _paint_selection(
        self, painter: QPainter, x: float, y: float, selection: tuple[int, int], beyond: bool
    ) -> None:
        start, end = (self._utf16.units(character) for character in selection)
        colour = self._look.colour(self._look.theme.selection)
        for rect in self._rects(start, end):
            painter.fillRect(rect.translated(x, y), colour)
        if beyond:
            last = self._lines[-1] if self._lines else None
            left = last.naturalTextWidth() if last is not None else 0.0
            left += last.x() if last is not None else 0.0
            top = self.height - self._face.line_height
            painter.fillRect(QRectF(x + left, y + top, 6.0, self._face.line_height), colour)

    def _underline(self, painter: QPainter, x: float, y: float, url: str) -> None:
        painter.setPen(self._look.colour(self._look.theme.accent))
        for hot in self.links(x, y):
            if hot.action == OpenLink(url):
                bottom = hot.rect.top() + self._face.ascent + 2.5
                painter.drawLine(
                    QPointF(hot.rect.left(), bottom), QPointF(hot.rect.right(), bottom)
                )

    def _rects(self, start: int, end: int) -> list[QRectF]:
        """A rectangle per line for the units from ``start`` to ``end``."""
        rects = []
        for number, line in enumerate(self._lines):
            first, last = line.textStart(), line.textStart() + line.textLength()
            if first >= end:
                break
            if last <= start:
                continue
            left = _x(line, max(start, first))
            right = _x(line, min(end, last))
            top = number * self._face.line_height
            height = self._face.line_height
            rects.append(QRectF(min(left, right), top, abs(right - left), height))
        return rects

    def character_at(self, x: float, y: float) -> int:
        """The character boundary nearest to a point."""
        if not self._lines:
            return 0
        number = min(max(int(y / self._face.line_height), 0), len(self._lines) - 1)
        unit = self._lines[number].xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
        return self._utf16.character(int(unit))

    def end_point(self) -> QPointF:
        """Where the text ends: right of its last character, at the top of the last line."""
        if not self._lines:
            return QPointF(0.0, 0.0)
        line = self._lines[-1]
        x = _x(line, line.textStart() + line.textLength())
        return QPointF(x, (len(self._lines) - 1) * self._face.line_height)


def _x(line: QTextLine, unit: int) -> float:
    # PySide returns the position along with the unit that it belongs to; its stubs do not say so.
    x: float = line.cursorToX(unit)[0]  # type: ignore[index]
    return x


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = length
    result.format = form
    return result


def _spaced(form: QTextCharFormat) -> QTextCharFormat:
    """Room for the edge of an inline code box after a character."""
    form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    form.setFontLetterSpacing(_CODE_PAD)
    return form
