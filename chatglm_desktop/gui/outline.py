# SPDX-License-Identifier: MIT
"""The card with all questions of a conversation, to go to one; knows no conversation.

A part of the page, not a window: a window of its own has no soft edge without a compositor.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from chatglm_desktop.core.history import Prompt
from chatglm_desktop.gui.prompt_list import PromptListModel
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_SIZE = QSize(440, 400)
_LENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Outline(QWidget):
    """Goes when a question is chosen, at Escape, and when the focus goes elsewhere.

    Emits ``chosen(position)``, and ``left()`` if the focus has no other place to go to.
    """

    chosen = Signal(int)
    left = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._themes = themes
        self._page = parent
        self._model = PromptListModel()
        self._model.setParent(self)
        self._build()
        self._connect()
        self._dress(themes.theme)

    def _build(self) -> None:
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Go to a question"))
        self._field.setAccessibleName(tr("Go to a question"))
        self._field.setFrame(False)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setAccessibleName(tr("Questions"))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = QLabel(tr("No question matches."))
        self._none.setContentsMargins(10, 4, 0, 8)
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._none)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._choose)
        self._themes.changed.connect(self._dress)

    def open_at(self, corner: QPoint, prompts: Sequence[Prompt], position: int) -> None:
        """Show ``prompts`` below ``corner`` (the top right one, in the parent).

        The question at or before ``position`` is the current one.
        """
        self._model.set_prompts(prompts)
        self._select(max(self._model.row_before(position), 0))
        size = _SIZE.boundedTo(QSize(corner.x(), self._page.height() - corner.y()))
        self.setGeometry(QRect(corner - QPoint(size.width() - SHADOW, SHADOW), size))
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def texts(self) -> list[str]:
        """The questions shown."""
        return [self._model.prompt(row).text for row in range(self._model.rowCount())]

    def _filter(self, text: str) -> None:
        self._model.set_filter(text)
        self._none.setVisible(not self._model.rowCount())
        self._select(0)

    def _select(self, row: int) -> None:
        index = self._model.index(row)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            position = self._model.prompt(index.row()).position
            self.chosen.emit(position)
            self._leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A menu of the field, and another window, give the focus back.
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _LENT:
            self._leave()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _LIST_KEYS:
            self._list.keyPressEvent(event)
        else:
            return False
        return True

    def _leave(self) -> None:
        """Go, and let whoever had the focus before have it again if nobody has taken it."""
        had_focus = self._field.hasFocus()
        self.close()
        if had_focus:
            self.left.emit()

    def _dress(self, theme: Theme) -> None:
        set_text_colour(self._none, theme.dim)
        self.setStyleSheet(
            f"""
QLineEdit {{ background: transparent; border: none; padding: 6px 8px; }}
QListView {{ background: transparent; color: {theme.text}; outline: none; }}
QListView::item {{ height: 30px; padding: 0 8px; border-radius: 6px; }}
QListView::item:hover {{ background: {theme.window}; }}
QListView::item:selected {{ background: {theme.accent_weak}; color: {theme.text}; }}
"""
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 12)
