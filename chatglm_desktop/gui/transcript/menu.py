# SPDX-License-Identifier: MIT
"""The menu of the right mouse button; knows no session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.clipboard import Clipboard
from chatglm_desktop.gui.transcript.hits import Hit
from chatglm_desktop.gui.transcript.row import OpenLink


def context_menu(
    view: QWidget, found: Hit | None, clipboard: Clipboard, select_all: Callable[[], None]
) -> QMenu:
    """What can be done with the selection and with what is under the pointer."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction(tr("Copy"), clipboard.copy_selection)
    copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    copy.setEnabled(bool(clipboard.selected()))
    if found is not None:
        index = found.item
        menu.addAction(tr("Copy message"), lambda: clipboard.copy(clipboard.message(index)))
        action = found.hot.action if found.hot is not None else None
        if isinstance(action, OpenLink):
            url = action.url
            menu.addAction(tr("Copy link"), lambda: clipboard.copy(url))
    menu.addSeparator()
    everything = menu.addAction(tr("Select all"), select_all)
    everything.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
    return menu
