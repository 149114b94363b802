# SPDX-License-Identifier: MIT
"""Asks for the messages that come into view and lets go of those far away; reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.messages import Message
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.geometry import PAGE
from chatglm_desktop.transcript.paging import Stretch, surplus, wanted


class Pages(QObject):
    """Emits ``wanted(first, count)``; one stretch at a time is on its way."""

    wanted = Signal(int, int)

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._asked: Stretch | None = None

    @property
    def waiting(self) -> bool:
        """Whether messages are on their way."""
        return self._asked is not None

    def reset(self) -> None:
        """What is on its way is for other messages, or other positions."""
        self._asked = None

    def ask(self) -> None:
        """Ask for what is in view or near it and not at hand."""
        if self._asked is None:
            self._asked = wanted(self._scene.transcript.branch, self._scene.seen)
            if self._asked is not None:
                self.wanted.emit(self._asked.first, self._asked.count)

    def take(self, first: int, messages: Sequence[Message]) -> bool:
        """Take in what was asked for; False for what is not, or not any more."""
        if self._asked is None or self._asked.first != first:
            return False
        self._asked = None
        scene = self._scene
        scene.take(first, messages)
        last = max(len(scene.transcript) - 1, 0) // PAGE
        scene.let_go(surplus(scene.geometry.known_pages, scene.seen, last))
        return bool(messages)
