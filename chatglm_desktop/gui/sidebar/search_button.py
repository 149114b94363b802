# SPDX-License-Identifier: MIT
"""A button that looks like the search field that it opens; while something is dragged, a place
to pin it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.themed_button import ThemedButton

_ICON = 16
_PADDING = 12
_GAP = 8


class SearchButton(ThemedButton):
    """``shortcut`` is only shown; the window owns the key. Emits ``dropped`` while it pins."""

    dropped = Signal()

    def __init__(
        self, themes: ThemeManager, shortcut: str, mime: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self._shortcut = shortcut
        self._mime = mime
        self._pins = False
        self._over = False
        self.setText(tr("Search all conversations"))
        self.setAccessibleName(self.text())
        # A click leaves the cursor where the user writes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_pins(self, pins: bool) -> None:
        """From now on take what is dropped here, to be pinned; or be a button again."""
        self._pins = pins
        self._over = False
        self.setAcceptDrops(pins)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * _PADDING + _ICON, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(self._mime):
            event.acceptProposedAction()
            self._over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit()

    def paint(self, painter: QPainter) -> None:
        theme = self._themes.theme
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QPen(QColor(theme.accent if self.hasFocus() or self._pins else theme.line))
        if self._pins:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        hot = self.underMouse() or self._over
        painter.setBrush(QColor(theme.accent_weak if self._over else theme.surface))
        painter.drawRoundedRect(frame, 10, 10)
        colour = theme.text if hot else theme.dim
        name = "pin" if self._pins else "search"
        pixmap = self._themes.icons.pixmap(name, colour, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(_PADDING, (self.height() - _ICON) // 2, pixmap)
        painter.setPen(QColor(colour))
        self._paint_texts(painter, tr("Pin to the top") if self._pins else self.text())

    def _paint_texts(self, painter: QPainter, text: str) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        inner = self.rect().adjusted(_PADDING + _ICON + _GAP, 0, -_PADDING, 0)
        small = QFont(self.font())
        small.setPixelSize(13)
        painter.setFont(small)
        metrics = painter.fontMetrics()
        room = inner.width()
        key_room = metrics.horizontalAdvance(self._shortcut) + _GAP
        if not self._pins and metrics.horizontalAdvance(text) + key_room < room:
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, self._shortcut)
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, elided)
