# SPDX-License-Identifier: MIT
"""Paints one hit: title and time, the words round it with marks, labels; knows only the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatglm_desktop.core.search import Hit
from chatglm_desktop.gui.search.hit_list import HitRole, author_of, labels, title_of
from chatglm_desktop.gui.search.marked_text import MarkedPainter, MarkedText
from chatglm_desktop.gui.search.when import short_time
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_ground import paint_ground

_SIDE = 8
_PAD = 10
_GAP = 8
_LINE = 20
_LINES = 2
_TITLE_HEIGHT = _LINE + 2 * _PAD
_LABEL_PAD = 6
_HEIGHT = 2 * _PAD + (_LINES + 2) * _LINE + 2

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HitDelegate(QStyledItemDelegate):
    """``clock`` tells the time in epoch seconds. A hit in a title has no snippet."""

    def __init__(self, themes: ThemeManager, clock: Callable[[], float], parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._clock = clock
        self._title = MarkedPainter(_sized(parent.font(), 13, QFont.Weight.DemiBold))
        self._snippet = MarkedPainter(_sized(parent.font(), 13), _LINES)
        self._small = _sized(parent.font(), 12)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hit: Hit = index.data(HitRole.HIT)
        return QSize(0, _TITLE_HEIGHT + _LINE if hit.place == "title" else _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        hit: Hit = index.data(HitRole.HIT)
        rect: QRect = option.rect
        painter.save()
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, rect, option.state, self._themes.theme)
            inner = QRectF(rect).adjusted(_SIDE + _PAD, _PAD, -_SIDE - _PAD, -_PAD)
            self._paint_head(painter, inner, hit)
            if hit.place != "title":
                below = QRectF(inner.left(), inner.top() + _LINE + 2, inner.width(), _LINES * _LINE)
                said = MarkedText(hit.snippet, hit.marks)
                self._snippet.paint(painter, below, said, self._themes.theme)
            self._paint_foot(painter, inner, hit)
        finally:
            painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRectF, hit: Hit) -> None:
        theme = self._themes.theme
        line = QRectF(inner.left(), inner.top(), inner.width(), _LINE)
        when = short_time(hit.created_at, self._clock())
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        painter.drawText(line, _RIGHT, when)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(when) - _GAP
        in_title = hit.place == "title" and bool(hit.marks)
        said = MarkedText(hit.snippet, hit.marks) if in_title else MarkedText(title_of(hit))
        place = QRectF(inner.left(), inner.top(), room, _LINE)
        self._title.paint(painter, place, said, theme)

    def _paint_foot(self, painter: QPainter, inner: QRectF, hit: Hit) -> None:
        theme = self._themes.theme
        painter.setFont(self._small)
        metrics = painter.fontMetrics()
        left, top = inner.left(), inner.bottom() - _LINE + 2
        author = metrics.elidedText(
            author_of(hit), Qt.TextElideMode.ElideRight, int(inner.width() / 2)
        )
        painter.setPen(QColor(theme.dim))
        painter.drawText(QRectF(left, top, inner.width(), _LINE), _LEFT, author)
        left += metrics.horizontalAdvance(author) + (_GAP if author else 0)
        for label in labels(hit):
            width = metrics.horizontalAdvance(label) + 2 * _LABEL_PAD
            if left + width > inner.right():
                break
            frame = QRectF(left, top + 1, width, _LINE - 2)
            painter.setPen(QPen(QColor(theme.line)))
            painter.setBrush(QColor(theme.window))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            painter.setPen(QColor(theme.dim))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, label)
            left += width + 4


def _sized(font: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    sized.setWeight(weight)
    return sized
