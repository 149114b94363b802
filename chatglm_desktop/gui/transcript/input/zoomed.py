# SPDX-License-Identifier: MIT
"""Input events of an enlarged view in the pixels of what it shows; knows no view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent

_NOTCH = 120
"""An eighth of a degree is 1."""


def mouse_event(event: QMouseEvent, zoom: float) -> QMouseEvent:
    """``event`` as if the view were not enlarged."""
    if zoom == 1.0:
        return event
    return QMouseEvent(
        event.type(),
        event.position() / zoom,
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )


def wheel_event(event: QWheelEvent, zoom: float) -> QWheelEvent:
    """``event`` as if the view were not enlarged."""
    if zoom == 1.0:
        return event
    return QWheelEvent(
        event.position() / zoom,
        event.globalPosition(),
        event.pixelDelta() / zoom,
        event.angleDelta(),
        event.buttons(),
        event.modifiers(),
        event.phase(),
        event.inverted(),
    )


def help_event(event: QHelpEvent, zoom: float) -> QHelpEvent:
    """``event`` as if the view were not enlarged."""
    if zoom == 1.0:
        return event
    return QHelpEvent(event.type(), (QPointF(event.pos()) / zoom).toPoint(), event.globalPos())


class ZoomWheel:
    """Notches of a wheel that is turned with Ctrl; a touchpad makes them of many small turns."""

    def __init__(self) -> None:
        self._turned = 0

    def notches(self, event: QWheelEvent) -> int | None:
        """How many notches are full, upwards positive; None if the wheel does not mean to zoom."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned = 0
            return None
        self._turned += event.angleDelta().y()
        full = int(self._turned / _NOTCH)
        self._turned -= full * _NOTCH
        return full
