# SPDX-License-Identifier: MIT
"""Colours the text of a label; knows only Qt."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel


def set_text_colour(label: QLabel, colour: str) -> None:
    """Write ``label`` in ``colour`` and keep the rest of its palette."""
    palette = label.palette()
    palette.setColor(label.foregroundRole(), QColor(colour))
    label.setPalette(palette)
