# SPDX-License-Identifier: MIT
"""What is said of an import, in the user's language; knows no widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from chatglm_desktop.chat.importing.plan import Preview, Report
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.core.imports import SOURCE_NAMES, Skipped, SkipReason
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.notes import byte_count

Rows = list[tuple[str, str]]
"""A caption and a number each."""

_TITLES_SHOWN = 3


def preview_rows(preview: Preview) -> Rows:
    """What importing would do; what is nought is left out, but for the most important."""
    rows = [(tr("New conversations"), preview.new)]
    rows += _unless_nought(
        (tr("Conversations with new messages"), preview.grown),
        (tr("Conversations that are here already"), preview.known),
        (tr("Messages to add"), preview.messages),
    )
    told = [(caption, number_text(number)) for caption, number in rows]
    if preview.files and preview.has_news:
        size = byte_count(preview.file_bytes)
        told.append((tr("Files"), f"{number_text(preview.files)} ({size})"))
    told += _told((tr("Files left out"), preview.left_out if preview.has_news else 0))
    told += _told((tr("Conversations left out"), len(preview.skipped)))
    return told


def report_rows(report: Report) -> Rows:
    """What was done."""
    return [
        (tr("New conversations"), number_text(len(report.new))),
        *_told(
            (tr("Conversations with new messages"), len(report.grown)),
            (tr("Messages added"), report.messages),
            (tr("Files left out"), report.left_out),
        ),
    ]


def skipped_text(skipped: Sequence[Skipped]) -> str:
    """Why conversations are left out, a line for each reason, with some of their titles."""
    counts = Counter(one.reason for one in skipped)
    lines = []
    for reason, count in counts.items():
        titles = [f"“{one.title}”" for one in skipped if one.reason == reason and one.title]
        shown = ", ".join(titles[:_TITLES_SHOWN])
        more = f"{shown} …" if len(titles) > _TITLES_SHOWN else shown
        line = f"{reason_text(reason)}: {number_text(count)}"
        lines.append(f"{line}  ({more})" if more else line)
    return "\n".join(lines)


def reason_text(reason: SkipReason) -> str:
    return {
        "broken": tr("Damaged"),
        "empty": tr("Without messages"),
        "in the trash": tr("In the trash here"),
        "taken": tr("Its messages belong to another conversation here"),
    }[reason]


def source_text(preview: Preview) -> str:
    """Where the file comes from, and its name."""
    return tr(
        "From {source}: “{file}”. Nothing has been changed yet.",
        source=SOURCE_NAMES[preview.source],
        file=preview.file.path.name,
    )


def error_text(error: ChatError | StoreError) -> tuple[str, str]:
    """What went wrong, and what can be done."""
    return tr(error.summary), tr(error.hint)


def number_text(number: int) -> str:
    return QLocale().toString(number)


def _unless_nought(*rows: tuple[str, int]) -> list[tuple[str, int]]:
    return [row for row in rows if row[1]]


def _told(*rows: tuple[str, int]) -> Rows:
    return [(caption, number_text(number)) for caption, number in _unless_nought(*rows)]
