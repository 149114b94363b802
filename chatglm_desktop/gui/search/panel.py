# SPDX-License-Identifier: MIT
"""The panel for finding in all conversations; shows what it is told and looks for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from chatglm_desktop.core.search import Hit, SearchOrder
from chatglm_desktop.gui.search.filter_row import FilterRow
from chatglm_desktop.gui.search.hit_delegate import HitDelegate
from chatglm_desktop.gui.search.hit_list import HitListModel, HitRole
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.segments import Segments
from chatglm_desktop.gui.widgets.text_colour import set_text_colour

WIDTH = 380
_LEAST_WIDTH = 280
_PATIENCE_MS = 150
"""After how long it is said that the search goes on: a word that flashes up disturbs."""

_ORDERS: tuple[SearchOrder, ...] = ("newest", "relevance")
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchPanel(QWidget):
    """The cursor stays in the field: arrows choose, Enter goes there, with Ctrl beside.

    Emits ``query_changed(text, order)``, ``more_wanted()`` near the end of what is there,
    ``chosen(hit, beside)`` and ``closed()``.
    """

    query_changed = Signal(str, str)
    more_wanted = Signal()
    chosen = Signal(object, bool)
    closed = Signal()

    def __init__(
        self, themes: ThemeManager, clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, autoFillBackground=True)
        self._themes = themes
        self._model = HitListModel()
        self._model.setParent(self)
        self._more = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._build(clock)
        self._connect()
        self._dress(themes.theme)
        self.show_nothing()

    def _build(self, clock: Callable[[], float]) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setAccessibleName(tr("Search in all conversations"))
        self.field = QLineEdit()
        self.field.setProperty("form", True)
        self.field.setPlaceholderText(tr("Search in all conversations"))
        self.field.setAccessibleName(tr("Search in all conversations"))
        self.field.setClearButtonEnabled(True)
        escape = QKeySequence("Esc").toString(QKeySequence.SequenceFormat.NativeText)
        self._close = IconButton(self._themes, "close", tr("Close"), shortcut=escape)
        self.filters = FilterRow(self._themes)
        self._count = ElidedLabel(self._themes, 12)
        self._order = Segments(self._themes, (tr("Newest"), tr("Best match")))
        self._order.set_current(0)
        self._order.set_accessible(tr("Order"))
        self._list = self._new_list(clock)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setContentsMargins(18, 8, 18, 0)
        self._lay_out()
        self.setFocusProxy(self.field)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 10, 8, 0)
        top.addWidget(self.field, 1)
        top.addWidget(self._close)
        filters = QVBoxLayout()
        filters.setContentsMargins(12, 0, 12, 0)
        filters.addWidget(self.filters)
        middle = QHBoxLayout()
        middle.setContentsMargins(18, 0, 12, 0)
        middle.addWidget(self._count, 1)
        middle.addWidget(self._order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(filters)
        column.addLayout(middle)
        column.addWidget(self._words, 1)
        column.addWidget(self._list, 1)

    def _new_list(self, clock: Callable[[], float]) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(HitDelegate(self._themes, clock, view))
        view.setAccessibleName(tr("What was found"))
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setStyleSheet("background: transparent; outline: none;")
        return view

    def _connect(self) -> None:
        self.field.textChanged.connect(self._change)
        self.field.installEventFilter(self)
        self.filters.changed.connect(self._filter)
        self._order.chosen.connect(self._tell)
        self._close.clicked.connect(self.closed)
        self._patience.timeout.connect(self._say_searching)
        self._list.clicked.connect(self._click)
        self._list.verticalScrollBar().valueChanged.connect(self._look_for_end)
        self._themes.changed.connect(self._dress)

    @property
    def order(self) -> SearchOrder:
        return _ORDERS[self._order.current]

    @property
    def hits(self) -> Sequence[Hit]:
        return self._model.hits

    def said(self) -> str:
        """What stands in place of hits, and how many there are."""
        return self._count.text() if self._words.isHidden() else self._words.text()

    def open_with(self, text: str = "") -> None:
        """Show the panel and take the cursor; ``text`` is looked for unless it is empty."""
        if text:
            self.field.setText(text)
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_searching(self) -> None:
        """What is there stays until there is an answer; if that takes long, say so."""
        self._more = False
        self._patience.start()

    def show_nothing(self) -> None:
        """Nothing is looked for: tell what can be."""
        self._patience.stop()
        self._more = False
        self._model.show(())
        self._count.set_text("")
        self._say(
            "\n".join(
                (
                    tr("Words in any order, also Chinese ones, in titles and messages."),
                    "",
                    tr("“In quotation marks” for a phrase."),
                    tr("after:2024-05 and before:2w for a time."),
                    tr("model:glm for what a model said."),
                )
            )
        )

    def show_hits(self, hits: Sequence[Hit], *, more: bool) -> None:
        """Show what was found; there is ``more`` of it."""
        self._patience.stop()
        self._more = more
        current = self._list.currentIndex().data(HitRole.HIT)
        self._model.show(hits)
        self._list.scrollToTop()
        if hits:
            self._select(hits.index(current) if current in hits else 0)
            self._words.hide()
            self._list.show()
            self._count_hits()
        else:
            self._count.set_text("")
            self._say(tr("Nothing was found.") + "\n" + tr("Fewer words or filters find more."))

    def add_hits(self, hits: Sequence[Hit], *, more: bool) -> None:
        """Show what else was found."""
        self._more = more
        self._model.add(hits)
        self._count_hits()

    def show_failure(self, words: str) -> None:
        """Say why nothing can be found."""
        self._patience.stop()
        self._more = False
        self._model.show(())
        self._count.set_text("")
        self._say(words)

    def show_indexing(self, percent: int) -> None:
        """Say how many of the older messages are found by now."""
        self._count.set_text(tr("Older messages are being read in: {percent}%", percent=percent))

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._list.hide()
        self._words.show()

    def _count_hits(self) -> None:
        count = len(self._model.hits)
        if self._more:
            self._count.set_text(tr("More than {count} found", count=count))
        elif count == 1:
            self._count.set_text(tr("1 found"))
        else:
            self._count.set_text(tr("{count} found", count=count))

    def _say_searching(self) -> None:
        if self._words.isHidden():
            self._count.set_text(tr("Searching…"))
        else:
            self._say(tr("Searching…"))

    def _change(self, text: str) -> None:
        self.filters.show_text(text)
        self._tell()

    def _filter(self, text: str) -> None:
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.query_changed.emit(self.field.text(), self.order)

    def _select(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row))

    def _click(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(HitRole.HIT), False)

    def _look_for_end(self, value: int) -> None:
        bar = self._list.verticalScrollBar()
        if self._more and value >= bar.maximum() - self._list.viewport().height():
            # Until these have come, they are not asked for again.
            self._more = False
            self.more_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _ENTER:
            self._go(beside=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _LIST_KEYS and not event.modifiers():
            self._list.keyPressEvent(event)
        else:
            return False
        return True

    def _go(self, *, beside: bool) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            self.chosen.emit(index.data(HitRole.HIT), beside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def _dress(self, theme: Theme) -> None:
        set_text_colour(self._words, theme.dim)
