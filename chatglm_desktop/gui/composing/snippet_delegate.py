# SPDX-License-Identifier: MIT
"""Paints a snippet: its name, and its text in small; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.row_ground import paint_ground
from chatglm_desktop.settings.options import SavedPrompt

_PADDING = 10
_GAP = 12
_ICON = 16
_NAME_SHARE = 0.55


class SnippetDelegate(QStyledItemDelegate):
    """All rows have one height."""

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._name_font, self._text_font = QFont(parent.font()), QFont(parent.font())
        self._name_font.setPixelSize(14)
        self._text_font.setPixelSize(12)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, 32)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        snippet: SavedPrompt | None = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, rect, option.state, self._themes.theme, 1)
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if snippet is None:
            self._paint_new(painter, inner, str(index.data()))
        else:
            self._paint_snippet(painter, inner, snippet)
        painter.restore()

    def _paint_snippet(self, painter: QPainter, inner: QRect, snippet: SavedPrompt) -> None:
        painter.setFont(self._name_font)
        painter.setPen(QColor(self._themes.theme.text))
        used = _draw(painter, inner, snippet.name, int(inner.width() * _NAME_SHARE))
        painter.setFont(self._text_font)
        painter.setPen(QColor(self._themes.theme.dim))
        rest = inner.adjusted(used + _GAP, 0, 0, 0)
        _draw(painter, rest, snippet.text, rest.width())

    def _paint_new(self, painter: QPainter, inner: QRect, text: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._themes.icons.pixmap("plus", self._themes.theme.dim, _ICON, ratio)
        top = inner.center().y() + 0.5 - _ICON / 2
        painter.drawPixmap(QPointF(inner.left() - 2, top), pixmap)
        painter.setFont(self._name_font)
        painter.setPen(QColor(self._themes.theme.dim))
        _draw(painter, inner.adjusted(_ICON + 4, 0, 0, 0), text, inner.width())


def _draw(painter: QPainter, place: QRect, text: str, width: int) -> int:
    """Write the text in one line; returns its width."""
    metrics = painter.fontMetrics()
    # A long text is not looked at beyond what could fit.
    line = " ".join(text[:400].split())
    shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
