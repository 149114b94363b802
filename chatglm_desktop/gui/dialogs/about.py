# SPDX-License-Identifier: MIT
"""What this program is, in which version, and its keys."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from chatglm_desktop import __version__
from chatglm_desktop.gui.dialogs.frame import Frame
from chatglm_desktop.gui.strings import tr


def show_about(parent: QWidget, shortcuts: Iterable[tuple[str, str]]) -> Frame:
    """Show version and ``shortcuts`` (name, key); returns at once."""
    text = tr("Version {version}. An unofficial client, free software.", version=__version__)
    dialog = Frame(parent, "ChatGLM Desktop", text)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for row, (name, key) in enumerate(shortcuts):
        grid.addWidget(QLabel(name), row, 0)
        grid.addWidget(QLabel(key), row, 1, Qt.AlignmentFlag.AlignRight)
    dialog.body.addLayout(grid)
    dialog.add_close()
    dialog.open()
    return dialog
