# SPDX-License-Identifier: MIT
"""The formats of running text: how each run of a layout looks; lays out nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTextBoundaryFinder, QUrl
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

from chatglm_desktop.gui.transcript.look import Face, Look
from chatglm_desktop.gui.transcript.text.shown import Run
from chatglm_desktop.transcript.direction import mixes

BOX_PAD = 4.0
"""Room between the edge of a box and the text in it."""
MARK_PAD = 3.0
"""The same for a raised number."""
_LONGEST_CLUSTER = 32


@dataclass(slots=True)
class _Rooms:
    """The room after the first and after the last character of a run."""

    first: float = 0.0
    last: float = 0.0


def run_formats(
    runs: Sequence[Run], face: Face, look: Look, *, leftwards: bool = False
) -> Iterator[QTextLayout.FormatRange]:
    """The formats of all runs that do not look like the face."""
    for run, rooms in zip(runs, _rooms(runs, leftwards=leftwards), strict=True):
        form = _format(run, face, look)
        if run.formula is not None:
            room = run.formula.width * face.formula_size - face.stand_in
            form = _room(room + max(rooms.first, rooms.last))
        if form is not None:
            yield format_range(run.start, run.length, form)
        if run.formula is not None:
            continue
        if rooms.first:
            first = min(_first_cluster(run.span.text), run.length)
            spaced = _spaced(QTextCharFormat(form or QTextCharFormat()), rooms.first)
            yield format_range(run.start, first, spaced)
        if rooms.last:
            last = min(_last_cluster(run.span.text), run.length)
            yield format_range(run.end - last, last, _spaced(form or QTextCharFormat(), rooms.last))


def _rooms(runs: Sequence[Run], *, leftwards: bool) -> list[_Rooms]:
    """Room beside the runs with a ground: always on the right of a character.

    In text that is read ``leftwards`` what comes next is on the left: the room between two runs
    belongs to the right end of the second one.
    """
    rooms = [_Rooms() for _ in runs]
    if not leftwards:
        for number, room in enumerate(rooms):
            room.last = max(map(_pad, runs[number : number + 2]))
        return rooms
    before = 0.0
    for run, room in zip(runs, rooms, strict=True):
        pad = max(before, _pad(run))
        if mixes(run.span.text) or not any(map(str.isalnum, run.span.text)):
            room.first = pad
        else:
            room.last = pad
        before = _pad(run)
    return rooms


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
        # On paper this makes a link; on screen it changes nothing.
        form.setAnchor(True)
        form.setAnchorHref(bytes(QUrl(span.link).toEncoded().data()).decode())
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


def _pad(run: Run) -> float:
    """The room beside a run with a ground."""
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


def _first_cluster(text: str) -> int:
    """The units at the beginning of ``text`` that are drawn as one."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text[:_LONGEST_CLUSTER])
    return max(finder.toNextBoundary(), 1)


def _spaced(form: QTextCharFormat, spacing: float) -> QTextCharFormat:
    form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    form.setFontLetterSpacing(spacing)
    return form
