# SPDX-License-Identifier: MIT
"""Input events of an enlarged view in the pixels of what it shows; knows no view."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent


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
    return QHelpEvent(event.type(), point(event.pos(), zoom), event.globalPos())


def point(place: QPoint, zoom: float) -> QPoint:
    """``place`` in an enlarged view, in pixels of what it shows."""
    return (QPointF(place) / zoom).toPoint()
