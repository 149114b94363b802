# SPDX-License-Identifier: MIT
"""Tabs under the pointer: moved in their group, torn out of the bar, closed, asked for a menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from chatglm_desktop.gui.tabs.grip import Grip
from chatglm_desktop.gui.tabs.tabs import Tabs
from chatglm_desktop.gui.theme.manager import ThemeManager


class DraggableTabs(Tabs):
    """Emits ``menu_wanted(id, position)``, ``torn(id, position)`` again and again while a tab is
    dragged that has left the bar, then ``dropped(id, position)`` or ``drag_cancelled()``; all
    positions are global.
    """

    menu_wanted = Signal(str, QPoint)
    torn = Signal(str, QPoint)
    dropped = Signal(str, QPoint)
    drag_cancelled = Signal()

    def __init__(self, themes: ThemeManager) -> None:
        super().__init__(themes)
        self._grip = Grip()

    def remove(self, conversation_id: str) -> None:
        super().remove(conversation_id)
        if conversation_id == self._grip.held:
            self._let_go()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A middle press would start a drag of the tab that it is about to close.
        if event.button() == Qt.MouseButton.LeftButton:
            place = self.tabAt(event.position().toPoint())
            self._grip.take(self.id_at(place), event.position(), self.tabRect(place))
        if event.button() != Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = self._grip.held
        if held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif self._grip.torn:
            self._drag(held, event)
        elif self._grip.tears(event.position(), self.rect()):
            # Qt's own drag is over: the tab goes to its place.
            super().mouseReleaseEvent(self._grip.release_of(event))
            self.grabKeyboard()
            self._drag(held, event)
        else:
            super().mouseMoveEvent(self._grip.kept_within(event, self._group(held)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        conversation_id = self.id_at(self.tabAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.MiddleButton and conversation_id is not None:
            self.close_requested.emit(conversation_id)
        held, torn = self._grip.held, self._grip.torn
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip.let_go()
        if held is not None and torn:
            self.releaseKeyboard()
            self.dropped.emit(held, event.globalPosition().toPoint())
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._grip.torn:
            if event.key() == Qt.Key.Key_Escape:
                self._let_go()
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> None:
        torn = self._grip.torn
        self._grip.let_go()
        if torn:
            self.releaseKeyboard()
            self.drag_cancelled.emit()

    def _drag(self, held: str, event: QMouseEvent) -> None:
        """A tab that has left the bar goes on; over the bar it takes its place there at once."""
        position = event.position().toPoint()
        over = self.tabAt(position)
        group = self._group(held)
        if over >= 0 and group.contains(self.tabRect(over).center()) and self.id_at(over) != held:
            self.moveTab(self.place(held), over)
        self.torn.emit(held, event.globalPosition().toPoint())

    def _group(self, conversation_id: str) -> QRect:
        """The room of the tabs among which one stands: the pinned ones, or the others."""
        first = self.pinned_count()
        pinned = self._looks[conversation_id].pinned
        start, end = (0, first) if pinned else (first, self.count())
        return self.tabRect(start).united(self.tabRect(end - 1))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.currentIndex() if by_key else self.tabAt(event.pos())
        conversation_id = self.id_at(place)
        if conversation_id is not None:
            corner = self.mapToGlobal(self.tabRect(place).bottomLeft())
            self.menu_wanted.emit(conversation_id, corner if by_key else event.globalPos())
