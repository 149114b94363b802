# SPDX-License-Identifier: MIT
"""The list of messages that assistive technology sees; a message exists once it was asked for."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from chatglm_desktop.gui.transcript.accessible.message import AccessibleMessage
from chatglm_desktop.gui.transcript.accessible.surface import Surface

_KEPT = 500
"""Messages that are kept for whoever asked for them; older ones are made again."""


class MessageList(QAccessibleWidget):
    """Stands for ``widget``, whose messages are ``surface``."""

    def __init__(self, widget: QWidget, surface: Surface) -> None:
        super().__init__(widget, QAccessible.Role.List, widget.accessibleName())
        self.surface = surface
        self._known: OrderedDict[int, tuple[AccessibleMessage, int]] = OrderedDict()
        # Qt must not be left with addresses of what Python is about to delete.
        widget.destroyed.connect(self.forget)

    def message(self, index: int) -> AccessibleMessage:
        """The message ``index``, which must be there."""
        known = self._known.get(index)
        if known is None:
            made = AccessibleMessage(self, index)
            # Qt names it to the system by this number, and wants to be told of its end.
            known = self._known[index] = made, QAccessible.registerAccessibleInterface(made)
            if len(self._known) > _KEPT:
                _, oldest = self._known.popitem(last=False)
                _end(*oldest)
        self._known.move_to_end(index)
        return known[0]

    def forget(self) -> None:
        """Other messages are shown from now on."""
        for known in self._known.values():
            _end(*known)
        self._known.clear()

    def childCount(self) -> int:
        return self.surface.count

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # Qt allows none, its stub does not
        return self.message(index) if 0 <= index < self.surface.count else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.index if isinstance(child, AccessibleMessage) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # as above
        index = self.surface.index_at(QPoint(x, y))
        return self.message(index) if index >= 0 else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override] # as above
        return self.message(self.surface.current) if self.surface.current >= 0 else None


def _end(message: AccessibleMessage, number: int) -> None:
    """Let Qt forget ``message``, which must not be gone before Qt knows."""
    QAccessible.deleteAccessibleInterface(number)
