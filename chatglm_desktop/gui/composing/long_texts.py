# SPDX-License-Identifier: MIT
"""Long pasted text goes along as a file, and files become text again; all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

from chatglm_desktop.gui.attaching.shelf import ShelfItem
from chatglm_desktop.gui.attaching.sources import StoredSource, TextSource
from chatglm_desktop.gui.strings import tr

if TYPE_CHECKING:
    from chatglm_desktop.core.messages import AttachmentPart
    from chatglm_desktop.gui.attaching.tray import AttachmentTray
    from chatglm_desktop.gui.composer_editor import ComposerEditor


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that the text field does not undo, done after so many steps that it does."""

    after: int
    take_back: Callable[[], None]


class LongTexts(QObject):
    """Between the text field and the files beside it."""

    def __init__(self, editor: ComposerEditor, tray: AttachmentTray) -> None:
        super().__init__(editor)
        self._editor = editor
        self._tray = tray
        self._shelf = tray.shelf
        self._steps: list[_Step] = []
        self._wanted: set[int] = set()
        editor.installEventFilter(self)
        editor.long_text_pasted.connect(self.attach)
        tray.chips.removed.connect(self._note_removal)
        tray.chips.opened.connect(self._look_at)
        tray.chips.text_wanted.connect(self.insert)
        self._shelf.text_given.connect(self._take)

    def attach(self, text: str) -> None:
        """Let ``text`` go along as a file."""
        known = {item.id for item in self._shelf.items}
        self._shelf.add([TextSource(self._free_name(), text)])
        for id in {item.id for item in self._shelf.items} - known:
            self._note(partial(self._write_out, id, text))

    def insert(self, id: int) -> None:
        """Put what is written in a file where the cursor is, in place of the file."""
        self._wanted.add(id)
        self._shelf.text_wanted.emit(id)

    def reset(self) -> None:
        """What was done until now belongs to another message."""
        self._steps = []
        self._wanted = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        if event.type() == QEvent.Type.KeyPress:
            return event.matches(undo) and self._undo()
        asked_first = event.type() == QEvent.Type.ShortcutOverride
        if asked_first and (event.matches(undo) or event.matches(redo)) and self._untouched():
            # The text field would take the key all the same; the library has a use for it.
            event.ignore()
            return True
        return False

    def _untouched(self) -> bool:
        """Nothing has been written here, and nothing taken back."""
        text = self._editor.document()
        return not (self._steps or text.isUndoAvailable() or text.isRedoAvailable())

    def _undo(self) -> bool:
        """Take back what was done last, if that is not for the text field to undo."""
        now = self._editor.document().availableUndoSteps()
        while self._steps and self._steps[-1].after > now:
            self._steps.pop()
        if not self._steps or self._steps[-1].after < now:
            return False
        self._steps.pop().take_back()
        return True

    def _note(self, take_back: Callable[[], None]) -> None:
        self._steps.append(_Step(self._editor.document().availableUndoSteps(), take_back))

    def _note_removal(self, item: ShelfItem | None) -> None:
        if item is not None and item.part is not None:
            self._note(partial(self._put_back, item.part))

    def _look_at(self, id: int) -> None:
        self._shelf.text_wanted.emit(id)

    def _take(self, id: int, text: str) -> None:
        item = self._shelf.item(id)
        if item is None or item.part is None:
            return
        if id in self._wanted:
            self._wanted.discard(id)
            self._write_out(id, text)
            self._note(partial(self._undo_insertion, item.part))
        else:
            self._tray.show_text(item, text)

    def _write_out(self, id: int, text: str) -> None:
        if self._shelf.item(id) is not None:
            self._shelf.remove(id)
            self._editor.insert_as_text(text)

    def _undo_insertion(self, part: AttachmentPart) -> None:
        self._editor.undo()
        self._put_back(part)

    def _put_back(self, part: AttachmentPart) -> None:
        self._shelf.add([StoredSource(part)])

    def _free_name(self) -> str:
        taken = {item.name for item in self._shelf.items}
        stem, number = tr("Pasted text"), 1
        name = f"{stem}.txt"
        while name in taken:
            number += 1
            name = f"{stem} {number}.txt"
        return name
