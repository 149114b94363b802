# SPDX-License-Identifier: MIT
"""Imports conversations from the command line; no window."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, TextIO

from chatglm_desktop.chat.importing.importer import Importer
from chatglm_desktop.chat.importing.plan import Preview, Report, Target
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.imports import SOURCE_NAMES
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from chatglm_desktop.terminal.neighbour import tell_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatglm_desktop.chat.importing.luggage import Keep
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.terminal.verbs import Import


async def run(
    verb: Import,
    paths: Paths,
    keep_with: Callable[[AttachmentFiles], Keep],
    out: TextIO,
    err: TextIO,
) -> int:
    """Returns 0, or 1 if it ended early or nothing in the file can be used.

    ``keep_with`` gives what makes the files of others fit. Raises ImportFailed and StoreErrors.
    """
    store = await Store.open(paths.database)
    changed = False
    try:
        files = AttachmentFiles(paths.attachments)
        importer = Importer(store, keep_with(files), files.put, time.time)
        preview = await importer.look(verb.file, Reading())
        _tell(_preview_values(preview), preview_words(preview), out, as_json=verb.json)
        if verb.dry_run or not preview.has_news:
            return 0 if preview.has_news or preview.known else 1
        report = await importer.take_in(preview, Target(new_folder=verb.folder), Reading())
        changed = bool(report.messages)
    finally:
        await store.close()
        if changed:
            await asyncio.to_thread(tell_changed, paths)
    _tell(_report_values(report), report_words(report), out, as_json=verb.json)
    if report.error is not None:
        print(f"It ended early: {report.error}", file=err)
    return 0 if report.error is None else 1


def preview_words(preview: Preview) -> str:
    """What an import would do, in words."""
    lines = [
        f"From {SOURCE_NAMES[preview.source]}. Conversations: {preview.new} new, "
        f"{preview.grown} with new messages, {preview.known} here already.",
        f"Messages: {preview.messages}, files: {preview.files}.",
    ]
    lines += [f"Left out: {one.title or 'untitled'} ({one.reason})" for one in preview.skipped]
    return "\n".join(lines)


def report_words(report: Report) -> str:
    """What an import has done, in words."""
    return (
        f"Imported. Messages: {report.messages}, conversations: {len(report.new)} new, "
        f"{len(report.grown)} with new messages."
    )


def _preview_values(preview: Preview) -> dict[str, object]:
    return {
        "type": "preview",
        "source": preview.source,
        "new": preview.new,
        "grown": preview.grown,
        "known": preview.known,
        "messages": preview.messages,
        "files": preview.files,
        "left_out_files": preview.left_out,
        "skipped": [{"title": one.title, "reason": one.reason} for one in preview.skipped],
    }


def _report_values(report: Report) -> dict[str, object]:
    return {
        "type": "imported",
        "new": list(report.new),
        "grown": list(report.grown),
        "messages": report.messages,
        "left_out_files": report.left_out,
        "error": None if report.error is None else str(report.error),
    }


def _tell(values: dict[str, object], words: str, out: TextIO, *, as_json: bool) -> None:
    print(json.dumps(values, ensure_ascii=False) if as_json else words, file=out)
