# SPDX-License-Identifier: MIT
"""Exports conversations from the command line; no window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from chatglm_desktop.chat.exporting.exporter import Exporter
from chatglm_desktop.core.export_choice import ExportContents, ExportFormat
from chatglm_desktop.core.exports import (
    EXPORT_PROBLEMS,
    Chosen,
    Everything,
    ExportFailed,
    ExportOrder,
)
from chatglm_desktop.store import Store
from chatglm_desktop.store.attachments import AttachmentFiles
from chatglm_desktop.terminal.conversations import conversations_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatglm_desktop.chat.exporting.making import Tools
    from chatglm_desktop.settings.paths import Paths
    from chatglm_desktop.terminal.verbs import Export, ExportFormatName

_FORMATS: Mapping[ExportFormatName, ExportFormat] = {
    "md": "markdown",
    "html": "html",
    "pdf": "pdf",
    "json": "json",
    "txt": "text",
}


async def run(verb: Export, paths: Paths, tools: Tools, out: TextIO, err: TextIO) -> int:
    """Returns 0, or 1 after saying why nothing was written. Raises StoreErrors, NotConfigured."""
    store = await Store.open(paths.database)
    try:
        ids = await conversations_named(store, verb.ids)
        order = ExportOrder(
            Everything() if verb.all else Chosen(tuple(ids)),
            _FORMATS[verb.format],
            ExportContents(thinking=verb.thinking, times=verb.times, model=verb.model),
            verb.output.expanduser().absolute(),
        )
        files = AttachmentFiles(paths.attachments)
        exported = await Exporter(store.saved, files.read, tools).export(order)
    except ExportFailed as error:
        details = f" ({error.details})" if error.details else ""
        print(f"{EXPORT_PROBLEMS[error.problem]}{details}", file=err)
        return 1
    finally:
        await store.close()
    if verb.json:
        values = {
            "path": str(exported.target),
            "conversations": exported.conversations,
            "messages": exported.messages,
            "missing_files": exported.missing,
        }
        print(json.dumps(values, ensure_ascii=False), file=out)
    else:
        print(exported.target, file=out)
    return 0
