# SPDX-License-Identifier: MIT
"""The list of all conversations beside the tabs; knows neither the store nor the sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil, inf
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatglm_desktop.gui.conversation_groups import next_day
from chatglm_desktop.gui.conversation_list import ConversationListModel
from chatglm_desktop.gui.conversation_view import ConversationView
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge
from chatglm_desktop.gui.widgets.primary_button import PrimaryButton
from chatglm_desktop.gui.widgets.row_button import RowButton

if TYPE_CHECKING:
    from chatglm_desktop.core.conversation import ConversationSummary

WIDTH = 260
_PATIENCE = 600.0
"""Seconds after which to look at the clock: timers stand still while the computer sleeps."""


class Sidebar(QWidget):
    """Emits what the user wants done, with the conversation's id; shows what it is told.

    ``clock`` returns seconds since the epoch; it dates the groups of the list.
    """

    new_requested = Signal()
    open_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    settings_requested = Signal()

    def __init__(
        self, themes: ThemeManager, clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._clock = clock
        self._conversations: tuple[ConversationSummary, ...] = ()
        self._day_ends = inf
        self._midnight = QTimer(self, singleShot=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.setMinimumWidth(200)
        self.setMaximumWidth(480)
        shortcut = QKeySequence("Ctrl+T").toString(QKeySequence.SequenceFormat.NativeText)
        self._new = PrimaryButton(self._themes, "plus", tr("New conversation"), shortcut)
        self._model = ConversationListModel()
        self._model.setParent(self)
        self._view = ConversationView(self._themes, self._model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(10, 0, 10, 0)
        top.addWidget(self._new)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        self._settings = RowButton(self._themes, "gear", tr("Settings"))
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 0, 8, 8)
        foot.addWidget(self._settings)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._view.open_requested.connect(self.open_requested)
        self._view.delete_requested.connect(self.delete_requested)
        self._model.renamed.connect(self.rename_requested)
        self._midnight.timeout.connect(self._look_at_clock)

    def set_conversations(self, conversations: Iterable[ConversationSummary]) -> None:
        """Show these, grouped by date; the order of the argument does not matter."""
        self._conversations = tuple(conversations)
        self._group()

    def _group(self) -> None:
        """Sort the conversations into days, and again when the day is over."""
        now = self._clock()
        self._model.set_conversations(self._conversations, now)
        self._view.viewport().update()
        self._day_ends = next_day(now) if self._conversations else inf
        self._look_at_clock()

    def _look_at_clock(self) -> None:
        left = self._day_ends - self._clock()
        if left <= 0:
            self._group()
        elif left < inf and self.isVisible():
            self._midnight.start(ceil(1000 * min(left, _PATIENCE)))

    def set_current(self, conversation_id: str | None) -> None:
        """Highlight the conversation in front and bring it into view."""
        self._model.set_current(conversation_id)
        index = self._model.index_of(conversation_id or "")
        if index.isValid():
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)

    def set_marks(
        self,
        streaming: frozenset[str] = frozenset(),
        unread: frozenset[str] = frozenset(),
        failed: frozenset[str] = frozenset(),
    ) -> None:
        """Which conversations to mark; one in several sets shows the first of them."""
        badges: dict[str, Badge] = dict.fromkeys(failed, "failed")
        badges.update(dict.fromkeys(unread, "unread"))
        badges.update(dict.fromkeys(streaming, "streaming"))
        self._model.set_badges(badges)

    def start_rename(self, conversation_id: str, then: Callable[[], object] | None = None) -> None:
        """Let the user edit the title in the list; ``then`` is called when that has ended."""
        index = self._model.index_of(conversation_id)
        if index.isValid():
            self._view.start_rename(index)
            if then is not None:
                once = Qt.ConnectionType.SingleShotConnection
                self._view.itemDelegate().closeEditor.connect(then, once)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_at_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._midnight.stop()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)
