# SPDX-License-Identifier: MIT
"""Keeps assistive technology informed of one view; says nothing while there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QWidget

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.transcript.accessible.announcer import Announcer
from chatglm_desktop.gui.transcript.accessible.messages import MessageList
from chatglm_desktop.gui.transcript.accessible.surface import Surface
from chatglm_desktop.gui.transcript.rows.row import FailureText
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import Selection


class Assistance:
    """Of ``view``, whose messages are ``surface``."""

    def __init__(
        self, view: QWidget, surface: Surface, describe: Callable[[Failure], FailureText]
    ) -> None:
        self._view = view
        self._surface = surface
        self._announcer = Announcer(view, describe)
        self._messages: MessageList | None = None
        self._current = -1

    def messages(self) -> MessageList:
        """What the system is to see instead of the widget."""
        if self._messages is None:
            self._messages = MessageList(self._view, self._surface)
        return self._messages

    def reset(self) -> None:
        """Other messages are shown."""
        self._current = -1
        if self._messages is not None:
            self._messages.forget()

    def added(self, message: Message) -> None:
        self._announcer.added(message)

    def waits(self, item: Item) -> None:
        self._announcer.waits(item)

    def ended(self, message: Message) -> None:
        self._announcer.ended(message)

    def moved(self) -> None:
        """The keyboard's place may be in another message."""
        current = self._surface.current
        if not QAccessible.isActive() or current < 0 or current == self._current:
            return
        self._current = current
        focused = self.messages().message(current)
        QAccessible.updateAccessibility(QAccessibleEvent(focused, QAccessible.Event.Focus))

    def selected(self, selection: Selection | None) -> None:
        """The caret was moved or something else selected."""
        self.moved()
        if not QAccessible.isActive() or selection is None or not self._surface.count:
            return
        message = self.messages().message(self._surface.current)
        reading = message.reading
        caret = reading.offset(selection.head)
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(message, caret))
        if not selection.empty:
            start, end = reading.offset(selection.start), reading.offset(selection.end)
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(message, start, end))
