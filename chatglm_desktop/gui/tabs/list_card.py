# SPDX-License-Identifier: MIT
"""The card with all tabs, to go to one by a part of its title; knows no conversation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.tabs.tab_list import ListedTab, TabDelegate, TabListModel
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.popup_card import PopupCard
from chatglm_desktop.gui.widgets.shadow import SHADOW
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

_WIDTH = 380
_HIGHEST = 440
_ROW = 32
_CHROME = 68
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TabList(PopupCard):
    """Emits ``chosen(id)`` for an open tab, ``reopening_wanted(id)`` for a closed one."""

    chosen = Signal(str)
    reopening_wanted = Signal(str)

    def __init__(self, themes: ThemeManager, host: QWidget, tabs: Sequence[ListedTab]) -> None:
        super().__init__(themes, host)
        self._host = host
        self._count = len(tabs)
        self._model = TabListModel(tabs)
        self._model.setParent(self)
        self._build(themes)
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list.clicked.connect(self._choose)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    def _build(self, themes: ThemeManager) -> None:
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Go to a tab"))
        self._field.setAccessibleName(tr("Go to a tab"))
        self._field.setFrame(False)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(TabDelegate(themes, self._list))
        self._list.setAccessibleName(tr("All tabs"))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = QLabel(tr("No tab matches."))
        self._none.setContentsMargins(10, 4, 0, 8)
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._none, 1, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self._field)

    def open_at(self, corner: QPoint, current: str | None) -> None:
        """Show the card below ``corner``, its top right one, with the tab in front chosen."""
        self._select(self._model.row_of(current))
        height = min(_HIGHEST, _CHROME + _ROW * self._count, self._host.height() - corner.y() - 8)
        size = QSize(min(_WIDTH, corner.x()), height)
        card = QRect(QPoint(corner.x() - size.width(), corner.y()), size)
        self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def titles(self) -> list[str]:
        """The tabs shown."""
        return [self._model.tab(row).title for row in range(self._model.rowCount())]

    def _filter(self, text: str) -> None:
        self._model.set_filter(text)
        found = self._model.rowCount() > 0
        self._list.setVisible(found)
        self._none.setVisible(not found)
        self._select(0)

    def _select(self, row: int) -> None:
        index = self._model.index(row)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            tab = self._model.tab(index.row())
            self.close()
            asked = self.reopening_wanted if tab.kind == "closed" else self.chosen
            asked.emit(tab.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif event.key() in _LIST_KEYS:
            self._list.keyPressEvent(event)
        else:
            return False
        return True

    def _dress(self, theme: Theme) -> None:
        set_text_colour(self._none, theme.dim)
        self.setStyleSheet(
            """
QLineEdit { background: transparent; border: none; padding: 6px 8px; }
QListView { background: transparent; outline: none; }
"""
        )
