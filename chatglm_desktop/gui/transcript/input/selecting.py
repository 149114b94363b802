# SPDX-License-Identifier: MIT
"""What is selected as a whole: a message, everything, nothing; knows no mouse and no caret."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.core.messages import Role
from chatglm_desktop.gui.transcript.scene.painting import Display
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.selection import Selection, item_end, item_start


class Selecting(QObject):
    """Sets the selection of ``display``. Emits ``changed()`` when it has done so."""

    changed = Signal()

    def __init__(self, transcript: Transcript, display: Display, parent: QObject) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._display = display

    @property
    def selection(self) -> Selection | None:
        return self._display.selection

    def select(self, selection: Selection | None) -> None:
        """Select something else."""
        self._display.selection = selection
        self.changed.emit()

    def select_message(self, index: int) -> None:
        """Select a whole message."""
        self.select(Selection(item_start(index), item_end(index)))

    def select_all(self) -> None:
        """Select all messages."""
        count = len(self._transcript)
        if count:
            self.select(Selection(item_start(0), item_end(count - 1)))

    def select_more(self, focused: int | None = None) -> None:
        """Select the message that is meant, or everything if that is selected already.

        Meant is the ``focused`` one, else that in which the selection ends, else the last answer.
        """
        index = self._meant(focused)
        if index is None:
            return
        whole = Selection(item_start(index), item_end(index))
        selection = self._display.selection
        if selection is not None and (selection.start, selection.end) == (whole.start, whole.end):
            self.select_all()
        else:
            self.select(whole)

    def _meant(self, focused: int | None) -> int | None:
        if focused is not None:
            return focused
        selection = self._display.selection
        if selection is not None:
            return min(selection.head.item, len(self._transcript) - 1)
        branch = self._transcript.branch
        newest = sorted(branch.at_hand, reverse=True)
        answers = (index for index in newest if branch[index].role is Role.ASSISTANT)
        return next(answers, newest[0] if newest else None)
