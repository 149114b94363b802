# SPDX-License-Identifier: MIT
"""Spans as one text to be laid out: formulas as room for them, or as source; lays out nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatglm_desktop.core.utf16 import units
from chatglm_desktop.gui.transcript.look import STAND_IN
from chatglm_desktop.gui.transcript.math.formula import Formula
from chatglm_desktop.gui.transcript.math.formulas import Formulas
from chatglm_desktop.gui.transcript.text.units import Units, pairs
from chatglm_desktop.markdown.blocks import Span


@dataclass(frozen=True, slots=True)
class Run:
    """A span in the layout: ``length`` units from ``start`` on.

    A formula that ``waits`` is shown as its source until it is typeset.
    """

    start: int
    length: int
    span: Span
    formula: Formula | None = None
    waits: bool = False

    @property
    def end(self) -> int:
        return self.start + self.length


class Shown:
    """What of ``spans`` is shown, as ``text`` whose places are counted in ``units``."""

    def __init__(self, spans: Sequence[Span], formulas: Formulas) -> None:
        self._formulas = formulas
        self.runs: list[Run] = []
        self._texts: list[str] = []
        wide: list[tuple[int, int]] = []
        character = 0
        for span in spans:
            if span.math:
                length = self._add_formula(span)
                if length != 1:
                    wide.append((character, length))
                character += 1
            elif span.text:
                self._add(span.text, span)
                wide.extend((character + index, 2) for index in pairs(span.text))
                character += len(span.text)
        self.text = "".join(self._texts)
        self.units = Units(wide)

    @property
    def waits(self) -> bool:
        """Whether a formula is still to be typeset."""
        return any(run.waits for run in self.runs)

    def _add(
        self, text: str, span: Span, formula: Formula | None = None, *, waits: bool = False
    ) -> int:
        length = units(text)
        start = self.runs[-1].end if self.runs else 0
        self.runs.append(Run(start, length, span, formula, waits))
        self._texts.append(text)
        return length

    def _add_formula(self, span: Span) -> int:
        found = self._formulas.get(span.math, display=False)
        if isinstance(found, Formula):
            return self._add(STAND_IN, span, found)
        source = " ".join(span.math.split()) or span.text
        if found is None:
            return self._add(source, span, waits=True)
        return self._add(source, replace(span, code=True))
