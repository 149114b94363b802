# SPDX-License-Identifier: MIT
"""What keys do while the transcript has the focus; leaves the doing to others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from chatglm_desktop.gui.transcript.copying.clipboard import Clipboard
from chatglm_desktop.gui.transcript.input.caret import Caret
from chatglm_desktop.gui.transcript.input.selecting import Selecting
from chatglm_desktop.gui.transcript.overlay.toolbar import Toolbar
from chatglm_desktop.gui.transcript.scene.scroller import Scroller


class Keys:
    """Hands keys on: the caret's before those that scroll."""

    def __init__(
        self,
        scroller: Scroller,
        clipboard: Clipboard,
        selecting: Selecting,
        caret: Caret,
        toolbar: Toolbar,
    ) -> None:
        self._scroller = scroller
        self._clipboard = clipboard
        self._selecting = selecting
        self._caret = caret
        self._toolbar = toolbar

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key means here; False if it means nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._clipboard.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            # A caret shows better which message is meant than a place it has gone on from.
            self._selecting.select_more(None if self._caret.active else self._toolbar.focused)
        elif event.key() == Qt.Key.Key_Escape and self._caret.active:
            self._caret.leave()
        elif self._caret.take(event):
            pass
        elif event.key() == Qt.Key.Key_Home:
            self._scroller.to_top()
        elif event.key() == Qt.Key.Key_End:
            self._scroller.to_end()
        else:
            return False
        return True
