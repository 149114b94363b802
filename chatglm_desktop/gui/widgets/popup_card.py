# SPDX-License-Identifier: MIT
"""A card that opens beside a button and goes when it is left; knows only the theme.

A part of the page, not a window: a window of its own has no soft edge without a compositor.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card

_GAP = 4
"""Pixels between the card and what it belongs to."""


class PopupCard(QWidget):
    """Goes at Escape and when the focus goes elsewhere; is deleted then.

    Emits ``left()`` if the focus has no other place to go to, and ``gone()`` in any case.
    """

    left = Signal()
    gone = Signal()

    def __init__(self, themes: ThemeManager, page: QWidget) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._themes = themes
        self._page = page
        self._following = False
        themes.changed.connect(self._repaint)

    def place(self, anchor: QRect, size: QSize) -> None:
        """Show the card, of ``size`` as far as there is room, above ``anchor`` or below it.

        The anchor is in the page; the side with more room is taken.
        """
        above = anchor.top() - _GAP
        below = self._page.height() - anchor.bottom() - _GAP
        room = QSize(self._page.width() - 2 * _GAP, max(above, below))
        fitting = size.boundedTo(room)
        left = max(min(anchor.left(), self._page.width() - _GAP - fitting.width()), _GAP)
        top = above - fitting.height() if above >= below else anchor.bottom() + _GAP
        card = QRect(QPoint(left, top), fitting)
        self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Go, and let whoever had the focus before have it again if nobody has taken it."""
        had_focus = _holds(self, QApplication.focusWidget())
        self.close()
        if had_focus:
            self.left.emit()

    def _follow_focus(self, _: QWidget | None, new: QWidget | None) -> None:
        # Without a new place, another window or a menu has it for a while.
        if new is not None and not _holds(self, new):
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        if not self._following:
            self._following = True
            _app().focusChanged.connect(self._follow_focus)

    def hideEvent(self, event: QHideEvent) -> None:
        # It comes twice for a card that is closed when its page was hidden before.
        if self._following:
            self._following = False
            _app().focusChanged.disconnect(self._follow_focus)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.gone.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        # No key goes on to the page, which would write it into the message.
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 12)

    def _repaint(self) -> None:
        self.update()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _holds(card: QWidget, widget: QObject | None) -> bool:
    """Whether ``widget`` is the card or belongs to it, the lists of its boxes included."""
    while widget is not None and widget is not card:
        widget = widget.parent()
    return widget is card
