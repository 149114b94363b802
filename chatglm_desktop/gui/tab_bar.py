# SPDX-License-Identifier: MIT
"""The row of open conversations; knows ids, titles and badges, no conversation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.tabs import TAB_HEIGHT, Tabs
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge
from chatglm_desktop.gui.widgets.icon_button import IconButton

HEIGHT = 42


class TabBar(QWidget):
    """Tabs by conversation id, between a button for the sidebar and one for a new tab.

    ``current_changed`` comes with every change of the tab in front, whoever caused it;
    ``moved`` with all ids in their new order; ``close_requested`` closes nothing by itself.
    """

    current_changed = Signal(str)
    close_requested = Signal(str)
    moved = Signal(list)
    new_requested = Signal()
    sidebar_requested = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setFixedHeight(HEIGHT)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._sidebar = IconButton(themes, "sidebar", tr("Show or hide the sidebar"))
        self._tabs = Tabs(themes)
        self._new = IconButton(themes, "plus", tr("New conversation"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, HEIGHT - TAB_HEIGHT, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._sidebar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._tabs.current_id_changed.connect(self.current_changed)
        self._tabs.close_requested.connect(self.close_requested)
        self._tabs.order_changed.connect(self.moved)
        self._new.clicked.connect(self.new_requested)
        self._sidebar.clicked.connect(self.sidebar_requested)
        themes.changed.connect(self._repaint)

    def add_tab(self, conversation_id: str, title: str, index: int | None = None) -> None:
        """Add a tab, at the end unless ``index`` says where. The first one comes to the front."""
        self._tabs.add(conversation_id, title, self._tabs.count() if index is None else index)

    def remove_tab(self, conversation_id: str) -> None:
        self._tabs.remove(conversation_id)

    def set_title(self, conversation_id: str, title: str) -> None:
        self._tabs.set_title(conversation_id, title)

    def set_badge(self, conversation_id: str, badge: Badge) -> None:
        self._tabs.set_badge(conversation_id, badge)

    def set_current(self, conversation_id: str) -> None:
        self._tabs.setCurrentIndex(self._tabs.place(conversation_id))

    def current_id(self) -> str | None:
        """The id of the tab in front; None when there is no tab."""
        return self._tabs.id_at(self._tabs.currentIndex())

    def ids(self) -> list[str]:
        """All ids from left to right."""
        return self._tabs.ids()

    def step(self, places: int) -> None:
        """Go ``places`` to the right (left if negative), round the ends."""
        if self._tabs.count():
            place = (self._tabs.currentIndex() + places) % self._tabs.count()
            self._tabs.setCurrentIndex(place)

    def go_to(self, number: int) -> None:
        """Go to the tab with this number from 1; 9 is the last one, as in browsers."""
        place = self._tabs.count() - 1 if number == 9 else number - 1
        if place < self._tabs.count():
            self._tabs.setCurrentIndex(place)

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QColor(self._themes.theme.line))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
