# SPDX-License-Identifier: MIT
"""One cell of a table: laid out when it is painted or may need more than a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.text.flow import Flow
from chatglm_desktop.gui.transcript.text.formats import BOX_PAD
from chatglm_desktop.markdown.blocks import Span

_SLACK = 4.0
"""Pixels by which text may be wider than its runs one by one."""


class TableCell:
    """``spans`` at ``width`` pixels, ``x`` pixels from the left edge of its table."""

    def __init__(
        self,
        spans: Sequence[Span],
        face: Face,
        look: Look,
        x: float,
        width: float,
        *,
        colour: str,
        align: Qt.AlignmentFlag,
    ) -> None:
        self.spans = spans
        self._face = face
        self._look = look
        self.x = x
        self.width = width
        self._colour = colour
        self._align = align
        self.text = "".join(span.text for span in spans)

    @cached_property
    def flow(self) -> Flow:
        return Flow(
            self.spans,
            self._face,
            self._look,
            self.width,
            colour=self._colour,
            align=self._align,
        )

    def like(self, other: TableCell) -> bool:
        """Whether it stands where ``other`` of the same spans does, and looks the same."""
        mine = (self.x, self.width, self._face, self._colour, self._align)
        theirs = (other.x, other.width, other._face, other._colour, other._align)
        return mine == theirs and not self.waits

    def height(self, metrics: QFontMetricsF) -> float:
        """Its height; ``metrics`` are those of the face."""
        if self._fits(metrics):
            return self._face.line_height
        return self.flow.height

    def _fits(self, metrics: QFontMetricsF) -> bool:
        """Whether it needs no more than one line of the usual height, told without a layout."""
        if "\n" in self.text or any(map(_is_object, self.spans)):
            return False
        wide = sum(self._advance(span, metrics) for span in self.spans)
        return wide <= self.width - _SLACK

    def _advance(self, span: Span, metrics: QFontMetricsF) -> float:
        """Pixels that ``span`` takes, with room on both sides of code."""
        if span.code or span.bold or span.italic:
            font = QFont(self._look.inline_code(self._face) if span.code else self._face.font)
            if span.bold:
                font.setWeight(QFont.Weight.DemiBold)
            font.setItalic(span.italic)
            metrics = QFontMetricsF(font)
        return metrics.horizontalAdvance(span.text) + (2 * BOX_PAD if span.code else 0.0)

    @property
    def linked(self) -> bool:
        """Whether there is something to click in it."""
        return any(span.link or span.cite or span.note for span in self.spans)

    @property
    def waits(self) -> bool:
        """Whether a formula in it is still to be typeset."""
        return any(span.math for span in self.spans) and self.flow.waits


def _is_object(span: Span) -> bool:
    """Whether it is no running text, but a formula or a raised number."""
    return bool(span.math or span.note or span.cite)
