# SPDX-License-Identifier: MIT
"""Paints one row of the sidebar's list and edits its title; knows only the theme and the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

from chatglm_desktop.gui.conversation_list import RowRole
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge, paint_badge
from chatglm_desktop.gui.widgets.icon_button import hover_colour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_SIDE = 10
_PADDING = 8
_BADGE_ROOM = 18
_LONGEST_TITLE = 200


class ConversationDelegate(QStyledItemDelegate):
    """Headings and rows have one height, so that the view need not measure 10,000 of them."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._title_font = QFont(parent.font())
        self._title_font.setPixelSize(14)
        self._heading_font = QFont(parent.font())
        self._heading_font.setPixelSize(12)
        self._heading_font.setWeight(QFont.Weight.DemiBold)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, option.fontMetrics.height() + 18)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        rect = _rect(option)
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if index.data(RowRole.ID):
                self._paint_row(painter, rect, option, index, text)
            else:
                self._paint_heading(painter, rect, text)
        finally:
            painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._heading_font)
        painter.setPen(QColor(self._themes.theme.dim))
        inner = rect.adjusted(_SIDE + _PADDING, 0, -_SIDE - _PADDING, -5)
        place = QPointF(inner.left(), inner.bottom() - painter.fontMetrics().descent())
        painter.drawText(place, _elided(painter, text, inner.width()))

    def _paint_row(
        self,
        painter: QPainter,
        rect: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        text: str,
    ) -> None:
        # Late: it has many enums, which take time, and no row is in the first paint.
        from PySide6.QtWidgets import QStyle

        theme = self._themes.theme
        state = _state(option)
        frame = QRectF(rect).adjusted(_SIDE, 1, -_SIDE, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if index.data(RowRole.CURRENT):
            painter.setBrush(QColor(theme.accent_weak))
            painter.drawRoundedRect(frame, 8, 8)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(hover_colour(theme.text))
            painter.drawRoundedRect(frame, 8, 8)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)
        left = _SIDE + _PADDING
        badge: Badge = index.data(RowRole.BADGE)
        if badge != "none":
            centre = QPointF(rect.left() + left + 5, rect.center().y() + 0.5)
            paint_badge(painter, centre, badge, theme)
            left += _BADGE_ROOM
        inner = rect.adjusted(left, 0, -_SIDE - _PADDING, 0)
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text))
        # On the base line of the main font, so that Chinese and Latin titles stand level.
        metrics = painter.fontMetrics()
        base_line = inner.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(inner.left(), base_line), _elided(painter, text, inner.width()))

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(_LONGEST_TITLE)
        editor.setAccessibleName(tr("Title"))
        return editor

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        editor.setGeometry(_rect(option).adjusted(_SIDE, 1, -_SIDE, -1))


def _elided(painter: QPainter, text: str, width: int) -> str:
    line = " ".join(text.split())
    return painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
