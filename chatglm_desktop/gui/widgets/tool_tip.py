# SPDX-License-Identifier: MIT
"""Tool tips for text that others wrote; knows no widget."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """A tool tip that shows ``text`` as it is; Qt takes what looks like HTML for HTML."""
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal) if text else ""
