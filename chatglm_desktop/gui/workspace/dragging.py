# SPDX-License-Identifier: MIT
"""What becomes of a tab that is dragged out of the bar; knows no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from chatglm_desktop.gui.panes.zones import Zone, zone_at
from chatglm_desktop.gui.tabs.ghost import TabGhost

if TYPE_CHECKING:
    from chatglm_desktop.gui.main_window import MainWindow
    from chatglm_desktop.gui.workspace.workspace import Workspace


class TabDragging(QObject):
    """Shows where the tab would go, and sends it there."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._ghost: TabGhost | None = None
        window.tabs.torn.connect(self._follow)
        window.tabs.dropped.connect(self._drop)
        window.tabs.drag_cancelled.connect(self._end)

    def _follow(self, conversation_id: str, position: QPoint) -> None:
        zone = self._zone(position)
        self._window.pages.show_zone(zone)
        if zone == "bar":
            self._end()
            return
        if self._ghost is None:
            title = " ".join(self._workspace.title(conversation_id).split())
            self._ghost = TabGhost(self._window.themes, title, self._window)
        self._ghost.follow(position)

    def _drop(self, conversation_id: str, position: QPoint) -> None:
        self._end()
        match self._zone(position):
            case "left" | "right" as side:
                places = self._workspace.places
                if places.before(conversation_id) is None:
                    self._workspace.new_tab()
                places.split(conversation_id, side)
            case "window":
                self._workspace.places.detach(conversation_id, position)
            case _:
                pass

    def _end(self) -> None:
        self._window.pages.show_zone(None)
        if self._ghost is not None:
            self._ghost.close()
            self._ghost = None

    def _zone(self, position: QPoint) -> Zone | None:
        window = self._window
        parts = (window, window.tabs, window.pages)
        return zone_at(position, *map(_on_screen, parts))


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())
