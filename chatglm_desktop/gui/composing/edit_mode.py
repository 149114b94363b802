# SPDX-License-Identifier: MIT
"""Lends the text field and the files to something else while the draft waits; sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.core.draft import Draft
    from chatglm_desktop.gui.attaching.tray import AttachmentTray
    from chatglm_desktop.gui.composer_editor import ComposerEditor
    from chatglm_desktop.gui.widgets.edit_bar import EditBar

Target: TypeAlias = str | int | None
"""A message by its id, a question that waits by its number, or nothing."""


class EditMode(QObject):
    """``target`` is what is edited. Emits ``changed()`` when that is something else."""

    changed = Signal()

    def __init__(self, editor: ComposerEditor, tray: AttachmentTray, bar: EditBar) -> None:
        super().__init__(editor)
        self._editor = editor
        self._tray = tray
        self._bar = bar
        self._waiting = ""
        self.target: Target = None
        self.asks = True
        bar.cancelled.connect(self.end)

    def begin(self, target: str | int, draft: Draft, unsent: str, *, ask: bool = True) -> None:
        """Edit ``draft``; ``unsent`` is what the user has written until now.

        Unless what is edited can be used to ``ask``, it can only be saved.
        """
        if self.target is None:
            self._waiting = unsent
            self._tray.shelf.set_aside()
        self.target = target
        self.asks = ask
        earlier = isinstance(target, str)
        self._bar.set_text(
            tr("Editing an earlier message") if earlier else tr("Editing a message that waits")
        )
        self._bar.save.setVisible(earlier)
        self._bar.show()
        self._editor.replace_text(draft.text)
        self._tray.shelf.restore(draft.attachments)
        self.changed.emit()

    def end(self) -> None:
        """Go back to the draft."""
        if self.target is not None:
            self.target = None
            self._bar.hide()
            self._editor.replace_text(self._waiting)
            self._tray.shelf.bring_back()
            self._waiting = ""
            self.changed.emit()

    def draft(self) -> Draft:
        """The draft that waits."""
        return self._tray.draft(self._waiting, aside=True)
