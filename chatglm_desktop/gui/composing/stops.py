# SPDX-License-Identifier: MIT
"""Takes the user through the variables of an inserted snippet; knows no list of snippets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from chatglm_desktop.core.snippets import variables
from chatglm_desktop.core.utf16 import units
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.theme.manager import ThemeManager

_KEEP = QTextCursor.MoveMode.KeepAnchor


class VariableStops(QObject):
    """Tab goes to the next variable, Shift+Tab back; what is typed is put wherever it stands.

    Ends with Tab after the last one, at Escape, with Undo, and when the cursor goes elsewhere.
    """

    def __init__(self, editor: ComposerEditor, themes: ThemeManager) -> None:
        super().__init__(editor)
        self._editor = editor
        self._themes = themes
        self._stops: list[list[_Place]] = []
        self._at = 0
        self._mirroring = False

    @property
    def active(self) -> bool:
        """Whether there are variables to go to."""
        return bool(self._stops)

    def insert(self, text: str, place: QTextCursor) -> None:
        """Put ``text`` in the place of a selection, and select its first variable."""
        self.end()
        text = text.replace("\r\n", "\n")
        start = place.selectionStart()
        place.insertText(text)
        self._editor.setTextCursor(place)
        named: dict[str, list[_Place]] = {}
        for variable in variables(text):
            begin, end = (start + units(text[:at]) for at in (variable.start, variable.end))
            found = _Place(self._editor.document(), begin, end)
            named.setdefault(variable.name, []).append(found)
        self._stops = list(named.values())
        if self._stops:
            self._editor.installEventFilter(self)
            self._editor.textChanged.connect(self._mirror)
            self._editor.cursorPositionChanged.connect(self._look)
            self._go(0)

    def end(self) -> None:
        """Leave the variables as they are."""
        if self._stops:
            self._stops = []
            self._editor.removeEventFilter(self)
            self._editor.textChanged.disconnect(self._mirror)
            self._editor.cursorPositionChanged.disconnect(self._look)
            self._editor.setExtraSelections([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if self._editor.composing:
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            self.end()
            return False
        match event.key():
            case Qt.Key.Key_Tab:
                self._go(self._at + 1)
            case Qt.Key.Key_Backtab:
                self._go(max(self._at - 1, 0))
            case Qt.Key.Key_Escape:
                self.end()
            case _:
                return False
        return True

    def _go(self, at: int) -> None:
        """Select a variable; behind the last one, go on after it."""
        if at == len(self._stops):
            last = self._stops[-1][-1]
            cursor = self._editor.textCursor()
            cursor.setPosition(last.end)
            self.end()
            self._editor.setTextCursor(cursor)
            return
        self._at = at
        for number, places in enumerate(self._stops):
            for place in places:
                place.set_current(number == at and place is places[0])
        first = self._stops[at][0]
        cursor = self._editor.textCursor()
        cursor.setPosition(first.start)
        cursor.setPosition(first.end, _KEEP)
        self._editor.setTextCursor(cursor)
        self._mark()

    def _look(self) -> None:
        """End when the cursor has left the variable."""
        first = self._stops[self._at][0]
        if not self._mirroring and not first.holds(self._editor.textCursor()):
            self.end()

    def _mirror(self) -> None:
        """Put what was typed for a variable into its other places, as one step of Undo."""
        if self._mirroring:
            return
        if self._editor.document().isEmpty():
            self.end()
            return
        first, *others = self._stops[self._at]
        text = first.text
        if any(place.text != text for place in others):
            self._mirroring = True
            step = QTextCursor(self._editor.document())
            step.joinPreviousEditBlock()
            for place in others:
                place.replace(step, text)
            step.endEditBlock()
            self._mirroring = False
        self._mark()

    def _mark(self) -> None:
        marks = []
        for places in self._stops:
            for place in places:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = place.selection
                mark.format.setBackground(QColor(self._themes.theme.accent_weak))
                marks.append(mark)
        self._editor.setExtraSelections(marks)


class _Place:
    """A stretch of a document; grows with what is written at its ends while it is current."""

    def __init__(self, document: QTextDocument, start: int, end: int) -> None:
        self._start = QTextCursor(document)
        self._end = QTextCursor(document)
        self._set(start, end)
        self.set_current(False)

    @property
    def start(self) -> int:
        return self._start.position()

    @property
    def end(self) -> int:
        return max(self._end.position(), self.start)

    @property
    def selection(self) -> QTextCursor:
        cursor = QTextCursor(self._start)
        # Its other end may have moved with what was written.
        cursor.setPosition(self.start)
        cursor.setPosition(self.end, _KEEP)
        return cursor

    @property
    def text(self) -> str:
        return self.selection.selectedText().replace("\u2029", "\n")

    def holds(self, cursor: QTextCursor) -> bool:
        return self.start <= cursor.selectionStart() and cursor.selectionEnd() <= self.end

    def set_current(self, current: bool) -> None:
        self._start.setKeepPositionOnInsert(current)
        self._end.setKeepPositionOnInsert(not current)

    def replace(self, cursor: QTextCursor, text: str) -> None:
        """Write ``text`` here, by ``cursor``."""
        start = self.start
        cursor.setPosition(start)
        cursor.setPosition(self.end, _KEEP)
        cursor.insertText(text)
        self._set(start, start + units(text))

    def _set(self, start: int, end: int) -> None:
        self._start.setPosition(start)
        self._end.setPosition(end)
