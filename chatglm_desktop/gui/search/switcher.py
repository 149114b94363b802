# SPDX-License-Identifier: MIT
"""The card that goes to a conversation by a part of its title; looks for none itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from chatglm_desktop.gui.search.switch_delegate import HEIGHT, SwitchDelegate
from chatglm_desktop.gui.search.switch_rows import SwitchListModel, SwitchRole, SwitchRow
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.popup_card import PopupCard
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_WIDTH = 560
_MOST_ROWS = 10
_TOP_SHARE = 0.14
_MARGIN = 16
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Switcher(PopupCard):
    """The cursor stays in the field: arrows choose, Enter goes there, with Ctrl beside.

    Emits ``typed(text)`` and ``chosen(row, beside)``.
    """

    typed = Signal(str)
    chosen = Signal(object, bool)

    def __init__(self, themes: ThemeManager, host: QWidget) -> None:
        super().__init__(themes, host)
        self._host = host
        self._model = SwitchListModel()
        self._model.setParent(self)
        self._build()
        self._connect()
        self._dress(themes.theme)

    def _build(self) -> None:
        self.setAccessibleName(tr("Go to a conversation"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Go to a conversation, or do something"))
        self.field.setAccessibleName(tr("Go to a conversation, or do something"))
        self.field.setFrame(False)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(SwitchDelegate(self._themes, self._list))
        self._list.setAccessibleName(tr("Conversations"))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = QLabel(tr("Enter opens · Ctrl+Enter opens beside · Esc closes"))
        self._hint.setContentsMargins(16, 2, 16, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW, SHADOW + 8, SHADOW, SHADOW + 4)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self._list.clicked.connect(self._click)
        self._themes.changed.connect(self._dress)

    @property
    def rows(self) -> Sequence[SwitchRow]:
        return self._model.rows

    def open_card(self) -> None:
        """Show the card at the top of its host and take the cursor."""
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_rows(self, rows: Sequence[SwitchRow]) -> None:
        """Offer ``rows``; the first one is the current one."""
        self._model.show(rows)
        self._list.setCurrentIndex(self._model.index(0))
        self._list.scrollToTop()
        self._place()

    def _place(self) -> None:
        rows = min(max(len(self._model.rows), 1), _MOST_ROWS)
        # As high as its rows, so that little is hidden; the field stays where it is.
        chrome = self.field.sizeHint().height() + self._hint.sizeHint().height() + 20
        host = self._host.rect()
        width = min(_WIDTH, host.width() - 2 * _MARGIN)
        top = int(host.height() * _TOP_SHARE)
        height = min(rows * HEIGHT + chrome, host.height() - top - _MARGIN)
        card = QRect((host.width() - width) // 2, top, width, height)
        self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def _click(self, index: QModelIndex) -> None:
        self._choose(index, beside=False)

    def _choose(self, index: QModelIndex, *, beside: bool) -> None:
        if index.isValid():
            row: SwitchRow = index.data(SwitchRole.ROW)
            # First, so that what is chosen can take the focus.
            self.leave()
            self.chosen.emit(row, beside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the field; the input method has had them before."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _ENTER:
            beside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._choose(self._list.currentIndex(), beside=beside)
        elif event.key() in _LIST_KEYS and not event.modifiers():
            self._list.keyPressEvent(event)
        else:
            return False
        return True

    def _dress(self, theme: Theme) -> None:
        self.field.setStyleSheet(
            "background: transparent; border: none; padding: 6px 14px; font-size: 15px;"
        )
        self._list.setStyleSheet("background: transparent; outline: none;")
        set_text_colour(self._hint, theme.dim)
        font = self._hint.font()
        font.setPixelSize(12)
        self._hint.setFont(font)
