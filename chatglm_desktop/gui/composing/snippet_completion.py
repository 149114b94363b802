# SPDX-License-Identifier: MIT
"""Offers snippets where a line begins with a slash; knows the editor, not where they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from chatglm_desktop.core.matching import matching
from chatglm_desktop.core.snippets import begins, query
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.snippet_list import SnippetList
from chatglm_desktop.gui.composing.stops import VariableStops
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.settings.options import SavedPrompt

_GAP = 6
"""Pixels between the list and the line."""

_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class SnippetCompletion(QObject):
    """Opens with a slash in an empty line, filters while a name is typed.

    Goes at Escape, where nothing fits, and when the line is left. Emits ``new_wanted()``.
    """

    new_wanted = Signal()

    def __init__(self, editor: ComposerEditor, themes: ThemeManager) -> None:
        super().__init__(editor)
        self._editor = editor
        self._themes = themes
        self._snippets: tuple[SavedPrompt, ...] = ()
        self._list: SnippetList | None = None
        self._length = editor.document().characterCount()
        self.stops = VariableStops(editor, themes)
        editor.textChanged.connect(self._look)
        editor.cursorPositionChanged.connect(self._follow)

    def set_snippets(self, prompts: Sequence[SavedPrompt]) -> None:
        """What can be inserted; prompts of other kinds are left out."""
        self._snippets = tuple(prompt for prompt in prompts if prompt.kind == "snippet")

    @property
    def list(self) -> SnippetList | None:
        """The list while it is open."""
        return self._list

    def close(self) -> None:
        if self._list is not None:
            self._editor.removeEventFilter(self)
            self._list.close()
            self._list = None

    def _look(self) -> None:
        before, self._length = self._length, self._editor.document().characterCount()
        cursor = self._editor.textCursor()
        if self._list is not None:
            self._filter()
        # A paste, or a draft that comes back, asks for nothing.
        elif (
            self._length == before + 1
            and cursor.atBlockEnd()
            and begins(cursor.block().text())
            and self._editor.hasFocus()
        ):
            self._open()

    def _follow(self) -> None:
        if self._list is not None:
            self._filter()

    def _open(self) -> None:
        self._list = SnippetList(self._themes, self._editor.window())
        self._list.chosen.connect(self._insert)
        self._list.new_wanted.connect(self._want_new)
        self._editor.installEventFilter(self)
        self._filter()

    def _filter(self) -> None:
        """List what fits the line up to the cursor, or close the list."""
        cursor = self._editor.textCursor()
        typed = query(cursor.block().text()) if cursor.atBlockEnd() else None
        found = matching([snippet.name for snippet in self._snippets], typed or "")
        if typed is None or self._list is None or (typed and not found):
            self.close()
            return
        start = QTextCursor(cursor.block())
        place = self._editor.viewport().mapTo(
            self._editor.window(), self._editor.cursorRect(start).topLeft()
        )
        place.setY(place.y() - _GAP)
        self._list.show_snippets([self._snippets[index] for index in found], place)

    def _insert(self, snippet: SavedPrompt) -> None:
        self.close()
        place = QTextCursor(self._editor.textCursor().block())
        place.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.stops.insert(snippet.text, place)
        self._editor.ensureCursorVisible()

    def _want_new(self) -> None:
        self.close()
        self.new_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self._list is None or self._editor.composing:
            return False
        return self._press(event.key(), self._list)

    def _press(self, key: int, offered: SnippetList) -> bool:
        """Do with a key what it does in the list; whether it does anything there."""
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            offered.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in _TAKING:
            return offered.take_current()
        else:
            return False
        return True
