# SPDX-License-Identifier: MIT
"""The row of open conversations; knows ids, titles and badges, no conversation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.tabs.draggable import DraggableTabs
from chatglm_desktop.gui.tabs.tabs import TAB_HEIGHT
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.badge import Badge
from chatglm_desktop.gui.widgets.icon_button import IconButton

HEIGHT = 42


class TabBar(QWidget):
    """Tabs by conversation id, between a button for the sidebar and those for a new tab and all.

    ``current_changed`` comes with every change of the tab in front, whoever caused it;
    ``moved`` with all ids in their new order; ``close_requested`` closes nothing by itself.
    ``menu_wanted(id, position)``, ``torn(id, position)``, ``dropped(id, position)`` and
    ``drag_cancelled()`` are those of :class:`DraggableTabs`; ``list_requested()`` is for all tabs.
    """

    current_changed = Signal(str)
    close_requested = Signal(str)
    moved = Signal(list)
    new_requested = Signal()
    sidebar_requested = Signal()
    list_requested = Signal()
    menu_wanted = Signal(str, QPoint)
    torn = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    drag_cancelled = Signal()

    def __init__(self, themes: ThemeManager, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setFixedHeight(HEIGHT)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self._sidebar = IconButton(themes, "sidebar", tr("Show or hide the sidebar"))
        self._tabs = DraggableTabs(themes)
        self._new = IconButton(themes, "plus", tr("New conversation"))
        self._list = IconButton(themes, "chevron-down", tr("All tabs"))
        self._list.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, HEIGHT - TAB_HEIGHT, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._sidebar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._list, 0, Qt.AlignmentFlag.AlignVCenter)
        self._connect()

    def _connect(self) -> None:
        tabs = self._tabs
        tabs.current_id_changed.connect(self.current_changed)
        tabs.close_requested.connect(self.close_requested)
        tabs.order_changed.connect(self.moved)
        tabs.menu_wanted.connect(self.menu_wanted)
        tabs.torn.connect(self.torn)
        tabs.dropped.connect(self.dropped)
        tabs.drag_cancelled.connect(self.drag_cancelled)
        self._new.clicked.connect(self.new_requested)
        self._list.clicked.connect(self.list_requested)
        self._sidebar.clicked.connect(self.sidebar_requested)
        self._themes.changed.connect(self._repaint)

    def add_tab(
        self,
        conversation_id: str,
        title: str,
        index: int | None = None,
        *,
        pinned: bool = False,
    ) -> None:
        """Add a tab, at the end unless ``index`` says where. The first one comes to the front."""
        self._add([(conversation_id, title, pinned)], index)

    def add_tabs(self, tabs: Iterable[tuple[str, str, bool]]) -> None:
        """Add many (id, title, whether it is pinned) at the end, as quick as one."""
        self._add(tabs, None)

    def _add(self, tabs: Iterable[tuple[str, str, bool]], index: int | None) -> None:
        self._tabs.add(tabs, self._tabs.count() if index is None else index)
        self._list.setVisible(self._tabs.count() > 1)

    def remove_tab(self, conversation_id: str) -> None:
        self._tabs.remove(conversation_id)
        self._list.setVisible(self._tabs.count() > 1)

    def set_title(self, conversation_id: str, title: str) -> None:
        self._tabs.set_title(conversation_id, title)

    def set_badge(self, conversation_id: str, badge: Badge) -> None:
        self._tabs.set_badge(conversation_id, badge)

    def set_pinned(self, conversation_id: str, pinned: bool) -> None:
        """Make a tab narrow, or as wide as others; :meth:`arrange` puts it first."""
        self._tabs.set_pinned(conversation_id, pinned)

    def set_beside(self, conversation_id: str | None) -> None:
        """Which tab is shown too, in the half of the window without the focus."""
        self._tabs.set_beside(conversation_id)

    def arrange(self, ids: Sequence[str]) -> None:
        """Put all tabs into this order, without telling."""
        self._tabs.arrange(ids)

    def set_current(self, conversation_id: str) -> None:
        self._tabs.setCurrentIndex(self._tabs.place(conversation_id))

    def current_id(self) -> str | None:
        """The id of the tab in front; None when there is no tab."""
        return self._tabs.id_at(self._tabs.currentIndex())

    def ids(self) -> list[str]:
        """All ids from left to right."""
        return self._tabs.ids()

    def menu_corner(self, conversation_id: str) -> QPoint:
        """Where the menu of a tab opens that a key asks for, in global pixels."""
        rect = self._tabs.tabRect(self._tabs.place(conversation_id))
        return self._tabs.mapToGlobal(rect.bottomLeft())

    def list_button_rect(self) -> QRect:
        """Where the button for all tabs is, in the bar."""
        return self._list.geometry()

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

    def move_current(self, places: int) -> None:
        """Move the tab in front to the right (left if negative), as far as its group goes."""
        place, first = self._tabs.currentIndex(), self._tabs.pinned_count()
        target = place + places
        groups = (place < first, target < first)
        if 0 <= target < self._tabs.count() and groups[0] == groups[1]:
            self._tabs.moveTab(place, target)
            self._tabs.scroll_to_current()

    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(QColor(self._themes.theme.line))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
