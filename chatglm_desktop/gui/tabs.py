# SPDX-License-Identifier: MIT
"""Qt's tab bar keyed by conversation id and in our look; knows only the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import Theme
from chatglm_desktop.gui.widgets.badge import Badge, badge_icon, spoken
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

_WIDEST = 200
_NARROWEST = 128
"""Wide enough for some of the title, and for what Qt wants of a bar for its scroll buttons."""

TAB_HEIGHT = 36
_BADGE = 16


class Tabs(QTabBar):
    """Emits ids where QTabBar emits places."""

    current_id_changed = Signal(str)
    close_requested = Signal(str)
    order_changed = Signal(list)

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__()
        self._themes = themes
        self._badges: dict[str, Badge] = {}
        self._current: str | None = None
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(_BADGE, _BADGE))
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
        return next((i for i in range(self.count()) if self.id_at(i) == conversation_id), -1)

    def id_at(self, place: int) -> str | None:
        data = self.tabData(place)
        return None if data is None else str(data)

    def ids(self) -> list[str]:
        return [str(self.tabData(place)) for place in range(self.count())]

    def add(self, conversation_id: str, title: str, place: int) -> None:
        # Qt makes the first tab current while it has no data yet, so this signal is ours.
        self.blockSignals(True)
        place = self.insertTab(place, "")
        self.setTabData(place, conversation_id)
        self.blockSignals(False)
        close = IconButton(self._themes, "close", tr("Close tab"), side=20, icon_size=14)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(lambda: self.close_requested.emit(conversation_id))
        self.setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        self.set_title(conversation_id, title)
        self._tell_current()

    def remove(self, conversation_id: str) -> None:
        place = self.place(conversation_id)
        if place >= 0:
            self._badges.pop(conversation_id, None)
            self.removeTab(place)

    def set_title(self, conversation_id: str, title: str) -> None:
        place = self.place(conversation_id)
        if place >= 0:
            line = " ".join(title.split()) or tr("New conversation")
            # Qt takes a single & for a mnemonic.
            self.setTabText(place, line.replace("&", "&&"))
            self.setTabToolTip(place, plain_tip(title))
            self._speak(place, line)

    def set_badge(self, conversation_id: str, badge: Badge) -> None:
        place = self.place(conversation_id)
        if place >= 0 and badge != self._badges.get(conversation_id, "none"):
            self._badges[conversation_id] = badge
            self.setTabIcon(place, badge_icon(badge, self._themes.theme, _BADGE))
            self._speak(place, self.tabText(place).replace("&&", "&"))

    def badge(self, conversation_id: str) -> Badge:
        return self._badges.get(conversation_id, "none")

    def _speak(self, place: int, title: str) -> None:
        self.setAccessibleTabName(place, spoken(title, self.badge(self.id_at(place) or "")))

    def _tell_current(self) -> None:
        current = self.id_at(self.currentIndex())
        if current is not None and current != self._current:
            self.current_id_changed.emit(current)
        self._current = current

    def _tell_order(self) -> None:
        self.order_changed.emit(self.ids())

    def _dress(self, theme: Theme) -> None:
        self.setStyleSheet(_stylesheet(theme))
        for place in range(self.count()):
            badge = self.badge(self.id_at(place) or "")
            self.setTabIcon(place, badge_icon(badge, theme, _BADGE))

    def tabSizeHint(self, index: int) -> QSize:
        width = super().tabSizeHint(index).width()
        return QSize(min(max(width, _NARROWEST), _WIDEST), TAB_HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(_NARROWEST, TAB_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A middle press would start a drag of the tab that it is about to close.
        if event.button() != Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        conversation_id = self.id_at(self.tabAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and conversation_id is not None:
            self.close_requested.emit(conversation_id)
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        last = self.tabRect(self.count() - 1)
        if self.tabRect(0).left() < 0 and last.right() < self.width() - last.width():
            # The bar was scrolled while it was narrower, and Qt does not take that back.
            current = self.currentIndex()
            with QSignalBlocker(self):
                self.setCurrentIndex(0)
                self.setCurrentIndex(current)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()


def _stylesheet(theme: Theme) -> str:
    return f"""
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    color: {theme.dim}; background: transparent; border: 1px solid transparent;
    border-top-left-radius: 9px; border-top-right-radius: 9px;
    margin-right: 2px; padding: 0 6px 0 10px;
}}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:selected {{
    color: {theme.text}; background: {theme.surface};
    border-color: {theme.line}; border-bottom-color: {theme.surface};
}}
QTabBar QToolButton {{
    background: {theme.window}; color: {theme.dim};
    border: none; border-bottom: 1px solid {theme.line};
}}
"""
