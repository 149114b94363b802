# SPDX-License-Identifier: MIT
"""Where things stand within a row of the list; knows no theme and no text."""

from __future__ import annotations

from PySide6.QtCore import QRect

SIDE = 10
"""Pixels between the edge of the list and the frame of a row."""
PADDING = 8
INDENT = 14
"""Pixels that each folder around it moves a row to the right."""
HEADING_DROP = 6
"""Pixels that the text of a heading stands below the middle of its row."""
BUTTON = 24
"""The side of the button at the end of a row."""


def content_rect(row: QRect, depth: int) -> QRect:
    """Where badge, icon and text of a row stand."""
    return row.adjusted(SIDE + PADDING + depth * INDENT, 0, -SIDE - PADDING, 0)


def button_rect(row: QRect, *, heading: bool = False) -> QRect:
    """Where the button at the end of the row is; in a heading the text stands low."""
    left = row.right() - SIDE - BUTTON - 3
    down = HEADING_DROP if heading else 0
    return QRect(left, row.top() + (row.height() - BUTTON) // 2 + down, BUTTON, BUTTON)
