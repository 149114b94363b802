# SPDX-License-Identifier: MIT
"""What can be done with one message, for assistive technology; does nothing by itself."""

from __future__ import annotations

from PySide6.QtGui import QAccessibleActionInterface

from chatglm_desktop.gui.transcript.accessible.surface import Surface


class MessageActions(QAccessibleActionInterface):
    """Every place of the message that can be clicked, by its label."""

    def __init__(self, surface: Surface, index: int) -> None:
        super().__init__()
        self._surface = surface
        self._index = index

    def actionNames(self) -> list[str]:
        return self._surface.action_names(self._index)

    def localizedActionName(self, name: str) -> str:
        return name

    def localizedActionDescription(self, name: str) -> str:
        return name

    def doAction(self, actionName: str) -> None:
        self._surface.perform(self._index, actionName)

    def keyBindingsForAction(self, actionName: str) -> list[str]:
        return []
