# SPDX-License-Identifier: MIT
"""Puts earlier questions into the text field, one after the other; reads none itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.chat.prompt_history import PromptHistory
from chatglm_desktop.gui.composer_editor import ComposerEditor


class Recall(QObject):
    """Emits ``wanted()`` for the questions, which come by :meth:`take` or never."""

    wanted = Signal()

    def __init__(self, editor: ComposerEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._history = PromptHistory()
        self._steps_back = 0
        """How many places up the user wants to be when the questions have come."""
        editor.recall_pressed.connect(self._press)

    def take(self, asked: tuple[str, ...]) -> None:
        """The questions, the newest first."""
        steps, self._steps_back = self._steps_back, 0
        if steps:
            self._history.begin(asked)
        for _ in range(steps):
            self._step(back=True)

    def reset(self) -> None:
        """Begin at the newest question again, as after sending."""
        self._steps_back = 0
        self._history.reset()

    def unsent(self, text: str) -> str:
        """The draft while ``text`` is in the field: what was written, not what was looked at."""
        return self._history.unsent(text)

    def _press(self, back: bool) -> None:
        if not self._history.at_bottom:
            self._step(back=back)
        elif back:
            self._steps_back += 1
            self.wanted.emit()
        else:
            self._steps_back = max(self._steps_back - 1, 0)

    def _step(self, *, back: bool) -> None:
        text = self._history.step(self._editor.toPlainText(), back=back)
        if text is not None:
            self._editor.replace_text(text)
