# SPDX-License-Identifier: MIT
"""Leads an import from the choice of a file to the way back; knows no format and no store."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from chatglm_desktop.chat.importing.plan import Preview, Report, Target
from chatglm_desktop.chat.reading import GivenUp, Reading
from chatglm_desktop.core.errors import ChatError, StoreError
from chatglm_desktop.gui.importing.dialog import ImportDialog
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.importing.importer import Importer
    from chatglm_desktop.chat.organiser import Organiser
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.theme.manager import ThemeManager


@dataclass(frozen=True, slots=True)
class ImportMeans:
    """What an import needs of the program; what came in is taken back by moving it to the trash."""

    importer: Importer
    tasks: Tasks
    conversations: Library
    organiser: Organiser


class ImportControl(QObject):
    """One import at a time, in a dialog over ``window``."""

    def __init__(self, window: QWidget, themes: ThemeManager, means: ImportMeans) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._means = means
        self._dialog: ImportDialog | None = None
        self._reading = Reading()

    def choose(self) -> None:
        """Let the user choose a file; returns at once."""
        dialog = QFileDialog(self._window, tr("Import conversations"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        exports = tr("Exports of chat programs")
        dialog.setNameFilters([f"{exports} (*.json *.zip *.bak)", tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.open_file(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_file(self, file: Path) -> None:
        """Look through ``file`` and say what importing it would do."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        self._dialog = dialog = ImportDialog(self._window, self._themes)
        dialog.finished.connect(self._closed)
        dialog.another_requested.connect(self._choose_another)
        dialog.stop_requested.connect(self.stop)
        dialog.show_looking(file.name)
        dialog.open()
        looking = self._look(dialog, file, self._begin(dialog))
        self._means.tasks.spawn(looking, name="look at an import")

    def stop(self) -> None:
        """Give up what is on its way; what was added by then stays."""
        self._reading.stop()

    def _choose_another(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
        self.choose()

    def _closed(self) -> None:
        self._dialog = None
        self.stop()

    def _begin(self, dialog: ImportDialog) -> Reading:
        """What hears in a thread how far it is, and tells the dialog as long as it is open."""
        loop = asyncio.get_running_loop()

        def show(share: float) -> None:
            if self._dialog is dialog:
                dialog.show_share(share)

        def tell(share: float) -> None:
            loop.call_soon_threadsafe(show, share)

        self._reading = Reading(tell)
        return self._reading

    async def _look(self, dialog: ImportDialog, file: Path, reading: Reading) -> None:
        try:
            preview = await self._means.importer.look(file, reading)
        except GivenUp:
            return
        except (ChatError, StoreError) as error:
            if self._dialog is dialog:
                dialog.show_error(error)
            return
        if self._dialog is dialog:
            dialog.import_requested.connect(partial(self._import, dialog, preview))
            dialog.show_preview(preview, self._means.conversations.folders)

    def _import(self, dialog: ImportDialog, preview: Preview, target: Target) -> None:
        dialog.show_importing()
        taking = self._take_in(dialog, preview, target, self._begin(dialog))
        self._means.tasks.spawn(taking, name="import")

    async def _take_in(
        self, dialog: ImportDialog, preview: Preview, target: Target, reading: Reading
    ) -> None:
        report = await self._means.importer.take_in(preview, target, reading)
        if report.new or report.grown:
            try:
                await self._means.conversations.summaries(report.new)
                await self._means.conversations.load()
            except StoreError as error:
                report = replace(report, error=report.error or error)
        if self._dialog is dialog:
            dialog.undo_requested.connect(partial(self._undo, dialog, report))
            dialog.show_report(report)

    def _undo(self, dialog: ImportDialog, report: Report) -> None:
        dialog.close()
        if report.new_folder_id is not None:
            self._means.organiser.trash_folder(report.new_folder_id)
        else:
            self._means.organiser.trash(report.new)
