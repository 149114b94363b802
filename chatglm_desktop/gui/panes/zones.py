# SPDX-License-Identifier: MIT
"""Where a tab that is dragged would go; plain geometry."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QPoint, QRect

Zone: TypeAlias = Literal["bar", "left", "window", "right"]

_SIDE = 0.36
"""The share of the pages, at either side, in which a tab that is dropped gets half of them."""


def zone_at(position: QPoint, window: QRect, bar: QRect, pages: QRect) -> Zone | None:
    """What dropping a tab at ``position`` does; None: nothing. All in the same coordinates.

    Between the two sides, and outside of ``window``, it gets a window of its own.
    """
    if bar.contains(position):
        return "bar"
    if pages.contains(position):
        share = (position.x() - pages.left()) / pages.width()
        return "left" if share < _SIDE else "right" if share > 1 - _SIDE else "window"
    return None if window.contains(position) else "window"
