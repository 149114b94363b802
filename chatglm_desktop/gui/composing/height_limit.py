# SPDX-License-Identifier: MIT
"""Keeps the composer within its share of the window's height; knows no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chatglm_desktop.gui.attaching.chips import AttachmentChips
    from chatglm_desktop.gui.composer_editor import ComposerEditor

_SHARE_OF_WINDOW = 0.4
_SHARE_OF_FILES = 0.17
_CHROME = 64
"""Height of the card without the text."""

_LEAST = 60


class HeightLimit(QObject):
    """Lets ``editor`` be as high as ``others`` (those that are shown) leave room for."""

    def __init__(
        self, editor: ComposerEditor, chips: AttachmentChips, others: tuple[QWidget, ...]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._chips = chips
        self._others = others
        self._window: QWidget | None = None

    def watch(self, window: QWidget) -> None:
        """Follow the height of ``window``, in which the composer is shown."""
        self.leave()
        self._window = window
        window.installEventFilter(self)
        self.apply()

    def leave(self) -> None:
        """Follow no window any more."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def apply(self) -> None:
        """Divide the height anew."""
        height = self._editor.window().height()
        self._chips.set_highest(int(height * _SHARE_OF_FILES))
        taken = sum(widget.sizeHint().height() for widget in self._others if not widget.isHidden())
        if not self._chips.isHidden():
            taken += self._chips.height()
        room = int(height * _SHARE_OF_WINDOW) - _CHROME - taken
        self._editor.set_highest(max(_LEAST, room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.apply()
        return False
