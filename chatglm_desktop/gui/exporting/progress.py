# SPDX-License-Identifier: MIT
"""How far an export is, over the bottom of the window; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card
from chatglm_desktop.gui.widgets.toast import ABOVE_COMPOSER

AFTER_MS = 400
"""How long an export may take before it is told of."""
_WIDTH = 440
_BAR = 3.0


class ProgressCard(QWidget):
    """Stays at the bottom centre of ``parent`` until it is closed. Emits ``cancelled()``."""

    cancelled = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._host = parent
        self._share = 0.0
        self._label = QLabel(tr("Exporting…"))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 16, SHADOW + 8, SHADOW + 8, SHADOW + 18)
        row.setSpacing(16)
        row.addWidget(self._label, 1)
        row.addWidget(self.cancel_button)
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self._timer.start()
        themes.changed.connect(self.repaint_later)
        parent.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        return self._label.text()

    def tell(self, text: str, share: float) -> None:
        """``share`` is from 0 to 1."""
        self._label.setText(text)
        self._label.setAccessibleName(text)
        self._share = share
        self.update()

    def end(self) -> None:
        """Nothing more is to be told."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def repaint_later(self) -> None:
        self.update()

    def _appear(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        width = min(_WIDTH + 2 * SHADOW, self._host.width())
        self.resize(width, self.sizeHint().height())
        left = (self._host.width() - self.width()) // 2
        self.move(left, max(0, self._host.height() - self.height() - ABOVE_COMPOSER))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, theme, 12)
            bar = QRectF(card.left() + 16, card.bottom() - 11, card.width() - 32, _BAR)
            painter.fillRect(bar, QColor(theme.line))
            bar.setWidth(bar.width() * self._share)
            painter.fillRect(bar, QColor(theme.accent))
