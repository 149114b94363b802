# SPDX-License-Identifier: MIT
"""Underlines unknown words in a text field and offers others in its menu; knows no dictionary."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from chatglm_desktop.core.utf16 import units
from chatglm_desktop.gui.spelling.words import words
from chatglm_desktop.gui.strings import tr

_MOST = 5000
"""Characters of a line that is looked at: pasted data is no prose."""

_MOST_KNOWN = 20_000
_OFFERED = 5


class Speller(Protocol):
    """What knows words."""

    def knows(self, word: str) -> bool: ...

    def suggest(self, word: str) -> tuple[str, ...]: ...

    def add(self, word: str) -> None: ...


class SpellMarks(QSyntaxHighlighter):
    """Marks nothing before :meth:`set_speller`, and never the word that is being written."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._speller: Speller | None = None
        self._known: dict[str, bool] = {}
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._block = -1
        """The number of the line in which the cursor was last."""

    def set_speller(self, speller: Speller | None) -> None:
        """Mark what ``speller`` does not know; None to mark nothing."""
        if speller is self._speller:
            return
        if self._speller is None:
            self._editor.cursorPositionChanged.connect(self._follow)
        self._speller = speller
        self._known = {}
        if speller is None:
            self._editor.cursorPositionChanged.disconnect(self._follow)
            self.setDocument(None)
        else:
            self.setDocument(self._editor.document())
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        cursor = self._editor.textCursor()
        at = cursor.positionInBlock() if cursor.block() == self.currentBlock() else -1
        for start, word in self._unknown(text):
            if not start <= at <= start + units(word):
                self.setFormat(start, units(word), self._format)

    def extend_menu(self, menu: QMenu, place: QTextCursor) -> None:
        """Offer what may have been meant where a right click was, above everything else."""
        block, at = place.block(), place.positionInBlock()
        for start, word in self._unknown(block.text()):
            if start <= at <= start + units(word):
                self._offer(menu, block.position() + start, word)

    def _offer(self, menu: QMenu, start: int, word: str) -> None:
        first = menu.actions()[0]
        meant = self._speller.suggest(word)[:_OFFERED] if self._speller else ()
        for text in meant:
            action = QAction(text, menu)
            action.triggered.connect(partial(self._replace, start, word, text))
            menu.insertAction(first, action)
        if not meant:
            nothing = QAction(tr("No suggestions"), menu)
            nothing.setEnabled(False)
            menu.insertAction(first, nothing)
        add = QAction(tr("Add “{word}” to the dictionary", word=word), menu)
        add.triggered.connect(partial(self._add, word))
        menu.insertAction(first, add)
        menu.insertSeparator(first)

    def _replace(self, start: int, word: str, text: str) -> None:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(start)
        cursor.setPosition(start + units(word), QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() == word:
            cursor.insertText(text)

    def _add(self, word: str) -> None:
        if self._speller is not None:
            self._speller.add(word)
            self._known[word] = True
            self.rehighlight()

    def _unknown(self, line: str) -> list[tuple[int, str]]:
        """The words, and where they begin in UTF-16 units."""
        if self._speller is None or len(line) > _MOST:
            return []
        found = [(start, word) for start, word in words(line) if not self._knows(word)]
        return [(units(line[:start]), word) for start, word in found]

    def _knows(self, word: str) -> bool:
        if self._speller is None:
            return True
        if len(self._known) > _MOST_KNOWN:
            self._known = {}
        if word not in self._known:
            self._known[word] = self._speller.knows(word)
        return self._known[word]

    def _follow(self) -> None:
        """The word that the cursor has left is no longer being written."""
        block = self._editor.textCursor().block()
        for line in (self._line(self._block), block):
            if line.isValid() and line.length() <= _MOST:
                self.rehighlightBlock(line)
        self._block = block.blockNumber()

    def _line(self, number: int) -> QTextBlock:
        return self._editor.document().findBlockByNumber(number)
