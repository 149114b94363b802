# SPDX-License-Identifier: MIT
"""Paints one row of the sidebar's list and edits its title; knows only the theme and the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget

from chatglm_desktop.gui.sidebar.line import Line
from chatglm_desktop.gui.sidebar.list_model import RowRole
from chatglm_desktop.gui.sidebar.row_places import SIDE, button_rect, content_rect
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.label_colours import label_colour
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import paint_badge
from chatglm_desktop.gui.widgets.icon_button import hover_colour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

_BADGE_ROOM = 18
_CHEVRON = 14
_ICON = 16
_GAP = 6
_LONGEST_TITLE = 200


class RowDelegate(QStyledItemDelegate):
    """All rows have one height, so that the view need not measure 100,000 of them.

    ``several`` says whether more than one row is selected, ``target`` what would take a drop.
    """

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.several = False
        self.target: int | None = None
        self._themes = themes
        self._title_font = QFont(parent.font())
        self._title_font.setPixelSize(14)
        self._small_font = QFont(parent.font())
        self._small_font.setPixelSize(12)
        self._heading_font = QFont(self._small_font)
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
        line: Line = index.data(RowRole.LINE)
        rect: QRect = option.rect
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            hovered = self._paint_frame(painter, rect, option, line, index.row())
            match line.kind:
                case "heading":
                    self._paint_heading(painter, rect, line, hovered=hovered)
                case "waiting":
                    self._paint_waiting(painter, rect, line, index.row())
                case "folder" | "conversation":
                    self._paint_line(painter, rect, line, hovered=hovered)
        finally:
            painter.restore()

    def _paint_frame(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, line: Line, row: int
    ) -> bool:
        """The ground of a row; returns whether the pointer is on it."""
        # Late: it has many enums, which take time, and no row is in the first paint.
        from PySide6.QtWidgets import QStyle

        theme = self._themes.theme
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        selected = bool(state & QStyle.StateFlag.State_Selected) and (
            self.several or (focused and not line.current)
        )
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        frame = QRectF(rect).adjusted(SIDE, 1, -SIDE, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        ground: QColor | None = None
        if selected:
            ground = QColor(theme.selection)
        elif line.current or row == self.target:
            ground = QColor(theme.accent_weak)
        elif hovered and line.kind != "heading":
            ground = hover_colour(theme.text)
        if ground is not None:
            painter.setBrush(ground)
            painter.drawRoundedRect(frame, 8, 8)
        if focused or row == self.target:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(0.75, 0.75, -0.75, -0.75), 8, 8)
        return hovered

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line, *, hovered: bool) -> None:
        theme = self._themes.theme
        painter.setFont(self._heading_font)
        painter.setPen(QColor(theme.dim))
        inner = content_rect(rect, 0).adjusted(0, 0, -_ICON if line.adds else 0, -5)
        place = QPointF(inner.left(), inner.bottom() - painter.fontMetrics().descent())
        painter.drawText(place, _elided(painter, line.text, inner.width()))
        if line.adds:
            colour = theme.text if hovered else theme.dim
            self._paint_icon(painter, "plus", button_rect(rect, heading=True).center(), colour)

    def _paint_waiting(self, painter: QPainter, rect: QRect, line: Line, row: int) -> None:
        """A bar where the title will be, of a length of its own so that it looks like one."""
        inner = QRectF(content_rect(rect, line.depth))
        width = inner.width() * (0.45 + 0.1 * (row * 7 % 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hover_colour(self._themes.theme.text))
        painter.drawRoundedRect(QRectF(inner.left(), inner.center().y() - 5, width, 10), 5, 5)

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, *, hovered: bool) -> None:
        theme = self._themes.theme
        inner = content_rect(rect, line.depth)
        if hovered:
            self._paint_icon(painter, "more", button_rect(rect).center(), theme.text)
            inner.setRight(button_rect(rect).left() - 2)
        elif line.trailing:
            inner.setRight(self._paint_trailing(painter, inner, line.trailing))
        if line.kind == "folder":
            inner.setLeft(self._paint_folder(painter, inner, line))
        elif line.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(label_colour(line.colour, theme)))
            bar = QRectF(inner.left() - 7, inner.center().y() - 7, 3, 15)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if line.badge != "none":
            paint_badge(
                painter, QPointF(inner.left() + 5, inner.center().y() + 0.5), line.badge, theme
            )
            inner.setLeft(inner.left() + _BADGE_ROOM)
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text))
        _draw(painter, inner, line.text)

    def _paint_folder(self, painter: QPainter, inner: QRect, line: Line) -> int:
        """Chevron and folder; returns where the name begins."""
        theme = self._themes.theme
        middle = inner.center()
        opened = line.expanded and line.opens
        left = inner.left()
        if line.opens:
            middle.setX(left + _CHEVRON // 2 - 2)
            chevron = "chevron-down" if opened else "chevron-right"
            self._paint_icon(painter, chevron, middle, theme.dim, _CHEVRON)
            left += _CHEVRON
        middle.setX(left + _ICON // 2)
        icon = "folder-open" if opened else "folder"
        self._paint_icon(painter, icon, middle, label_colour(line.colour, theme))
        return left + _ICON + _GAP + 1

    def _paint_trailing(self, painter: QPainter, inner: QRect, text: str) -> int:
        """Small text at the end; returns where it begins."""
        painter.setFont(self._small_font)
        painter.setPen(QColor(self._themes.theme.dim))
        # A pixel more, or the text would be cut short by rounding.
        width = painter.fontMetrics().horizontalAdvance(text) + 1
        _draw(painter, inner.adjusted(inner.width() - width, 0, 0, 0), text)
        return inner.right() - width - _GAP

    def _paint_icon(
        self, painter: QPainter, name: str, middle: QPoint, colour: str, size: int = _ICON
    ) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap(name, colour, size, ratio)
        place = QRect(0, 0, size, size)
        place.moveCenter(middle)
        painter.drawPixmap(place, pixmap)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(_LONGEST_TITLE)
        folder = index.data(RowRole.LINE).kind == "folder"
        editor.setAccessibleName(tr("Name of the folder") if folder else tr("Title"))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        # What the user has begun to write stays, whatever becomes of the row meanwhile; and what
        # is selected to be written over stays selected.
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QLineEdit) and not editor.isModified() and editor.text() != text:
            editor.setText(text)
            editor.selectAll()

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            super().setModelData(editor, model, index)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: Line = index.data(RowRole.LINE)
        left = content_rect(option.rect, line.depth).left() - SIDE
        editor.setGeometry(option.rect.adjusted(max(SIDE, left), 1, -SIDE, -1))


def _draw(painter: QPainter, inner: QRect, text: str) -> None:
    """On the base line of the main font, so that Chinese and Latin titles stand level."""
    metrics = painter.fontMetrics()
    base_line = inner.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(inner.left(), base_line), _elided(painter, text, inner.width()))


def _elided(painter: QPainter, text: str, width: int) -> str:
    line = " ".join(text.split())
    return painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
