# SPDX-License-Identifier: MIT
"""Colours the text of a label; knows only Qt."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel


def set_text_colour(label: QLabel, colour: str) -> None:
    """Write ``label`` in ``colour`` and keep the rest of its palette."""
    palette = label.palette()
    # Which of them is used depends on the ground, where the label may not stand yet.
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor(colour))
    label.setPalette(palette)
