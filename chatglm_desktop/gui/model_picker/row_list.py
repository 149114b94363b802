# SPDX-License-Identifier: MIT
"""The rows of the list of models as a Qt model, and in words; knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import assert_never

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from chatglm_desktop.chat.comparison import MOST
from chatglm_desktop.chat.model_rows import (
    FailureRow,
    GroupRow,
    ModelRow,
    Row,
    TypedRow,
)
from chatglm_desktop.core.errors import failure_kind, filled
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

_NOWHERE = QModelIndex()


class ListRole(IntEnum):
    """What a row is, for the delegate; the number of pixels of room at the end."""

    ROW = Qt.ItemDataRole.UserRole
    ROOM = Qt.ItemDataRole.UserRole + 1


class RowListModel(QAbstractListModel):
    """``room`` pixels at the end let the list be scrolled beyond its last row."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._room = 0

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def set_rows(self, rows: Sequence[Row], room: int = 0) -> None:
        self.beginResetModel()
        self._rows, self._room = rows, room
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows) + (self._room > 0)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        rows = self._rows
        if not 0 <= index.row() < len(rows) or isinstance(rows[index.row()], GroupRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if index.row() >= len(self._rows):
            return self._room if role == ListRole.ROOM else None
        row = self._rows[index.row()]
        match role:
            case ListRole.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(tip(row))
        return None


def words(row: Row) -> str:
    """What stands in a row."""
    match row:
        case GroupRow(account):
            return service_name(account) if account else tr("Recent")
        case ModelRow(_, info):
            return info.name or tr("Default model")
        case FailureRow(_, failure):
            kind = failure_kind(failure)
            told = filled(tr(kind.summary), failure.host, tr("the service"))
            return tr("No list: {words}", words=told)
        case TypedRow(account, model):
            return tr("Use “{model}” with {account}", model=model, account=service_name(account))
        case _:
            assert_never(row)


def spoken(row: Row) -> str:
    """What a screen reader says for a row."""
    match row:
        case ModelRow(account, info):
            named = (words(row), service_name(account))
            used = (tr("in use"),) if row.chosen else ()
            return ", ".join((*named, *used, *_barred(row), *marks(info)))
        case TypedRow():
            return ", ".join((words(row), *_barred(row)))
        case FailureRow():
            return f"{words(row)} {tr('Try again')}"
        case GroupRow(_, loading) if loading:
            return f"{words(row)}, {tr('Asking for the list…')}"
        case _:
            return words(row)


def tip(row: Row) -> str:
    """More of a row than it has room for."""
    match row:
        case ModelRow(account, info):
            named = (info.id or words(row), service_name(account))
            return "\n".join((*_barred(row), *named, *marks(info)))
        case TypedRow():
            return "\n".join(_barred(row))
        case FailureRow(_, failure):
            said = tr("The service says: {words}", words=failure.words) if failure.words else ""
            return "\n".join(line for line in (words(row), said, tr("Enter asks again.")) if line)
        case _:
            return ""


def _barred(row: ModelRow | TypedRow) -> tuple[str, ...]:
    """That a row cannot be chosen now, in words."""
    return (tr("No more than {number} can be chosen", number=MOST),) if row.barred else ()


def marks(info: ModelInfo) -> list[str]:
    """What is known of a model, in words."""
    found: list[str] = []
    if info.retired:
        instead = tr("retired; its successor is {model}", model=info.successor)
        found.append(instead if info.successor else tr("retired"))
    if info.free:
        found.append(tr("free"))
    if "image" in info.inputs:
        found.append(tr("reads pictures"))
    if info.thinking in ("optional", "always"):
        found.append(tr("thinks"))
    if info.context:
        found.append(tr("{size} tokens of context", size=short_size(info.context)))
    return found


def short_size(tokens: int) -> str:
    """A number of tokens in a few characters: 128K, 1M."""
    # Makers count in powers of ten or of two, and mean the same.
    base = 1000 if tokens % 1000 == 0 or tokens % 1024 else 1024
    for power, unit in ((2, "M"), (1, "K")):
        if tokens >= base**power:
            size = tokens / base**power
            return f"{size:.1f}".removesuffix(".0") + unit if size < 10 else f"{size:.0f}{unit}"
    return str(tokens)
