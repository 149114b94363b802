# SPDX-License-Identifier: MIT
"""All tabs as a Qt model that can be filtered, and how a row is painted; knows no conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatglm_desktop.core.fold import fold
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge, paint_badge, spoken
from chatglm_desktop.gui.widgets.row_ground import paint_ground

Kind: TypeAlias = Literal["", "pinned", "window", "closed"]

_NOWHERE = QModelIndex()
_TAB = Qt.ItemDataRole.UserRole
_HEIGHT = 32
_PADDING = 8
_MARK = 24


@dataclass(frozen=True, slots=True)
class ListedTab:
    """One row: ``kind`` is what is said of it besides."""

    id: str
    title: str
    badge: Badge = "none"
    kind: Kind = ""


class TabListModel(QAbstractListModel):
    """One row for each tab with all words of the filter, without regard to case and accents."""

    def __init__(self, tabs: Sequence[ListedTab]) -> None:
        super().__init__()
        self._tabs = tabs
        self._folded = [fold(tab.title) for tab in tabs]
        self._shown: Sequence[ListedTab] = tabs

    def set_filter(self, text: str) -> None:
        words = fold(text).split()
        self.beginResetModel()
        self._shown = [
            tab
            for tab, folded in zip(self._tabs, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        self.endResetModel()

    def tab(self, row: int) -> ListedTab:
        return self._shown[row]

    def row_of(self, conversation_id: str | None) -> int:
        """The row of a tab; the first one if it is not there."""
        return next((i for i, tab in enumerate(self._shown) if tab.id == conversation_id), 0)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        tab = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(tab.title.split())
            case Qt.ItemDataRole.AccessibleTextRole:
                said = spoken(tab.title, tab.badge)
                return f"{said}, {_note(tab.kind)}" if tab.kind else said
        return tab if role == _TAB else None


class TabDelegate(QStyledItemDelegate):
    """Badge, title, and what is said besides."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tab: ListedTab = index.data(_TAB)
        rect: QRect = option.rect
        painter.save()
        try:
            paint_ground(painter, rect, option.state, self._themes.theme, 0)
            self._paint_words(painter, rect, tab, str(index.data()))
            middle = rect.top() + rect.height() / 2
            paint_badge(painter, QPointF(rect.left() + 16, middle), tab.badge, self._themes.theme)
        finally:
            painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, tab: ListedTab, title: str) -> None:
        theme, metrics = self._themes.theme, painter.fontMetrics()
        room = rect.adjusted(_PADDING + _MARK, 0, -_PADDING, 0)
        note = _note(tab.kind)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.dim))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, note)
        if note:
            room.adjust(0, 0, -metrics.horizontalAdvance(note) - _PADDING, 0)
        if tab.kind != "closed":
            painter.setPen(QColor(theme.text))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, shown)


def _note(kind: Kind) -> str:
    match kind:
        case "":
            return ""
        case "pinned":
            return tr("pinned")
        case "window":
            return tr("window of its own")
        case "closed":
            return tr("closed")
