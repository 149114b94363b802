# SPDX-License-Identifier: MIT
"""One answer to the question which service is to answer; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import hover_colour
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_PADDING = 12
_ICON = 20
_ARROW = 16
_GAP = 12
_BETWEEN = 2
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ChoiceCard(ThemedButton):
    """A title with a line or more of what it means, as high as they need."""

    def __init__(
        self,
        themes: ThemeManager,
        icon: str,
        title: str,
        meaning: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self._icon = icon
        self._meaning = meaning
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(meaning)
        self._title_font = QFont(self.font())
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._small_font = QFont(self.font())
        self._small_font.setPixelSize(13)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def meaning(self) -> str:
        return self._meaning

    def set_meaning(self, meaning: str) -> None:
        """Say something else below the title."""
        self._meaning = meaning
        self.setAccessibleDescription(meaning)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        title, meaning = self._rects(width)
        return max(meaning.bottom() + 1, title.bottom() + 1) + _PADDING

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _rects(self, width: int) -> tuple[QRect, QRect]:
        """Where title and meaning stand at a width; both wrap."""
        left = _PADDING + _ICON + _GAP
        room = max(width - left - _GAP - _ARROW - _PADDING, 40)
        title = _wrapped(self._title_font, self.text(), QRect(left, _PADDING, room, 0))
        top = title.bottom() + 1 + _BETWEEN
        return title, _wrapped(self._small_font, self._meaning, QRect(left, top, room, 0))

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line)))
        painter.setBrush(QColor(theme.raised))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, 12, 12)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(hover_colour(theme.text))
            painter.drawRoundedRect(frame, 12, 12)
        title, meaning = self._rects(self.width())
        self._paint_icon(painter, self._icon, _ICON, _PADDING)
        self._paint_icon(painter, "chevron-right", _ARROW, self.width() - _PADDING - _ARROW)
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.dim))
        painter.drawText(title, _WRAP, self.text())
        painter.setFont(self._small_font)
        painter.setPen(QColor(theme.dim))
        painter.drawText(meaning, _WRAP, self._meaning)

    def _paint_icon(self, painter: QPainter, name: str, size: int, x: int) -> None:
        colour = self._themes.theme.accent if x == _PADDING else self._themes.theme.dim
        pixmap = self._themes.icons.pixmap(name, colour, size, self.devicePixelRatioF())
        painter.drawPixmap(x, (self.height() - size) // 2, pixmap)


def _wrapped(font: QFont, text: str, room: QRect) -> QRect:
    """``room``, as high as ``text`` needs."""
    tall = QRect(room.left(), room.top(), room.width(), 1000)
    needed = QFontMetrics(font).boundingRect(tall, _WRAP, text)
    return QRect(room.left(), room.top(), room.width(), needed.height())
