# SPDX-License-Identifier: MIT
"""One cell of a table: laid out when it is painted or may need more than a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from chatglm_desktop.gui.transcript.flow import Flow
from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.markdown.blocks import Span


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
        self._spans = spans
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
            self._spans,
            self._face,
            self._look,
            self.width,
            colour=self._colour,
            align=self._align,
        )

    def height(self, metrics: QFontMetricsF) -> float:
        """Its height; ``metrics`` are those of the face."""
        if self._plain and metrics.horizontalAdvance(self.text) <= self.width - 1.0:
            return self._face.line_height
        return self.flow.height

    @property
    def linked(self) -> bool:
        """Whether there is something to click in it."""
        return any(span.link or span.cite or span.note for span in self._spans)

    @property
    def waits(self) -> bool:
        """Whether a formula in it is still to be typeset."""
        return not self._plain and self.flow.waits

    @property
    def _plain(self) -> bool:
        """Whether it is text of one line in the font of the face."""
        return not self.text or (self._spans == (Span(self.text),) and "\n" not in self.text)
