# SPDX-License-Identifier: MIT
"""Qt's tab bar keyed by conversation id and in our look; knows only the theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTabBar

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.tabs.icons import SIDE, tab_icon
from chatglm_desktop.gui.tabs.style import tab_style
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.badge import Badge, spoken
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

_WIDEST = 200
_NARROWEST = 128
"""Wide enough for some of the title, and for what Qt wants of a bar for its scroll buttons."""

_PINNED = 46
_CHROME = 10 + 6 + 2 + 4 + 20 + 6
"""Padding, margin, and the close button with the room before it."""

TAB_HEIGHT = 36


@dataclass(slots=True)
class TabLook:
    """How one tab is to look."""

    title: str
    badge: Badge = "none"
    pinned: bool = False
    width: int = 0


class Tabs(QTabBar):
    """Emits ids where QTabBar emits places."""

    current_id_changed = Signal(str)
    close_requested = Signal(str)
    order_changed = Signal(list)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._looks: dict[str, TabLook] = {}
        self._current: str | None = None
        self._beside: str | None = None
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Open conversations"))
        # Not in the style sheet: Qt paints a tab that is dragged with the widget's font.
        font = self.font()
        font.setPixelSize(13)
        self.setFont(font)
        self._dress(themes.theme)
        self.currentChanged.connect(self._tell_current)
        self.tabMoved.connect(self._tell_order)
        themes.changed.connect(self._dress)

    def place(self, conversation_id: str) -> int:
        """Where the tab is; -1 if there is none."""
        if conversation_id not in self._looks:
            return -1
        return next((i for i in range(self.count()) if self.id_at(i) == conversation_id), -1)

    def id_at(self, place: int) -> str | None:
        data = self.tabData(place)
        return None if data is None else str(data)

    def ids(self) -> list[str]:
        return [str(self.tabData(place)) for place in range(self.count())]

    def look(self, conversation_id: str) -> TabLook:
        """Raises KeyError."""
        return self._looks[conversation_id]

    def add(self, tabs: Iterable[tuple[str, str, bool]], place: int) -> None:
        """Add tabs (id, title, whether it is pinned) from ``place`` on."""
        # Qt makes the first tab current while it has no data yet, so this signal is ours. While
        # the bar is hidden it is not laid out anew for each of them.
        visible = self.isVisible()
        self.blockSignals(True)
        if visible:
            self.hide()
        for offset, (conversation_id, title, pinned) in enumerate(tabs):
            self._insert(place + offset, conversation_id, TabLook(title, pinned=pinned))
        if visible:
            self.show()
        self.blockSignals(False)
        self._tell_current()

    def remove(self, conversation_id: str) -> None:
        place = self.place(conversation_id)
        if place >= 0:
            del self._looks[conversation_id]
            self.removeTab(place)

    def set_title(self, conversation_id: str, title: str) -> None:
        look = self._looks.get(conversation_id)
        if look is not None and look.title != title:
            look.title = title
            self._show(self.place(conversation_id), look)

    def set_badge(self, conversation_id: str, badge: Badge) -> None:
        look = self._looks.get(conversation_id)
        if look is not None and look.badge != badge:
            look.badge = badge
            self._show(self.place(conversation_id), look)

    def set_pinned(self, conversation_id: str, pinned: bool) -> None:
        """Make a tab narrow and without a button, or as others are; it stays where it is."""
        look = self._looks.get(conversation_id)
        if look is not None and look.pinned != pinned:
            look.pinned = pinned
            place = self.place(conversation_id)
            self._give_button(place, conversation_id, pinned)
            self._show(place, look)

    def set_beside(self, conversation_id: str | None) -> None:
        """Which tab is shown too, in the half of the window without the focus."""
        self._beside = conversation_id
        self.update()

    def arrange(self, ids: Iterable[str]) -> None:
        """Put the tabs into this order."""
        with QSignalBlocker(self):
            for place, id in enumerate(ids):
                if self.id_at(place) != id:
                    self.moveTab(self.place(id), place)
        self.scroll_to_current()

    def badge(self, conversation_id: str) -> Badge:
        look = self._looks.get(conversation_id)
        return look.badge if look else "none"

    def pinned_count(self) -> int:
        return sum(look.pinned for look in self._looks.values())

    def _insert(self, place: int, conversation_id: str, look: TabLook) -> None:
        self._looks[conversation_id] = look
        place = self.insertTab(place, "")
        self.setTabData(place, conversation_id)
        self._give_button(place, conversation_id, look.pinned)
        self._show(place, look)

    def _give_button(self, place: int, conversation_id: str, pinned: bool) -> None:
        right = QTabBar.ButtonPosition.RightSide
        if (old := self.tabButton(place, right)) is not None:
            old.deleteLater()
        if pinned:
            self.setTabButton(place, right, None)
            return
        close = IconButton(self._themes, "close", tr("Close tab"), side=20, icon_size=14)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(lambda: self.close_requested.emit(conversation_id))
        self.setTabButton(place, right, close)

    def _show(self, place: int, look: TabLook) -> None:
        line = " ".join(look.title.split()) or tr("New conversation")
        # Qt takes a single & for a mnemonic.
        text = "" if look.pinned else line.replace("&", "&&")
        look.width = self._width(look, line)
        said = spoken(line, look.badge)
        icon = tab_icon(line, look.badge, look.pinned, self._themes.theme)
        if not (icon.isNull() and self.tabIcon(place).isNull()):
            self.setTabIcon(place, icon)
        self.setTabToolTip(place, plain_tip(look.title or (line if look.pinned else "")))
        name = tr("{title}, pinned", title=said) if look.pinned else said
        self.setAccessibleTabName(place, name)
        # Qt lays all tabs out anew even for the same text.
        if text != self.tabText(place):
            self.setTabText(place, text)

    def _width(self, look: TabLook, line: str) -> int:
        """Kept, as Qt asks for all tabs each time that one changes."""
        if look.pinned:
            return _PINNED
        icon = 0 if look.badge == "none" else SIDE + 4
        text = self.fontMetrics().horizontalAdvance(line)
        return min(max(text + icon + _CHROME, _NARROWEST), _WIDEST)

    def _tell_current(self) -> None:
        current = self.id_at(self.currentIndex())
        if current is not None and current != self._current:
            self.current_id_changed.emit(current)
        self._current = current

    def _tell_order(self) -> None:
        self.order_changed.emit(self.ids())

    def _dress(self, theme: Theme) -> None:
        self.setStyleSheet(tab_style(theme))
        for place in range(self.count()):
            self._show(place, self._looks[self.id_at(place) or ""])

    def tabSizeHint(self, index: int) -> QSize:
        look = self._looks.get(self.id_at(index) or "")
        return QSize(look.width if look else _NARROWEST, TAB_HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        look = self._looks.get(self.id_at(index) or "")
        return QSize(_PINNED if look and look.pinned else _NARROWEST, TAB_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        last = self.tabRect(self.count() - 1)
        if self.tabRect(0).left() < 0 and last.right() < self.width() - last.width():
            # The bar was scrolled while it was narrower, and Qt does not take that back.
            self.scroll_to_current()

    def scroll_to_current(self) -> None:
        """Bring the current tab into view: Qt does so only for one that becomes current."""
        current = self.currentIndex()
        with QSignalBlocker(self):
            self.setCurrentIndex(0 if current else self.count() - 1)
            self.setCurrentIndex(current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for look in self._looks.values():
                look.width = self._width(look, " ".join(look.title.split()))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._beside is not None and (place := self.place(self._beside)) >= 0:
            theme = self._themes.theme
            with QPainter(self) as painter:
                for index, colour in ((place, theme.dim), (self.currentIndex(), theme.accent)):
                    tab = self.tabRect(index)
                    painter.fillRect(
                        tab.left() + 12, tab.top() + 1, tab.width() - 26, 2, QColor(colour)
                    )
