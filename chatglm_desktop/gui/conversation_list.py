# SPDX-License-Identifier: MIT
"""The list of all conversations as a Qt model; knows neither the store nor any pixel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from chatglm_desktop.gui.conversation_groups import by_age
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.badge import Badge, spoken
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class RowRole(IntEnum):
    """What a delegate asks beyond Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    BADGE = Qt.ItemDataRole.UserRole + 2
    CURRENT = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Row:
    """A heading when ``id`` is empty, else a conversation."""

    text: str
    id: str = ""

    @property
    def key(self) -> str:
        return self.id or f"heading {self.text}"


class ConversationListModel(QAbstractListModel):
    """Headings and conversations in one list. Emits ``renamed(id, title)`` when the user asks.

    A new list is merged into the old one row by row, so that scroll position, keyboard
    cursor and an open editor stay where they are.
    """

    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._badges: dict[str, Badge] = {}
        self._current_id: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self._rows

    def set_conversations(self, conversations: Iterable[ConversationSummary], now: float) -> None:
        """Show ``conversations`` grouped by their age at ``now`` (seconds since the epoch)."""
        rows = [
            row
            for group, members in by_age(conversations, now)
            for row in (
                Row(tr(group.value)),
                *(Row(member.title or tr("New conversation"), member.id) for member in members),
            )
        ]
        self._remove_missing({row.key for row in rows})
        self._reorder(rows)
        self._insert_new(rows)
        self._places = {row.key: place for place, row in enumerate(rows)}
        self._retitle(rows)

    def set_badges(self, badges: dict[str, Badge]) -> None:
        """Show ``badges`` by conversation id; one that is absent has none."""
        changed = [
            key
            for key in badges.keys() | self._badges.keys()
            if badges.get(key, "none") != self._badges.get(key, "none")
        ]
        self._badges = dict(badges)
        self._touch(changed)

    def set_current(self, conversation_id: str | None) -> None:
        """Highlight the conversation that is open in front."""
        changed = [key for key in (self._current_id, conversation_id) if key]
        self._current_id = conversation_id
        self._touch(changed)

    def index_of(self, conversation_id: str) -> QModelIndex:
        """Where the conversation is; an invalid index if it is not in the list."""
        place = self._places.get(conversation_id)
        return QModelIndex() if place is None else self.index(place)

    def _touch(self, keys: Iterable[str]) -> None:
        for key in keys:
            index = self.index_of(key)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def _remove_missing(self, wanted: set[str]) -> None:
        place = len(self._rows)
        while place > 0:
            last = place - 1
            if self._rows[last].key in wanted:
                place = last
                continue
            first = last
            while first > 0 and self._rows[first - 1].key not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
            place = first

    def _reorder(self, wanted: list[Row]) -> None:
        known = {row.key: row for row in self._rows}
        ordered = [known[row.key] for row in wanted if row.key in known]
        if ordered == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {row.key: place for place, row in enumerate(ordered)}
        after = [self.index(places[self._rows[index.row()].key]) for index in before]
        self._rows = ordered
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert_new(self, wanted: list[Row]) -> None:
        known = {row.key for row in self._rows}
        place = 0
        while place < len(wanted):
            end = place
            while end < len(wanted) and wanted[end].key not in known:
                end += 1
            if end > place:
                self.beginInsertRows(QModelIndex(), place, end - 1)
                self._rows[place:place] = wanted[place:end]
                self.endInsertRows()
            place = end + 1

    def _retitle(self, wanted: list[Row]) -> None:
        for place, row in enumerate(wanted):
            if self._rows[place] != row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        badge = self._badges.get(row.id, "none")
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                answer: object = row.text
            case Qt.ItemDataRole.ToolTipRole:
                answer = plain_tip(row.text) if row.id else None
            case Qt.ItemDataRole.AccessibleTextRole:
                answer = spoken(row.text, badge)
            case RowRole.ID:
                answer = row.id
            case RowRole.BADGE:
                answer = badge
            case RowRole.CURRENT:
                answer = bool(row.id) and row.id == self._current_id
            case _:
                answer = None
        return answer

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not title or title == row.text:
            return False
        self._rows[index.row()] = replace(row, text=title)
        self.dataChanged.emit(index, index)
        self.renamed.emit(row.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._rows[index.row()].id:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
