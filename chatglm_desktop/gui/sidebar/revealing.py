# SPDX-License-Identifier: MIT
"""Brings a conversation or folder into view, as soon as it is there; may let its name be edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt

from chatglm_desktop.core.folders import ancestry
from chatglm_desktop.gui.sidebar.view import LibraryView


@dataclass(frozen=True, slots=True)
class _Sought:
    """``renames`` if the name is to be edited; ``then`` is called when that has ended."""

    conversation_id: str = ""
    folder_id: str = ""
    renames: bool = False
    then: Callable[[], object] | None = None


class Revealing:
    """Seeks one thing at a time, the latest that was asked for."""

    def __init__(self, view: LibraryView) -> None:
        self._view = view
        self._sought: _Sought | None = None

    def conversation(self, id: str | None) -> None:
        """Make its row the current one; where a closed folder hides it, it stays hidden."""
        self._sought = _Sought(conversation_id=id) if id else None
        self.settle()

    def rename(self, conversation_id: str, then: Callable[[], object] | None) -> None:
        """Edit a title that is in a list, or will be in a moment; folders around it are opened."""
        self._sought = _Sought(conversation_id, renames=True, then=then)
        self.settle()

    def rename_folder(self, id: str) -> None:
        """Edit the name of a folder that is there, or will be in a moment."""
        self._sought = _Sought(folder_id=id, renames=True)
        self.settle()

    def settle(self) -> None:
        """Look whether it is there now."""
        sought, view = self._sought, self._view
        if sought is None or view.shelf:
            return
        row = self._row(sought)
        if row is None:
            self._open_around(sought)
            return
        index = view.list.index(row)
        # Whatever is held on the keyboard: Ctrl+1 would add the row to those selected.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        view.selectionModel().setCurrentIndex(index, only)
        view.scrollTo(index)
        if sought.renames and not view.list.line(row).named:
            return  # its row is still being read
        self._sought = None
        if sought.renames:
            view.start_rename(index)
            if sought.then is not None:
                once = Qt.ConnectionType.SingleShotConnection
                view.itemDelegate().closeEditor.connect(sought.then, once)

    def _row(self, sought: _Sought) -> int | None:
        if sought.folder_id:
            return self._view.list.folder_row(sought.folder_id)
        number = self._view.list.marks.number(sought.conversation_id)
        return None if number is None else self._view.list.row_of(number)

    def _open_around(self, sought: _Sought) -> None:
        if sought.renames:
            folders = self._view.folders
            inner = sought.folder_id or self._view.list.marks.key(sought.conversation_id)
            for folder in ancestry(folders, inner):
                if folder.id != sought.folder_id and not folder.expanded:
                    self._view.open_folder(folder.id)
