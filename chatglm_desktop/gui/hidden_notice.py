# SPDX-License-Identifier: MIT
"""The line above the draft that says what the end of the conversation hides; knows the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatglm_desktop.core.history import Aside
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.link_button import LinkButton

_ICON = 16
_WIDEST = 760


class HiddenNotice(QWidget):
    """Seen only while there is something to say. Emits ``show_wanted()`` and
    ``restore_wanted()``.
    """

    show_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._label = ElidedLabel(themes, 13)
        self._show = LinkButton(themes, tr("Show them"))
        self._restore = LinkButton(themes, tr("Restore"))
        inner = QHBoxLayout()
        inner.setContentsMargins(16 + _ICON + 8, 6, 12, 6)
        inner.setSpacing(12)
        inner.addWidget(self._label, 1)
        inner.addWidget(self._show)
        inner.addWidget(self._restore)
        self._card = QWidget()
        self._card.setLayout(inner)
        self._card.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 8)
        row.addWidget(self._card)
        self._show.clicked.connect(self.show_wanted)
        self._restore.clicked.connect(self.restore_wanted)
        themes.changed.connect(self._repaint)
        self.hide()

    def show_aside(self, aside: Aside, *, empty: bool) -> None:
        """Tell of what follows the end unseen; in an ``empty`` conversation of what was deleted."""
        removed = aside.removed if empty and not aside.beyond else 0
        words = _words(aside.beyond, removed, empty=empty)
        self._label.set_text(words)
        self.setAccessibleName(words)
        self._show.setVisible(aside.beyond > 0)
        self._restore.setVisible(removed > 0)
        self.setVisible(aside.beyond > 0 or removed > 0)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        card = QRectF(self._card.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        colour, ratio = theme.accent, self.devicePixelRatioF()
        pixmap = self._themes.icons.pixmap("info", colour, _ICON, ratio)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.line), 1.0))
            painter.setBrush(QColor(theme.accent_weak))
            painter.drawRoundedRect(card, 10.0, 10.0)
            top = card.top() + (card.height() - _ICON) / 2
            painter.drawPixmap(round(card.left()) + 16, round(top), pixmap)


def _words(beyond: int, removed: int, *, empty: bool) -> str:
    if not beyond:
        return tr("Deleted messages that can be restored: {number}", number=removed)
    if empty:
        return tr("Messages of this conversation, hidden but not lost: {number}", number=beyond)
    return tr("Messages that go on from here, hidden but not lost: {number}", number=beyond)
