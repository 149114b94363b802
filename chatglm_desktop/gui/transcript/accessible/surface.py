# SPDX-License-Identifier: MIT
"""What assistive technology needs of the transcript's widget; a protocol, no code."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPoint, QRect

from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.selection import Position, Selection


class Surface(Protocol):
    """Points and rectangles are in pixels of the screen."""

    @property
    def count(self) -> int:
        """How many messages the conversation has."""
        ...

    @property
    def current(self) -> int:
        """The message that has the focus, -1 if none has."""
        ...

    @property
    def caret(self) -> Position | None: ...

    def item(self, index: int) -> Item:
        """A message, ready to be read; blank until it is loaded."""
        ...

    def begins_memory(self, index: int) -> bool:
        """Whether the model remembers this message and none above it."""
        ...

    def item_rect(self, index: int) -> QRect: ...

    def index_at(self, point: QPoint) -> int:
        """The message at a point, -1 if there is none."""
        ...

    def character_rect(self, position: Position) -> QRect: ...

    def position_at(self, point: QPoint) -> Position | None: ...

    def select(self, selection: Selection | None) -> None: ...

    def reveal(self, position: Position) -> None: ...

    def action_names(self, index: int) -> list[str]: ...

    def perform(self, index: int, name: str) -> None: ...
