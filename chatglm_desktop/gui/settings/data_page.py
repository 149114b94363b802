# SPDX-License-Identifier: MIT
"""The section of where the data lies and of its copies; copies and moves nothing itself."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from chatglm_desktop.core.backups import Snapshot, SnapshotReason
from chatglm_desktop.core.errors import StoreError
from chatglm_desktop.gui.moments import moment_words, size_words
from chatglm_desktop.gui.settings.desk import Desk
from chatglm_desktop.gui.settings.item_row import ItemRow
from chatglm_desktop.gui.settings.moving_dialog import ask_to_move
from chatglm_desktop.gui.settings.page import Page
from chatglm_desktop.gui.settings.restore_dialog import RestoreDialog
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.settings.location import PORTABLE_MARK

if TYPE_CHECKING:
    from chatglm_desktop.chat.tasks import Tasks
    from chatglm_desktop.gui.settings.safe import Safe

_FILES = "*.db"


class DataPage(Page):
    """Lists the copies when it is shown, and whenever there is another one.

    Emits ``import_requested``.
    """

    import_requested = Signal()

    def __init__(self, desk: Desk, safe: Safe, tasks: Tasks) -> None:
        help = tr(
            "Everything lies on this computer, in one folder. A copy of the conversations is made "
            "every day; the newest seven are kept."
        )
        super().__init__(desk.themes, tr("Data"), help)
        self._safe = safe
        self._tasks = tasks
        self.folder = self._folder_row()
        self.now = ItemRow(self._themes, tr("Copies"), "…", also="backup snapshot")
        self.now.add_button(tr("Back up now"), self.back_up)
        self.add_card(self.folder, title=tr("Where it lies"))
        self.others = self._import_row()
        self.add_card(self.others, title=tr("From elsewhere"))
        self.add_card(self.now, title=tr("Copies of the conversations"))
        self._copies = self.add_card()
        self._copies.hide()
        self.add_below(self._foot())
        safe.backups.changed.connect(self._list)

    def _folder_row(self) -> ItemRow:
        safe = self._safe
        row = ItemRow(self._themes, tr("Data folder"), str(safe.folder), also="portable")
        row.add_button(tr("Open"), self._open_folder, tr("Open the data folder"))
        if safe.movable:
            row.add_button(tr("Move…"), self.choose_folder, tr("Move the data folder"))
            if safe.usual is not None:
                back = partial(self.move_to, str(safe.usual))
                row.add_button(tr("Move back…"), back, tr("Move the data to the usual folder"))
        elif safe.portable:
            row.say(tr("Portable: “{file}” lies beside the program.", file=PORTABLE_MARK), "dim")
        else:
            row.say(tr("The command line says that it lies here."), "dim")
        return row

    def _import_row(self) -> ItemRow:
        help = tr(
            "Exports of ChatGPT, Claude, Cherry Studio, Chatbox, NextChat and this app. You see "
            "what is in a file before anything is added."
        )
        row = ItemRow(self._themes, tr("Conversations"), help)
        row.add_button(tr("Import…"), self.import_requested.emit, tr("Import conversations"))
        return row

    def _foot(self) -> QWidget:
        self.save_button = QPushButton(tr("Save a copy elsewhere…"))
        self.save_button.clicked.connect(self._choose_target)
        self.file_button = QPushButton(tr("Restore from a file…"))
        self.file_button.clicked.connect(self._choose_copy)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.save_button)
        row.addWidget(self.file_button)
        row.addStretch(1)
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list()

    def back_up(self) -> None:
        """Make a copy now; returns at once."""

        async def work() -> None:
            taken = await self._safe.backups.take()
            self.now.say(tr("A copy was made, of {size}.", size=size_words(taken.size)), "ok")

        self.now.say(tr("Copying…"), "dim")
        self._spawn(work(), "copy now")

    def look(self, file: Path, name: str) -> None:
        """Show what is in a copy, and offer to restore it; returns at once."""

        async def work() -> None:
            contents = await self._safe.backups.look_into(file)
            if not self.isVisible():
                return
            self.now.say("")
            dialog = RestoreDialog(self.window(), name, contents)
            dialog.agreed.connect(partial(self._safe.restore, file))
            dialog.open()

        self.now.say(tr("Looking into the copy…"), "dim")
        self._spawn(work(), "look into copy")

    def save_copy(self, file: str) -> None:
        """Write a copy to ``file``; returns at once."""

        async def work() -> None:
            await self._safe.backups.save_copy(Path(file))
            self.now.say(tr("A copy was saved: {file}", file=file), "ok")

        self.now.say(tr("Copying…"), "dim")
        self._spawn(work(), "save copy")

    def choose_folder(self) -> None:
        """Let the user choose where the data goes; returns at once."""
        dialog = QFileDialog(self.window(), tr("Move the data folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.move_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def move_to(self, folder: str) -> None:
        """Ask whether the data is to lie in ``folder``, or say why it cannot."""
        words = ask_to_move(self.window(), self._safe, Path(folder))
        self.folder.say(words, "bad")

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._safe.folder)))

    def _choose_target(self) -> None:
        dialog = QFileDialog(self.window(), tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("db")
        dialog.selectFile("chatglm-desktop.db")
        self._let_choose(dialog).fileSelected.connect(self.save_copy)

    def _choose_copy(self) -> None:
        dialog = QFileDialog(self.window(), tr("Restore from a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._let_choose(dialog).fileSelected.connect(
            lambda file: self.look(Path(file), Path(file).name)
        )

    def _let_choose(self, dialog: QFileDialog) -> QFileDialog:
        dialog.setNameFilter(f"{tr('Copies of conversations')} ({_FILES})")
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _list(self, _: None = None) -> None:
        async def work() -> None:
            self._show(await self._safe.backups.list())

        if self.isVisible():
            self._spawn(work(), "list copies")

    def _show(self, copies: tuple[Snapshot, ...]) -> None:
        newest = copies[0].taken_at if copies else None
        self.now.help.say(
            tr("There is none yet.")
            if newest is None
            else tr("The newest is of {moment}.", moment=moment_words(newest))
        )
        self._copies.replace([self._row(copy) for copy in copies])
        self._copies.setVisible(bool(copies))

    def _row(self, copy: Snapshot) -> ItemRow:
        name = moment_words(copy.taken_at)
        row = ItemRow(
            self._themes, name, f"{_reason(copy.reason)} · {size_words(copy.size)}", also="backup"
        )
        row.add_button(
            tr("Restore…"),
            partial(self.look, copy.file, name),
            tr("Restore the copy of {moment}", moment=name),
        )
        return row

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        async def guarded() -> None:
            try:
                await work
            except StoreError as error:
                self.now.say(f"{tr(error.summary)} {tr(error.hint)}", "bad")

        self._tasks.spawn(guarded(), name)


def _reason(reason: SnapshotReason) -> str:
    return {
        "daily": tr("Daily"),
        "update": tr("Before an update"),
        "restore": tr("Before another copy was restored"),
        "manual": tr("Made by you"),
    }[reason]
