# SPDX-License-Identifier: MIT
"""Ties what the user puts in order to the window: offers the way back, closes and opens tabs."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from chatglm_desktop.gui.step_words import name_of, said_of
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from chatglm_desktop.chat.conversations import Library
    from chatglm_desktop.chat.organiser import Organiser
    from chatglm_desktop.chat.undo import Undoable
    from chatglm_desktop.core.arranging import Step
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.workspace import Workspace


class Organising(QObject):
    """A tab leaves with its conversation and comes back with it.

    After what takes something out of sight, a message offers to take it back.
    """

    def __init__(
        self, window: MainWindow, organiser: Organiser, library: Library, workspace: Workspace
    ) -> None:
        super().__init__(window)
        self._window = window
        self._organiser = organiser
        self._library = library
        self._workspace = workspace
        self._closed: set[str] = set()
        self._coming: str | None = None
        """The tab that will take the keys as soon as it is read, though the list has them."""
        self._connect()

    def _connect(self) -> None:
        window, organiser, undo = self._window, self._organiser, self._library.undo
        organiser.done.connect(self._offer_way_back)
        organiser.changed.connect(self._follow)
        organiser.deleted.connect(self._close)
        self._workspace.places.shown.connect(self._leave_keys)
        undo.undone.connect(self._tell_undone)
        undo.redone.connect(self._tell_redone)
        window.undo_requested.connect(partial(undo.undo, None))
        window.redo_requested.connect(undo.redo)

    def _offer_way_back(self, step: Step) -> None:
        said, name = said_of(step, self._library.folders)
        if said:
            take_back = partial(self._organiser.take_back, step)
            self._window.toast.show_message(said, tr("Undo"), take_back, title=name)

    def _tell_undone(self, step: Undoable) -> None:
        said = tr("Undone: {what}", what=name_of(step.kind))
        self._window.toast.show_message(said, tr("Redo"), self._library.undo.redo)

    def _tell_redone(self, step: Undoable) -> None:
        said = tr("Redone: {what}", what=name_of(step.kind))
        self._window.toast.show_message(said, tr("Undo"), partial(self._library.undo.undo, step))

    def _follow(self, step: Step) -> None:
        trashed = [after.id for _, after in step.conversations if after.trashed_at is not None]
        back = [
            before.id
            for before, after in step.conversations
            if before.trashed_at is not None and after.trashed_at is None
        ]
        self._closed.update(set(trashed).intersection(self._workspace.row.open_ids()))
        self._close(trashed)
        with self._keys_kept():
            for id in back:
                if id in self._closed:
                    self._closed.discard(id)
                    self._workspace.reopen(id)

    def _close(self, ids: Collection[str]) -> None:
        with self._keys_kept():
            for id in set(ids).intersection(self._workspace.row.open_ids()):
                self._workspace.close(id)

    @contextmanager
    def _keys_kept(self) -> Iterator[None]:
        """Who puts the list in order goes on there: the next key may undo what was done."""
        view = self._window.sidebar.view
        there = self._window.focusWidget() is view
        yield
        if there:
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            front = self._workspace.current_id
            self._coming = None if front in self._workspace.loaded() else front

    def _leave_keys(self, shown: str) -> None:
        """A tab has come to the front."""
        if shown == self._coming:
            self._window.sidebar.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._coming = None
