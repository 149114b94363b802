# SPDX-License-Identifier: MIT
"""What the quick switcher offers, as values and as a Qt model; knows no widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.fold import find_all, fold
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.gui.actions import Command
from chatglm_desktop.gui.search.filters import folder_token
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

SwitchKind: TypeAlias = Literal["conversation", "folder", "command", "search"]

_NOWHERE = QModelIndex()
_MOST_OTHERS = 5
"""Folders, and commands: conversations are what is looked for."""


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """``key`` is a conversation's id, a command's name, or what is to be searched for.

    ``detail`` stands at the right.
    """

    kind: SwitchKind
    key: str
    text: str
    detail: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class SwitchRole(IntEnum):
    """What a row is, for the delegate."""

    ROW = Qt.ItemDataRole.UserRole


def switch_rows(
    typed: str,
    conversations: Iterable[ConversationSummary],
    folders: Mapping[str, Folder],
    commands: Iterable[Command],
) -> list[SwitchRow]:
    """Conversations first; for what was typed also folders, commands, and the search."""
    rows = [
        SwitchRow(
            "conversation",
            one.id,
            title := one.title or tr("New conversation"),
            _standing(one, folders),
            _marks(title, typed),
        )
        for one in conversations
    ]
    words = fold(typed).split()
    if words:
        rows += [
            SwitchRow("folder", folder_token(name), name, tr("folder"), _marks(name, typed))
            for name in sorted(folder.name for folder in folders.values())
            if all(word in fold(name) for word in words)
        ][:_MOST_OTHERS]
        rows += [
            SwitchRow("command", one.name, one.text, one.shortcut, _marks(one.text, typed))
            for one in commands
            if all(word in fold(one.text) for word in words)
        ][:_MOST_OTHERS]
        said = tr("Search all messages for “{words}”", words=typed.strip())
        rows.append(SwitchRow("search", typed, said))
    return rows


def _standing(one: ConversationSummary, folders: Mapping[str, Folder]) -> str:
    if one.archived_at is not None:
        return tr("archived")
    folder = folders.get(one.folder_id or "")
    return folder.name if folder else ""


def _marks(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    found = {span for word in fold(typed).split() for span in find_all(text, word)}
    return tuple(sorted(found))


class SwitchListModel(QAbstractListModel):
    """One row for each thing to go to."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[SwitchRow] = ()

    @property
    def rows(self) -> Sequence[SwitchRow]:
        return self._rows

    def show(self, rows: Sequence[SwitchRow]) -> None:
        """Offer something else."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self._rows[index.row()]
        match role:
            case SwitchRole.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (row.text, row.detail)))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.text)
        return None
