# SPDX-License-Identifier: MIT
"""What lies over the rows: toolbars, the keyboard's ring, a link's target, and the menus."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea

from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.input.actions import Actions
from chatglm_desktop.gui.transcript.input.focus import Focus
from chatglm_desktop.gui.transcript.input.hits import Hover, hit
from chatglm_desktop.gui.transcript.input.menu import Menus, Target
from chatglm_desktop.gui.transcript.input.selecting import Selecting
from chatglm_desktop.gui.transcript.input.tool_actions import ToolActions
from chatglm_desktop.gui.transcript.overlay.target import paint_target
from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar
from chatglm_desktop.gui.transcript.rows.row import OpenLink, UseTool
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.transcript.scene.scroller import Scroller

_ACTIVATES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Overlay(QObject):
    """Points, rectangles and paint are in pixels of the scene. Emits ``changed()``."""

    changed = Signal()

    def __init__(
        self,
        view: QAbstractScrollArea,
        *,
        scene: Scene,
        display: Display,
        clipboard: Clipboard,
        actions: Actions,
        scroller: Scroller,
        selecting: Selecting,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._display = display
        self._actions = actions
        self.toolbar = Toolbar(scene, display)
        scene.toolbar = self.toolbar
        self.tools = ToolActions(scene, actions, clipboard, self.toolbar, self)
        self._focus = Focus(scene, self.toolbar, scroller, self)
        self._menus = Menus(
            view,
            scene=scene,
            scroller=scroller,
            selecting=selecting,
            clipboard=clipboard,
            actions=actions,
            tools=self.tools,
            toolbar=self.toolbar,
        )
        actions.tool_used.connect(self.tools.use)
        self.tools.menu_wanted.connect(self._show_message_menu)
        self.tools.changed.connect(self.changed)
        self._focus.changed.connect(self.changed)

    @property
    def focus(self) -> Hover | None:
        """The keyboard's place, if its ring is to be seen."""
        return self._focus.hover() if self._view.hasFocus() else None

    def reset(self) -> None:
        """Other messages are shown."""
        self._focus.clear()

    def point(self, place: QPointF | None) -> None:
        """The mouse pointer is at a point, or left."""
        before = list(self.toolbar.shown())
        self.toolbar.point(place)
        if list(self.toolbar.shown()) != before:
            self.changed.emit()

    def press(self) -> None:
        """A mouse button went down: the mouse shows the place now."""
        self._focus.clear()

    def tab(self, *, forward: bool) -> bool:
        """Tab was pressed; False if the focus is to leave the view."""
        return self._focus.tab(forward=forward)

    def focus_in(self, event: QFocusEvent) -> None:
        """The view got the focus: by Tab its first or last place in view does."""
        if event.reason() in _BY_TAB:
            self._focus.clear()
            self._focus.tab(forward=event.reason() is Qt.FocusReason.TabFocusReason)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means at the keyboard's place; False if it means nothing there."""
        if _asks_for_menu(event):
            self._show_menu_by_key()
            return True
        hover = self._focus.hover()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if hover is None or not plain:
            return False
        if event.key() in _ACTIVATES:
            self._actions.perform(hover)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._focus.arrow(forward=event.key() == Qt.Key.Key_Right)
        elif event.key() == Qt.Key.Key_Escape:
            self._focus.clear()
        else:
            return False
        return True

    def show_menu(self, event: QContextMenuEvent, place: QPointF) -> None:
        """Show the menu for what is at a point or, asked by a key, at the keyboard's place."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._show_menu_by_key()
            return
        found = hit(self._scene, place.x(), place.y())
        action = found.hot.action if found is not None and found.hot is not None else None
        here = Target(found.item, found.row, action) if found is not None else None
        self._menus.at(here).popup(event.globalPos())

    def _show_menu_by_key(self) -> None:
        hover, area = self._focus.hover(), self._focus.area()
        if hover is not None and area is not None:
            target = Target(hover.item, hover.row, hover.action)
            self._menus.at(target).popup(self._below(area.bounds))
        else:
            middle = QPointF(self._scene.width / 2, self._scene.height / 3)
            self._menus.at(None).popup(self._below(QRectF(middle, middle)))

    def _show_message_menu(self, item: int) -> None:
        (rect,) = (hot.rect for hot in self.toolbar.hots(item) if hot.action == UseTool("more"))
        self._menus.message(item).popup(self._below(rect))

    def _below(self, rect: QRectF) -> QPoint:
        place = rect.bottomLeft() * self._scene.zoom
        return self._view.viewport().mapToGlobal(place.toPoint())

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw it over the rows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.toolbar.paint(painter, exposed)
        focus = self.focus
        if focus is not None:
            self._focus.paint(painter)
        for hover in (self._display.hover, focus):
            if hover is not None and isinstance(hover.action, OpenLink):
                size = (self._scene.width, self._scene.height)
                paint_target(painter, self._scene.layouts.look, hover.action.url, *size)
                break


def _asks_for_menu(event: QKeyEvent) -> bool:
    """Whether it is Shift+F10, which only Windows turns into an event of its own."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return shift and event.key() == Qt.Key.Key_F10 and sys.platform != "win32"
