# SPDX-License-Identifier: MIT
"""One message as an item of the list that assistive technology sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from shiboken6 import VoidPtr

from chatglm_desktop.core.messages import MessageState, Role
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.accessible.actions import MessageActions
from chatglm_desktop.gui.transcript.accessible.text import MessageText
from chatglm_desktop.gui.transcript.rows.waiting import waiting_words
from chatglm_desktop.gui.transcript.scene.memory_mark import memory_words
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.reading import Reading

if TYPE_CHECKING:
    from chatglm_desktop.gui.transcript.accessible.messages import MessageList


class AccessibleMessage(QAccessibleInterface):
    """The message ``index`` of ``parent``."""

    def __init__(self, parent: MessageList, index: int) -> None:
        super().__init__()
        self._parent = parent
        self._surface = parent.surface
        self.index = index
        self._text = MessageText(self._surface, index)
        self._actions = MessageActions(self._surface, index)

    @property
    def reading(self) -> Reading:
        """What the message reads now."""
        return self._text.reading

    def isValid(self) -> bool:
        return self._parent.isValid() and self.index < self._surface.count

    def object(self) -> QObject | None:  # type: ignore[override] # Qt allows none, its stub does not
        return None

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def window(self) -> QWindow:
        return self._parent.window()

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # as above
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # as above
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        return self._surface.item_rect(self.index)

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.readOnly = state.multiLine = state.selectableText = 1
        state.focused = int(self._surface.current == self.index)
        state.busy = int(self._surface.item(self.index).running)
        return state

    def text(self, t: QAccessible.Text) -> str:
        match t:
            case QAccessible.Text.Name:
                return name(self._surface.item(self.index))
            case QAccessible.Text.Description:
                return self._description()
            case QAccessible.Text.Value:
                return self.reading.text
            case _:
                return ""

    def _description(self) -> str:
        place = tr("{number} of {count}", number=self.index + 1, count=self._surface.count)
        return f"{place}. {memory_words()}" if self._surface.begins_memory(self.index) else place

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Messages are not changed here."""

    def foregroundColor(self) -> QColor:
        return self._parent.foregroundColor()

    def backgroundColor(self) -> QColor:
        return self._parent.backgroundColor()

    def interface_cast(  # type: ignore[override] # its stub names an address; an object works
        self, kind: QAccessible.InterfaceType
    ) -> MessageText | MessageActions | VoidPtr:
        match kind:
            case QAccessible.InterfaceType.TextInterface:
                return self._text
            case QAccessible.InterfaceType.ActionInterface:
                return self._actions
            case _:
                # None would be taken for an address.
                return VoidPtr(0)


def name(item: Item) -> str:
    """Who says it, and how it is going or went."""
    if item.message.role is Role.USER:
        return tr("You said")
    match item.message.state:
        case MessageState.SENDING | MessageState.STREAMING:
            return waiting_words(item) or tr("ChatGLM is answering")
        case MessageState.FAILED:
            return tr("ChatGLM failed to answer")
        case _:
            return tr("ChatGLM said")
