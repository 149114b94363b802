# SPDX-License-Identifier: MIT
"""The card with the snippets that fit what is typed; takes no focus and knows no editor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from chatglm_desktop.gui.composing.snippet_delegate import SnippetDelegate
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.shadow import SHADOW, paint_card
from chatglm_desktop.gui.widgets.text_colour import set_text_colour
from chatglm_desktop.settings.options import SavedPrompt

ROW_HEIGHT = 32
_WIDTH = 440
_MARGIN = 8
_MOST_ROWS = 8
_NOWHERE = QModelIndex()
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class SnippetListModel(QAbstractListModel):
    """The snippets themselves are the data of the rows; the last row, without one, makes one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._snippets: Sequence[SavedPrompt] = ()

    def set_snippets(self, snippets: Sequence[SavedPrompt]) -> None:
        self.beginResetModel()
        self._snippets = snippets
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._snippets) + 1

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if index.row() == len(self._snippets):
            return tr("New snippet…") if role in _SPOKEN else None
        snippet = self._snippets[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return snippet.name
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return snippet.text
            case Qt.ItemDataRole.UserRole:
                return snippet
        return None


class SnippetList(QWidget):
    """Emits ``chosen(snippet)`` and ``new_wanted()``."""

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, themes: ThemeManager, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._themes = themes
        self._window = window
        self._model = SnippetListModel(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(SnippetDelegate(themes, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(tr("Snippets"))
        self._view.setStyleSheet("background: transparent; outline: none;")
        self._none = QLabel(tr("No snippets yet: save texts that you use often."))
        self._none.setContentsMargins(10, 4, 10, 4)
        column = QVBoxLayout(self)
        margin = SHADOW + _MARGIN
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(0)
        column.addWidget(self._none)
        column.addWidget(self._view)
        self._view.clicked.connect(self._take)
        themes.changed.connect(self._dress)
        self._dress()

    def show_snippets(self, snippets: Sequence[SavedPrompt], place: QPoint) -> None:
        """Show these, the first of them the current one, above ``place`` in the window."""
        self._model.set_snippets(snippets)
        self._none.setVisible(not snippets)
        # Where there is none, Enter goes on sending the message.
        self._view.setCurrentIndex(self._model.index(0) if snippets else QModelIndex())
        rows = min(len(snippets), _MOST_ROWS) + 1
        self._view.setFixedHeight(rows * ROW_HEIGHT)
        words = 0 if snippets else self._none.sizeHint().height()
        height = 2 * _MARGIN + rows * ROW_HEIGHT + words
        width = min(_WIDTH, self._window.width() - 8)
        left = max(min(place.x(), self._window.width() - 4 - width), 4)
        card = QRect(QPoint(left, place.y() - height), QSize(width, height))
        self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
        self.show()
        self.raise_()

    def names(self) -> list[str]:
        """What is listed."""
        return [self._model.index(row).data() for row in range(self._model.rowCount() - 1)]

    def step(self, rows: int) -> None:
        """Go up or down, from an end to the other."""
        count, current = self._model.rowCount(), self._view.currentIndex()
        row = current.row() + rows if current.isValid() or rows > 0 else -1
        self._view.setCurrentIndex(self._model.index(row % count))

    def take_current(self) -> bool:
        """Do as a click on the current row does; whether there is one."""
        index = self._view.currentIndex()
        if index.isValid():
            self._take(index)
        return index.isValid()

    def _take(self, index: QModelIndex) -> None:
        snippet: SavedPrompt | None = index.data(Qt.ItemDataRole.UserRole)
        if snippet is None:
            self.new_wanted.emit()
        else:
            self.chosen.emit(snippet)

    def _dress(self) -> None:
        set_text_colour(self._none, self._themes.theme.dim)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        with QPainter(self) as painter:
            paint_card(painter, card, self._themes.theme, 12)
