# SPDX-License-Identifier: MIT
"""What mouse and wheel do to the transcript; knows Qt's events, and leaves the doing to others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from chatglm_desktop.gui.transcript.input.hits import Hit, Hover, hit
from chatglm_desktop.gui.transcript.input.pointer import Pointer
from chatglm_desktop.gui.transcript.input.references import reference_tip
from chatglm_desktop.gui.transcript.overlay.jump import Jump
from chatglm_desktop.gui.transcript.rows.row import OpenLink, UseTool
from chatglm_desktop.gui.transcript.scene.scene import Scene
from chatglm_desktop.gui.widgets.tool_tip import plain_tip


class Mouse(QObject):
    """Hands presses and moves on ``viewport`` to the button that leads down or to ``pointer``.

    Emits ``pasted(text)`` for a middle click, which pastes the primary selection.
    """

    pasted = Signal(str)

    def __init__(
        self, scene: Scene, pointer: Pointer, jump: Jump, viewport: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._pointer = pointer
        self._jump = jump
        self._viewport = viewport
        self._middle: Hover | None = None

    def hit(self, point: QPointF | QPoint) -> Hit | None:
        """What is at a point of the viewport."""
        return hit(self._scene, float(point.x()), float(point.y()))

    def press(self, event: QMouseEvent) -> None:
        """A button went down, perhaps for the second time."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._middle = self._link(event.position())
            if self._middle is None:
                self._paste()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._jump.press(event.position()):
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        double = event.type() == QEvent.Type.MouseButtonDblClick
        self._pointer.press(event.position(), extend=extend, double=double)

    def _link(self, point: QPointF) -> Hover | None:
        found = self.hit(point)
        hover = found.hover if found is not None else None
        return hover if hover is not None and isinstance(hover.action, OpenLink) else None

    def _paste(self) -> None:
        """Hand on what is selected anywhere, where the system knows that."""
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text(QClipboard.Mode.Selection) if clipboard.supportsSelection() else ""
        if text:
            self.pasted.emit(text)

    def move(self, event: QMouseEvent) -> None:
        on_jump = self._jump.hover(event.position())
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        hover = self._pointer.move(event.position(), pressed=pressed)
        self._show_cursor(event.position(), hover, hand=on_jump)

    def release(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pointer.release(event.position())
        elif event.button() is Qt.MouseButton.MiddleButton:
            pressed, self._middle = self._middle, None
            if pressed is not None and self._link(event.position()) == pressed:
                self._pointer.activated.emit(pressed)

    def leave(self) -> None:
        self._pointer.leave()

    def wheel(self, event: QWheelEvent) -> bool:
        """Scroll a row sideways; False if the event means to scroll the view."""
        sideways = _sideways(event)
        if not sideways:
            return False
        found = self.hit(event.position())
        if found is not None and found.layout.scroll(-sideways):
            self._viewport.update()
            event.accept()
        else:
            # What the view stands in may have more at its side.
            event.ignore()
        return True

    def tip(self, event: QHelpEvent) -> None:
        """Say what a button without words does, or what a citation mark refers to."""
        found = self.hit(event.pos())
        hot = found.hot if found is not None else None
        tip = hot.label if hot is not None and isinstance(hot.action, UseTool) else ""
        if found is not None and found.hover is not None:
            tip = tip or reference_tip(self._scene, found.hover)
        QToolTip.showText(event.globalPos(), plain_tip(tip), self._viewport)

    def _show_cursor(self, point: QPointF, hover: Hover | None, *, hand: bool) -> None:
        found = self.hit(point)
        if hand or hover is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif found is not None and found.in_text:
            shape = Qt.CursorShape.IBeamCursor
        else:
            shape = Qt.CursorShape.ArrowCursor
        self._viewport.setCursor(shape)


def _sideways(event: QWheelEvent) -> float:
    """How many pixels a wheel goes to the left; 0 if it rather goes up or down.

    Fingers on a touchpad never go straight.
    """
    pixels, angle = event.pixelDelta(), event.angleDelta()
    x, y = (angle.x() / 2, angle.y() / 2) if pixels.isNull() else (pixels.x(), pixels.y())
    if not x and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return float(y)
    return float(x) if abs(x) > abs(y) else 0.0
