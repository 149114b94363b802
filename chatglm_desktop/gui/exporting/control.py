# SPDX-License-Identifier: MIT
"""Has done what the export dialog orders, and tells of it; knows no format."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.core.exports import (
    Chosen,
    Everything,
    Exported,
    ExportFailed,
    InFolder,
    Messages,
)
from chatglm_desktop.gui.exporting.offer import ExportOffer
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.exporting.exporter import Exporter
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.core.export_choice import ExportChoice
    from chatglm_desktop.core.exports import ExportOrder
    from chatglm_desktop.gui.exporting.progress import ProgressCard
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.workspace import Workspace
    from chatglm_desktop.settings.preferences import Preferences


class ExportControl(QObject):
    """Opens the dialog for one conversation, several, a folder or messages.

    ``make_exporter`` is called when the first export begins, as what it needs takes its time.
    """

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        library: Library,
        tasks: Tasks,
        *,
        preferences: Preferences,
        make_exporter: Callable[[], Exporter],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._library = library
        self._tasks = tasks
        self._preferences = preferences
        self._make_exporter = make_exporter
        self._exporter: Exporter | None = None
        self._running: set[asyncio.Task[None]] = set()
        window.export_requested.connect(self.export_current)
        workspace.export_wanted.connect(self.export_messages)
        workspace.tab_export_wanted.connect(lambda id: self.export([id]))

    def export_current(self) -> None:
        """Offer the conversation in front, and all of them."""
        id = self._workspace.current_id
        offers = [self._one(id)] if id is not None and id in self._library else []
        self.open([*offers, _everything()])

    def export(self, ids: Sequence[str]) -> None:
        """Offer conversations."""
        if len(ids) == 1:
            self.open([self._one(ids[0])])
            return
        label = tr("{count} conversations", count=len(ids))
        self.open([ExportOffer(label, Chosen(tuple(ids)), tr("Conversations"))])

    def export_folder(self, id: str) -> None:
        """Offer the conversations of a folder."""
        folder = self._library.folders.get(id)
        name = folder.name if folder is not None else ""
        self.open([ExportOffer(tr("The folder “{name}”", name=name), InFolder(id), name)])

    def export_messages(self, id: str, first: int, count: int) -> None:
        """Offer some messages of a conversation, and the whole of it."""
        label = tr("One message") if count == 1 else tr("{count} messages", count=count)
        messages = ExportOffer(label, Messages(id, first, count), self._library.title(id))
        self.open([messages, self._one(id)])

    def open(self, offers: Sequence[ExportOffer]) -> None:
        """Ask how; returns at once."""
        from chatglm_desktop.gui.exporting.dialog import ExportDialog

        choice = self._preferences.options.export
        dialog = ExportDialog(self._window, self._window.themes, offers, choice)
        dialog.ordered.connect(self.begin)
        dialog.open()

    def begin(self, order: ExportOrder, choice: ExportChoice) -> None:
        """Export in the background, and remember what was chosen."""
        from chatglm_desktop.gui.exporting.progress import ProgressCard

        self._preferences.change(export=choice)
        card = ProgressCard(self._window.themes, self._window.main_area)
        task = self._tasks.spawn(self._export(order, card), name="export")
        self._running.add(task)
        task.add_done_callback(partial(self._end, card))
        card.cancelled.connect(partial(self._cancel, task))

    def stop(self) -> None:
        """Give up what is not finished."""
        for task in self._running:
            task.cancel()

    async def _export(self, order: ExportOrder, card: ProgressCard) -> None:
        from chatglm_desktop.gui.exporting.words import progress_text

        try:
            self._exporter = self._exporter or self._make_exporter()
            result = await self._exporter.export(
                order, lambda progress: card.tell(progress_text(progress), progress.share)
            )
        except ExportFailed as error:
            self._tell_failure(error)
        except StoreError as error:
            self._window.show_store_error(error)
        else:
            self._tell(result)

    def _end(self, card: ProgressCard, task: asyncio.Task[None]) -> None:
        # Not within the task, which may be cancelled before it has begun.
        self._running.discard(task)
        card.end()

    def _tell(self, result: Exported) -> None:
        from chatglm_desktop.gui.exporting.words import result_text

        show = partial(_show_in_folder, result.target)
        text, name = result_text(result), result.target.name
        self._window.toast.show_message(text, tr("Show"), show, title=name)

    def _tell_failure(self, error: ExportFailed) -> None:
        from chatglm_desktop.gui.dialogs.frame import Frame
        from chatglm_desktop.gui.exporting.words import problem_text

        dialog = Frame(self._window, tr("Nothing was exported"), problem_text(error))
        dialog.add_close()
        dialog.open()

    def _cancel(self, task: asyncio.Task[None]) -> None:
        task.cancel()
        self._window.toast.show_message(tr("Export cancelled. Nothing was written."))

    def _one(self, id: str) -> ExportOffer:
        title = self._library.title(id)
        return ExportOffer(title or tr("This conversation"), Chosen((id,)), title)


def _everything() -> ExportOffer:
    return ExportOffer(tr("All conversations"), Everything(), tr("Conversations"))


def _show_in_folder(target: Path) -> None:
    folder = target if target.is_dir() else target.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
