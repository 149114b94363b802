# SPDX-License-Identifier: MIT
"""A short message with one action over the bottom of a widget; knows only the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card

SHOWN_FOR_MS = 8_000
ABOVE_COMPOSER = 112
"""Pixels of the bottom that are left free."""

FLOOR = "toast-floor"
"""The object name of what a toast never covers, however high that grows."""


class Toast(QWidget):
    """Stays at the bottom centre of ``parent`` for 8 s, longer while the pointer is on it.

    A new message takes the place of the old one. It keeps above what is called :data:`FLOOR`. A
    click on it leaves the focus where it is, and so does its end.
    """

    def __init__(
        self, themes: ThemeManager, parent: QWidget, above_bottom: int = ABOVE_COMPOSER
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._host = parent
        self._above_bottom = above_bottom
        self._text = ""
        self._title = ""
        self._on_action: Callable[[], object] | None = None
        self._floors: list[QWidget] = []
        self._before: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR_MS)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._action = QPushButton()
        self._close = IconButton(self._themes, "close", tr("Dismiss"), side=24, icon_size=14)
        for button in (self._action, self._close):
            # A click leaves the focus where it is: the button goes with it.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 16, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        row.setSpacing(10)
        row.addWidget(self._label)
        row.addWidget(self._action)
        row.addWidget(self._close)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._go)
        self._close.clicked.connect(self._go)
        self._action.clicked.connect(self._act)
        self._themes.changed.connect(self._repaint)
        self._host.installEventFilter(self)

    def text(self) -> str:
        return self._text

    def move_to(self, host: QWidget) -> None:
        """Be over another widget from now on; what is shown stays so."""
        if host is self._host:
            return
        shown, on_action = self.isVisible(), self._on_action
        self._host.removeEventFilter(self)
        self._host = host
        self._host.installEventFilter(self)
        self.setParent(host)
        if shown:
            self._on_action = on_action
            self._appear()

    def show_message(
        self,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        *,
        title: str = "",
    ) -> None:
        """Show ``text`` and, unless it is empty, a button ``action`` that calls ``on_action``.

        ``title`` is the part of the text that is cut short where there is not enough room.
        """
        self._text = text
        self._title = title or text
        self._on_action = on_action
        self._label.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._appear()

    def _appear(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._before = focused
        self._floors = self._host.findChildren(QWidget, FLOOR)
        for floor in self._floors:
            floor.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _act(self) -> None:
        on_action = self._on_action
        self._go()
        if on_action is not None:
            on_action()

    def _go(self) -> None:
        """Hide; a focus that came here with Tab goes back to where it was at first."""
        focused, before = QApplication.focusWidget(), self._before
        if focused is not None and self.isAncestorOf(focused) and before and isValid(before):
            before.setFocus()
        self.hide()

    def _place(self) -> None:
        self._label.setText(self._fitting(self._room()))
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(left, max(0, self._bottom() - self.height()))

    def _bottom(self) -> int:
        host = self._host
        # A page may have gone to a window of its own meanwhile.
        there = [floor for floor in self._floors if isValid(floor) and host.isAncestorOf(floor)]
        floors = [floor for floor in there if floor.isVisibleTo(host)]
        tops = [floor.mapTo(host, QPoint(0, 0)).y() + SHADOW for floor in floors]
        return min([host.height() - self._above_bottom, *tops])

    def _room(self) -> int:
        """How wide the text may be."""
        row = self._row
        margins = row.contentsMargins()
        # A label wants a pixel more than its text takes.
        room = self._host.width() - margins.left() - margins.right() - 1
        for button in (self._action, self._close):
            if not button.isHidden():
                room -= row.spacing() + button.sizeHint().width()
        return room

    def _fitting(self, room: int) -> str:
        metrics = self._label.fontMetrics()
        rest = self._text.replace(self._title, "", 1)
        room = max(0, room - metrics.horizontalAdvance(rest))
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        return self._text.replace(self._title, title, 1)

    def _repaint(self) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = event.type() in (QEvent.Type.Resize, QEvent.Type.Move)
        if moved and self.isVisible():
            self._place()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        self._on_action = None
        self._forget_floors()

    def _forget_floors(self) -> None:
        for floor in self._floors:
            if isValid(floor):
                floor.removeEventFilter(self)
        self._floors = []

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 12)
