# SPDX-License-Identifier: MIT
"""What was found as a Qt model that grows at its end, and in words; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from chatglm_desktop.core.messages import Role
from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.moments import moment_words
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

_NOWHERE = QModelIndex()


class HitRole(IntEnum):
    """What a row is, for the delegate."""

    HIT = Qt.ItemDataRole.UserRole


class HitListModel(QAbstractListModel):
    """One row for each hit."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []

    @property
    def hits(self) -> Sequence[Hit]:
        return self._hits

    def show(self, hits: Sequence[Hit]) -> None:
        """Other hits in place of all there are."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def add(self, hits: Sequence[Hit]) -> None:
        """More hits at the end."""
        if hits:
            first = len(self._hits)
            self.beginInsertRows(QModelIndex(), first, first + len(hits) - 1)
            self._hits += hits
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        hit = self._hits[index.row()]
        match role:
            case HitRole.HIT:
                return hit
            case Qt.ItemDataRole.DisplayRole:
                return title_of(hit)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(hit)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join((title_of(hit), moment_words(hit.created_at))))
        return None


def title_of(hit: Hit) -> str:
    """What the conversation of a hit is called."""
    return hit.title or tr("New conversation")


def author_of(hit: Hit) -> str:
    """Who wrote what was found; "" for a title."""
    match hit.role:
        case Role.USER:
            return tr("You")
        case Role.ASSISTANT:
            return hit.model or tr("Answer")
        case _:
            return ""


def labels(hit: Hit) -> list[str]:
    """What one should know of a hit before going there."""
    found = []
    if hit.place == "title":
        found.append(tr("title"))
    if hit.place == "thinking":
        found.append(tr("thinking"))
    if hit.hidden:
        found.append(tr("another version"))
    if hit.archived:
        found.append(tr("archived"))
    return found


def spoken(hit: Hit) -> str:
    """What a screen reader says for a hit."""
    snippet = "" if hit.place == "title" else hit.snippet
    parts = (title_of(hit), author_of(hit), *labels(hit), moment_words(hit.created_at), snippet)
    return ", ".join(filter(None, parts))
