# SPDX-License-Identifier: MIT
"""The small card for finding in a conversation; knows neither conversation nor matches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_FIELD = 220
_COUNT = 64
_MARGIN = 16


class FindBar(QWidget):
    """Stands at the top right corner of ``parent`` while the user looks for something.

    Emits ``query_changed(text)``, ``step_wanted(1 or -1)`` and ``closed()``.
    """

    query_changed = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes
        self._host = parent
        self._none = False
        self._match: QRect | None = None
        self._build()
        self._connect()
        self._dress()
        self.hide()

    def _build(self) -> None:
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Find in this conversation"))
        self._field.setAccessibleName(tr("Find in this conversation"))
        self._field.setMinimumWidth(_FIELD)
        self._field.setFrame(False)
        self._count = QLabel()
        self._count.setMinimumWidth(_COUNT)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._previous = self._button("chevron-up", tr("Previous match"), "Shift+F3")
        self._next = self._button("chevron-down", tr("Next match"), "F3")
        self._close = self._button("close", tr("Close"), "Esc")
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 2px 0; }")
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 12, SHADOW + 6, SHADOW + 6, SHADOW + 6)
        row.setSpacing(2)
        row.addWidget(self._field)
        row.addWidget(self._count)
        row.addSpacing(6)
        for button in (self._previous, self._next, self._close):
            row.addWidget(button)

    def _button(self, icon: str, name: str, key: str) -> IconButton:
        shortcut = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        return IconButton(self._themes, icon, name, shortcut=shortcut)

    def _connect(self) -> None:
        self._field.textChanged.connect(self.query_changed)
        self._field.installEventFilter(self)
        self._previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.step_wanted.emit(1))
        self._close.clicked.connect(self.close_bar)
        self._themes.changed.connect(self._dress)
        self._host.installEventFilter(self)

    def query(self) -> str:
        return self._field.text()

    def count_text(self) -> str:
        """What is said of the matches, such as ``3/17``."""
        return self._count.text()

    def open_with(self, text: str = "") -> None:
        """Show the card and take the cursor; ``text`` is looked for unless it is empty."""
        if text:
            self._field.setText(text)
        self._place()
        self.show()
        self.raise_()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_with(self, text: str) -> None:
        """Show the card for what is looked for already; the cursor stays where it is."""
        with QSignalBlocker(self._field):
            self._field.setText(text)
        self._place()
        self.show()
        self.raise_()

    def close_bar(self) -> None:
        """Say so and hide the card."""
        if self.isVisible():
            # First, so that the focus is taken: a card that has it hands it on as Tab does.
            self.closed.emit()
            self.hide()

    def show_count(self, number: int, total: int) -> None:
        """``number`` counts from 1; 0 as long as none is current."""
        self._none = not total and bool(self.query())
        text = tr("No match") if self._none else ""
        if total:
            text = f"{number}/{total}" if number else str(total)
        self._count.setText(text)
        self._count.setAccessibleName(text)
        for button in (self._previous, self._next):
            button.setEnabled(total > 0)
        self._dress()

    def _dress(self) -> None:
        theme = self._themes.theme
        set_text_colour(self._count, theme.bad if self._none else theme.dim)
        self.update()

    def stay_clear_of(self, match: QRect | None) -> None:
        """Stand below ``match`` (in the parent's pixels) where the card would hide it."""
        self._match = match
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        width = min(self.sizeHint().width(), self._host.width())
        left = max(self._host.width() - width - _MARGIN + SHADOW, 0)
        place = QRect(left, _MARGIN - SHADOW, width, self.sizeHint().height())
        if self._match is not None and place.intersects(self._match):
            place.moveTop(self._match.bottom() + 1)
        self.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self._field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._take(event)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        """Enter and Escape in the field; the input method has had them before."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step_wanted.emit(-1 if back else 1)
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 12)
