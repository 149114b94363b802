# SPDX-License-Identifier: MIT
"""What exports and their dialog say in the user's language; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from chatglm_desktop.chat.exporting.exporter import Progress
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.errors import Failure, failure_kind, filled
from chatglm_desktop.core.export_choice import ExportFormat
from chatglm_desktop.core.exports import EXPORT_PROBLEMS, Exported, ExportFailed
from chatglm_desktop.gui.strings import tr

LABELS: Mapping[ExportFormat, str] = {
    "markdown": "Markdown",
    "html": "HTML",
    "pdf": "PDF",
    "json": "JSON",
}
"""Names of the formats that are no words of a language."""


def export_words() -> Words:
    """What the files say themselves."""
    return Words(
        you=tr("You"),
        assistant=tr("Assistant"),
        system=tr("System"),
        thinking=tr("Thinking"),
        sources=tr("Sources"),
        picture=tr("Picture"),
        untitled=tr("Conversation"),
        files=tr("files"),
        missing=tr("no longer there"),
        stopped=tr("Stopped"),
        interrupted=tr("Interrupted: the app was closed before the end"),
        arriving=tr("Still being written"),
        failed=_failed,
    )


def format_label(format: ExportFormat) -> str:
    return tr("Plain text") if format == "text" else LABELS[format]


def format_help(format: ExportFormat) -> str:
    """What a format is good for."""
    helps: dict[ExportFormat, str] = {
        "markdown": tr("Text with marks, for notes and editors. Pictures lie in a folder beside."),
        "html": tr("One page for any browser, with pictures in it. It loads nothing."),
        "pdf": tr("Pages to print and to keep."),
        "json": tr("Everything, with all versions and files. Can be imported again."),
        "text": tr("Plain text without marks."),
    }
    return helps[format]


def progress_text(progress: Progress) -> str:
    if progress.conversations == 1:
        return tr("Exporting… {count} messages", count=f"{progress.messages:,}")
    return tr(
        "Exporting… {number} of {count} conversations",
        number=f"{progress.conversation:,}",
        count=f"{progress.conversations:,}",
    )


def result_text(result: Exported) -> str:
    """What became of an export."""
    name = result.target.name
    if result.missing == 1:
        return tr("Exported as “{name}”. One attached file was no longer there.", name=name)
    if result.missing:
        return tr(
            "Exported as “{name}”. {count} attached files were no longer there.",
            name=name,
            count=result.missing,
        )
    return tr("Exported as “{name}”.", name=name)


def problem_text(error: ExportFailed) -> str:
    """Why nothing was exported."""
    words = tr(EXPORT_PROBLEMS[error.problem])
    return f"{words} ({error.details})" if error.problem == "other" and error.details else words


def _failed(failure: Failure) -> str:
    return filled(tr(failure_kind(failure).summary), failure.host, tr("the service"))
