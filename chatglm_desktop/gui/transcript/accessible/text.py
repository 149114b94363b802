# SPDX-License-Identifier: MIT
"""The text of one message for assistive technology: caret, selection, places on screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessibleTextInterface

from chatglm_desktop.gui.transcript.accessible.surface import Surface
from chatglm_desktop.transcript.reading import Reading
from chatglm_desktop.transcript.selection import Position, Selection


class MessageText(QAccessibleTextInterface):
    """Offsets are in characters of what is read aloud.

    The binding has no way to answer where a selection begins and ends, so a selection can be
    made here and is told of by events, but :meth:`selectionCount` stays 0.
    """

    def __init__(self, surface: Surface, index: int) -> None:
        super().__init__()
        self._surface = surface
        self._index = index
        self._read: Reading | None = None

    @property
    def reading(self) -> Reading:
        """What the message reads now."""
        item = self._surface.item(self._index)
        if self._read is None or not self._read.holds(item):
            self._read = Reading(item, self._index)
        return self._read

    def characterCount(self) -> int:
        return len(self.reading.text)

    def text(self, startOffset: int, endOffset: int) -> str:
        return self.reading.text[startOffset:endOffset]

    def cursorPosition(self) -> int:
        caret = self._surface.caret
        return self.reading.offset(caret) if caret is not None else 0

    def setCursorPosition(self, position: int) -> None:
        place = self.reading.position(position)
        self._surface.select(Selection(place, place))
        self._surface.reveal(place)

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:
        self._surface.select(Selection(self._position(startOffset), self._position(endOffset)))

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:
        self.addSelection(startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:
        self._surface.select(None)

    def characterRect(self, offset: int) -> QRect:
        return self._surface.character_rect(self.reading.position(offset))

    def offsetAtPoint(self, point: QPoint) -> int:
        position = self._surface.position_at(point)
        return self.reading.offset(position) if position is not None else -1

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:
        self._surface.reveal(self._position(startIndex))

    def _position(self, offset: int) -> Position:
        return self.reading.position(offset)
