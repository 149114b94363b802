# SPDX-License-Identifier: MIT
"""Paints a row of the list of models; knows the theme and what rows there are."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatglm_desktop.chat.model_rows import (
    FailureRow,
    GroupRow,
    ModelRow,
    Row,
    TypedRow,
)
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.model_picker.row_list import ListRole, short_size, words
from chatglm_desktop.gui.service_names import service_name
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_ground import paint_ground

_ROW_HEIGHT = 32
_GROUP_HEIGHT = 30
_ICON = 16
_PADDING = 8
_GAP = 8
_TEXT_LEFT = _PADDING + _ICON + _GAP
_CONTEXT_WIDTH = 40
_BARRED = 0.4
"""How much of the colours is left of what cannot be chosen."""


def row_height(row: Row) -> int:
    """The height in pixels of a row."""
    return _GROUP_HEIGHT if isinstance(row, GroupRow) else _ROW_HEIGHT


def refresh_rect(row: QRect) -> QRect:
    """Where the button of a group's row is that asks for its list again."""
    side = _ICON + 8
    return QRect(row.right() - _PADDING - side + 5, row.bottom() - side - 1, side, side)


class RowDelegate(QStyledItemDelegate):
    """Marks are shapes and words, never a colour alone."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._font = _sized(parent.font(), 14)
        self._small = _sized(parent.font(), 12)
        self._heading = _sized(parent.font(), 12)
        self._heading.setWeight(QFont.Weight.DemiBold)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row: Row | None = index.data(ListRole.ROW)
        return QSize(0, row_height(row) if row else int(index.data(ListRole.ROOM)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row | None = index.data(ListRole.ROW)
        if row is None:
            return
        rect: QRect = option.rect
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not isinstance(row, GroupRow):
                paint_ground(painter, rect, option.state, self._themes.theme, 1)
            self._paint_row(painter, rect, row)
        finally:
            painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self._themes.theme
        if isinstance(row, ModelRow | TypedRow) and row.barred:
            painter.setOpacity(_BARRED)
        match row:
            case GroupRow():
                self._paint_group(painter, rect, row)
            case ModelRow():
                self._paint_model(painter, rect, row)
            case FailureRow():
                self._icon(painter, rect, "warning", theme.warn)
                self._text(painter, rect, words(row), self._small, theme.dim)
            case TypedRow():
                self._text(painter, rect, words(row), self._font, theme.text)
            case _:
                assert_never(row)

    def _paint_group(self, painter: QPainter, rect: QRect, row: GroupRow) -> None:
        theme = self._themes.theme
        line = rect.adjusted(_PADDING, 8, -_PADDING - _ICON - _GAP, 0)
        painter.setFont(self._heading)
        painter.setPen(QColor(theme.dim))
        loading = tr("Asking for the list…") if row.loading else ""
        painter.drawText(line, _LEFT, _elided(painter, words(row), line.width()))
        used = painter.fontMetrics().horizontalAdvance(words(row)) + 2 * _GAP
        if loading:
            painter.setFont(self._small)
            painter.drawText(line.adjusted(used, 0, 0, 0), _RIGHT, loading)
        elif row.account is not None and row.account.kind in ("glm", "openai"):
            button = refresh_rect(rect)
            self._pixmap(painter, "retry", theme.dim, QPointF(button.center()) + QPointF(0.5, 0.5))

    def _paint_model(self, painter: QPainter, rect: QRect, row: ModelRow) -> None:
        theme = self._themes.theme
        if row.chosen:
            self._icon(painter, rect, "check", theme.accent)
        right = self._paint_marks(painter, rect, row.info)
        colour = theme.dim if row.info.retired else theme.text
        room = rect.adjusted(0, 0, right - rect.right() - _GAP, 0)
        used = self._text(painter, room, words(row), self._font, colour)
        rest = room.adjusted(used - room.left() + _GAP - _TEXT_LEFT, 0, 0, 0)
        more = service_name(row.account) if row.apart else row.info.id
        if more != words(row) and rest.width() > _TEXT_LEFT + 60:
            self._text(painter, rest, more, self._small, theme.dim)

    def _paint_marks(self, painter: QPainter, rect: QRect, info: ModelInfo) -> int:
        """Draw what is known of a model, from the right; returns where that begins."""
        theme = self._themes.theme
        right = rect.right() - _PADDING
        if info.context:
            painter.setFont(self._small)
            painter.setPen(QColor(theme.dim))
            place = QRect(right - _CONTEXT_WIDTH, rect.top(), _CONTEXT_WIDTH, rect.height())
            painter.drawText(place, _RIGHT, short_size(info.context))
        right -= _CONTEXT_WIDTH + _GAP
        for there, icon in (
            (info.thinking in ("optional", "always"), "think"),
            ("image" in info.inputs, "eye"),
        ):
            if there:
                centre = QPointF(right - _ICON / 2, rect.center().y() + 0.5)
                self._pixmap(painter, icon, theme.dim, centre)
            right -= _ICON + _GAP
        if info.retired:
            right = self._pill(painter, rect, right, tr("Retired"), theme.warn)
        if info.free:
            right = self._pill(painter, rect, right, tr("Free"), theme.ok)
        return right

    def _pill(self, painter: QPainter, rect: QRect, right: int, text: str, colour: str) -> int:
        painter.setFont(self._small)
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 12, metrics.height() + 2
        top = rect.center().y() - height / 2 + 0.5
        pill = QRectF(right - width, top, width, height)
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return right - width - _GAP

    def _text(self, painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> int:
        """Draw what stands in a row; returns where it ends."""
        painter.setFont(font)
        painter.setPen(QColor(colour))
        line = rect.adjusted(_TEXT_LEFT, 0, 0, 0)
        shown = _elided(painter, text, line.width())
        # On the base line of the main font, so that Chinese and Latin names stand level.
        metrics = painter.fontMetrics()
        base = line.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(line.left(), base), shown)
        return line.left() + metrics.horizontalAdvance(shown)

    def _icon(self, painter: QPainter, rect: QRect, name: str, colour: str) -> None:
        centre = QPointF(rect.left() + _PADDING + _ICON / 2, rect.center().y() + 0.5)
        self._pixmap(painter, name, colour, centre)

    def _pixmap(self, painter: QPainter, name: str, colour: str, centre: QPointF) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap(name, colour, _ICON, ratio)
        painter.drawPixmap(centre - QPointF(_ICON / 2, _ICON / 2), pixmap)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _sized(font: QFont, pixels: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    return sized


def _elided(painter: QPainter, text: str, width: int) -> str:
    line = " ".join(text.split())
    return painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, width)
