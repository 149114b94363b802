# SPDX-License-Identifier: MIT
"""What keys do while the transcript has the focus; leaves the doing to others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from chatglm_desktop.gui.transcript.clipboard import Clipboard
from chatglm_desktop.gui.transcript.scroller import Scroller


class Keys:
    """``select_all`` selects what Ctrl+A means."""

    def __init__(
        self, scroller: Scroller, clipboard: Clipboard, select_all: Callable[[], None]
    ) -> None:
        self._scroller = scroller
        self._clipboard = clipboard
        self._select_all = select_all

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key means here; False if it means nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._clipboard.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        elif event.key() == Qt.Key.Key_Home:
            self._scroller.to_top()
        elif event.key() == Qt.Key.Key_End:
            self._scroller.to_end()
        else:
            return False
        return True
