# SPDX-License-Identifier: MIT
"""What can go wrong with a file to import; the tree stands in ``core.errors``."""

from __future__ import annotations

from chatglm_desktop.core.chat_error import ChatError


class ImportFailed(ChatError):
    summary = "The file could not be imported."
    hint = "Nothing was changed. Try again, or choose another file."


class ImportUnreadable(ImportFailed):
    summary = "The file cannot be opened."
    hint = "It may have been moved or deleted, or you may not read it. Choose it again."


class NotAnExport(ImportFailed):
    summary = "The file holds no conversations that this app can read."
    hint = (
        "Choose an export of this app, ChatGPT, Claude, Cherry Studio, Chatbox or NextChat: the "
        "JSON file, or the zip archive as it was downloaded."
    )


class ExportIsCopy(NotAnExport):
    summary = "This backup of Cherry Studio is a copy of its database, which this app cannot read."
    hint = "Make a backup with the file “data.json” in it, as Cherry Studio 1 does."


class ExportDamaged(ImportFailed):
    summary = "The file is damaged or incomplete."
    hint = "Nothing was changed. Export or download it again."


class ExportTooLarge(ImportFailed):
    summary = "The file is too large to be imported."
    hint = "Nothing was changed. At most 2 GB can be read; export in several parts."


class ExportTooNew(ImportFailed):
    summary = "The file was written by a newer version of this app."
    hint = "Nothing was changed. Update the app, then import the file again."
