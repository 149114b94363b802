# SPDX-License-Identifier: MIT
"""What the buttons at a message's foot do: copy here, all else asked of the view's owner."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.input.actions import Actions
from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.tools import ToolName, VerbName


class ToolActions(QObject):
    """Emits ``requested(message id, "retry" | "continue" | "edit" | "delete" | a name of a
    :data:`VerbName`, or "clear" | "restore" without a message)``, ``quote_wanted(text)``,
    ``version_wanted(message id, index)``, ``export_wanted(first item, count)``,
    ``menu_wanted(item)``, ``changed()``.
    """

    requested = Signal(str, str)
    quote_wanted = Signal(str)
    version_wanted = Signal(str, int)
    export_wanted = Signal(int, int)
    menu_wanted = Signal(int)
    changed = Signal()

    def __init__(
        self,
        scene: Scene,
        actions: Actions,
        clipboard: Clipboard,
        toolbar: Toolbar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._actions = actions
        self._clipboard = clipboard
        self._toolbar = toolbar

    def use(self, item: int, name: ToolName) -> None:
        """Do it, if it can be done now."""
        if not any(tool.name == name and tool.enabled for tool in self._toolbar.tools(item)):
            return
        message_id = self._scene.transcript[item].message.id
        match name:
            case "copy":
                self._clipboard.copy_message(item)
                self._actions.show_copied(item, Row(RowKind.FOOT))
                self.changed.emit()
            case "regenerate":
                self.requested.emit(message_id, "retry")
            case "continue" | "edit" | "delete":
                self.requested.emit(message_id, name)
            case "quote":
                self.quote()
            case "previous" | "next":
                index = self._toolbar.versions[message_id].index
                self.version_wanted.emit(message_id, index + (1 if name == "next" else -1))
            case "more":
                self.menu_wanted.emit(item)
            case _:
                assert_never(name)

    def request(self, item: int, verb: VerbName) -> None:
        """Ask for what has no button."""
        self.requested.emit(self._scene.transcript[item].message.id, verb)

    def quote(self) -> None:
        """Ask for the selection as a quote."""
        self.quote_wanted.emit(self._clipboard.selected())
