# SPDX-License-Identifier: MIT
"""The composer's part that holds files: chips, the button that adds some; sends nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chatglm_desktop.core.draft import Draft
from chatglm_desktop.gui.attaching.chips import AttachmentChips
from chatglm_desktop.gui.attaching.shelf import Shelf, ShelfItem
from chatglm_desktop.gui.attaching.sources import FileSource
from chatglm_desktop.gui.attaching.words import refusal_text
from chatglm_desktop.gui.pictures import Pictures
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton

SHORTCUT = "Ctrl+Shift+A"


class AttachmentTray(QObject):
    """Owns :attr:`shelf`, and the widgets :attr:`chips` and :attr:`button` for ``owner``."""

    changed = Signal()

    def __init__(self, themes: ThemeManager, pictures: Pictures, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._overflowed = False
        self.shelf = Shelf(self)
        self.chips = AttachmentChips(themes, self.shelf, pictures)
        self.button = IconButton(themes, "plus", tr("Add files"), shortcut=SHORTCUT)
        self.button.clicked.connect(self.pick)
        self.shelf.changed.connect(self._change)
        self.shelf.overflowed.connect(self._overflow)

    @property
    def empty(self) -> bool:
        return not self.shelf.items

    @property
    def obstacle(self) -> str:
        """Why the message cannot be sent as it is, in words; "" if it can."""
        refused = self.shelf.refused
        if refused is not None and refused.refusal is not None:
            return f"{refused.name}: {refusal_text(refused.refusal)}"
        return tr("The files are still being read") if self.shelf.busy else ""

    @property
    def remark(self) -> str:
        """What is to be said of the files though the message can be sent."""
        return refusal_text("too many") if self._overflowed else ""

    @property
    def tokens(self) -> int:
        """About how many tokens all files take."""
        return sum(item.look.tokens for item in self.shelf.items if item.look)

    def draft(self, text: str, *, aside: bool = False) -> Draft:
        """A draft of ``text`` and the files, or of those that wait while others are edited."""
        return Draft(text, self.shelf.parts_aside if aside else self.shelf.parts)

    def show_text(self, item: ShelfItem, text: str) -> None:
        """Let the user read ``text``, which stands in a file."""
        from chatglm_desktop.gui.attaching.text_preview import TextPreview

        preview = TextPreview(self._owner.window(), item.name, text)
        preview.text_wanted.connect(partial(self.chips.text_wanted.emit, item.id))
        preview.open()

    def pick(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self._owner.window(), tr("Add files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._add)
        dialog.open()

    def _add(self, paths: list[str]) -> None:
        self.shelf.add([FileSource(Path(path)) for path in paths])

    def _change(self) -> None:
        self._overflowed = False
        self.changed.emit()

    def _overflow(self) -> None:
        self._overflowed = True
        self.changed.emit()
