# SPDX-License-Identifier: MIT
"""The formats of running text: how each run of a layout looks; lays out nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.shown import Run

BOX_PAD = 4.0
"""Room between the edge of a box and the text in it."""
MARK_PAD = 3.0
"""The same for a raised number."""
_LONGEST_CLUSTER = 32


def run_formats(runs: Sequence[Run], face: Face, look: Look) -> Iterator[QTextLayout.FormatRange]:
    """The formats of all runs that do not look like the face."""
    for number, run in enumerate(runs):
        following = runs[number + 1] if number + 1 < len(runs) else None
        form = _format(run, face, look)
        pad = max(_pad(run), _pad(following))
        if run.formula is not None:
            form = _room(run.formula.width * face.formula_size - face.stand_in + pad)
        if form is not None:
            yield format_range(run.start, run.length, form)
        if pad and run.formula is None:
            last = min(_last_cluster(run.span.text), run.length)
            yield format_range(run.end - last, last, _spaced(form or QTextCharFormat(), pad))


def format_range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = length
    result.format = form
    return result


def _format(run: Run, face: Face, look: Look) -> QTextCharFormat | None:
    span = run.span
    if not (span.bold or span.italic or span.strike or span.code or span.link or run.waits):
        return _mark(look) if span.note or span.cite else None
    if span.note or span.cite:
        return _mark(look)
    form = QTextCharFormat()
    if span.code or run.waits:
        form.setFont(look.inline_code(face))
    if span.bold:
        form.setFontWeight(QFont.Weight.DemiBold)
    if span.italic:
        form.setFontItalic(True)
    if span.strike:
        form.setFontStrikeOut(True)
    if span.link:
        form.setForeground(look.colour(look.theme.accent))
    elif run.waits:
        form.setForeground(look.colour(look.theme.dim))
    return form


def _mark(look: Look) -> QTextCharFormat:
    """A raised number."""
    form = QTextCharFormat()
    form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    form.setFontWeight(QFont.Weight.DemiBold)
    form.setForeground(look.colour(look.theme.accent))
    return form


def _room(spacing: float) -> QTextCharFormat:
    """An unseen character with room after it."""
    form = QTextCharFormat()
    form.setForeground(Qt.GlobalColor.transparent)
    return _spaced(form, spacing)


def _pad(run: Run | None) -> float:
    """The room beside a run with a ground."""
    if run is None:
        return 0.0
    if run.span.code:
        return BOX_PAD
    return MARK_PAD if run.span.note or run.span.cite else 0.0


def _last_cluster(text: str) -> int:
    """The units at the end of ``text`` that are drawn as one: a format must not part them."""
    if text[-1].isalnum() or text[-1].isascii():
        return 1 if text[-1] <= "\uffff" else 2
    end = text[-_LONGEST_CLUSTER:]
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, end)
    finder.toEnd()
    length = finder.position()
    return length - max(finder.toPreviousBoundary(), 0)


def _spaced(form: QTextCharFormat, spacing: float) -> QTextCharFormat:
    form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    form.setFontLetterSpacing(spacing)
    return form
