# SPDX-License-Identifier: MIT
"""Why the saved conversations cannot be used; knows no database."""

from __future__ import annotations

from typing import ClassVar


class StoreError(Exception):
    """The database cannot be used; ``summary`` and ``hint`` as in :class:`ChatError`."""

    summary: ClassVar[str] = "The saved conversations cannot be used."
    hint: ClassVar[str] = "Restart the app; if it goes on, look at the log."

    def __init__(self, details: str = "") -> None:
        super().__init__(details or self.summary)
        self.details = details

    def __str__(self) -> str:
        return f"{self.summary} ({self.details})" if self.details else self.summary


class DatabaseTooNew(StoreError):
    summary = "The saved conversations were written by a newer version of this app."
    hint = "Nothing was changed. Update the app, or use another data folder."


class DatabaseDamaged(StoreError):
    summary = "The file of saved conversations is damaged."
    hint = (
        "Restart the app: it saves what can be read and keeps the damaged file. Copies of earlier "
        "days are in the folder 'snapshots' beside it."
    )


class CopyUnreadable(StoreError):
    summary = "This copy cannot be read: it is missing, damaged, or no copy at all."
    hint = "Nothing was changed. Choose another copy."


class DatabaseForeign(StoreError):
    summary = "The file of saved conversations belongs to another program."
    hint = "Nothing was changed. Use another data folder."


class DataFolderMissing(StoreError):
    summary = "The folder of saved conversations is not there."
    hint = "Connect the drive on which it lies, then start the app again."


class NotMoved(StoreError):
    summary = "The conversations could not be moved."
    hint = "They are where they were; nothing is lost. Start again to go on there."


class DiskFull(StoreError):
    summary = "There is no space left to save conversations."
    hint = "Free some space; until then new text stays only in the window."


class StoreReadOnly(StoreError):
    summary = "The folder of saved conversations cannot be written."
    hint = "Check its permissions, or use another data folder."
