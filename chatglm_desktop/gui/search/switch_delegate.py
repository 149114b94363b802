# SPDX-License-Identifier: MIT
"""Paints one row of the quick switcher; knows only the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatglm_desktop.gui.search.marked_text import MarkedPainter, MarkedText
from chatglm_desktop.gui.search.switch_rows import SwitchKind, SwitchRole, SwitchRow
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_ground import paint_ground

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 34
_SIDE = 16
_ICON = 16
_GAP = 10
_DETAIL_SHARE = 0.35

_ICONS: Mapping[SwitchKind, str] = {
    "conversation": "conversation",
    "folder": "folder",
    "command": "keyboard",
    "search": "search",
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SwitchDelegate(QStyledItemDelegate):
    """All rows have one height."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        font = QFont(parent.font())
        font.setPixelSize(14)
        self._text = MarkedPainter(font)
        self._small = QFont(parent.font())
        self._small.setPixelSize(12)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: SwitchRow = index.data(SwitchRole.ROW)
        rect: QRect = option.rect
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, rect, option.state, self._themes.theme)
            self._paint_row(painter, QRectF(rect).adjusted(_SIDE, 0, -_SIDE, 0), row)
        finally:
            painter.restore()

    def _paint_row(self, painter: QPainter, place: QRectF, row: SwitchRow) -> None:
        theme = self._themes.theme
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap(_ICONS[row.kind], theme.dim, _ICON, ratio)
        painter.drawPixmap(QPointF(place.left(), place.center().y() - _ICON / 2), pixmap)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        metrics = painter.fontMetrics()
        room = int(place.width() * _DETAIL_SHARE)
        detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, _RIGHT, detail)
        left = place.left() + _ICON + _GAP
        right = place.right() - metrics.horizontalAdvance(detail) - _GAP
        text = QRectF(left, place.top(), right - left, place.height())
        self._text.paint(painter, text, MarkedText(row.text, row.marks), theme)
