# SPDX-License-Identifier: MIT
"""Unknown words in a real text field: underlined, replaced, learnt, left alone while written."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.spelling.marks import SpellMarks


class FewWords:
    """Knows what it was taught."""

    def __init__(self, *words: str) -> None:
        self._words = set(words)
        self.asked: list[str] = []

    def knows(self, word: str) -> bool:
        self.asked.append(word)
        return word.lower() in self._words

    def suggest(self, word: str) -> tuple[str, ...]:
        return tuple(sorted(known for known in self._words if known[0] == word[0]))

    def add(self, word: str) -> None:
        self._words.add(word)


@pytest.fixture
def editor(qtbot: QtBot) -> QPlainTextEdit:
    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    return editor


@pytest.fixture
def marks(editor: QPlainTextEdit) -> SpellMarks:
    marks = SpellMarks(editor)
    marks.set_speller(FewWords("the", "hello", "help"))
    return marks


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("Copy")
    return menu


def marked(editor: QPlainTextEdit) -> list[str]:
    found = []
    block = editor.document().firstBlock()
    while block.isValid():
        text = block.text().encode("utf-16-le")
        pieces = [text[2 * f.start : 2 * (f.start + f.length)] for f in block.layout().formats()]
        found += [piece.decode("utf-16-le") for piece in pieces]
        block = block.next()
    return found


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def place(editor: QPlainTextEdit, position: int) -> QTextCursor:
    cursor = editor.textCursor()
    cursor.setPosition(position)
    return cursor


def action(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_unknown_words_are_marked_when_they_are_written(
    editor: QPlainTextEdit, marks: SpellMarks
) -> None:
    QTest.keyClicks(editor, "the helo")
    assert marked(editor) == []
    QTest.keyClicks(editor, " the")
    assert marked(editor) == ["helo"]
    editor.setTextCursor(place(editor, 6))
    assert marked(editor) == []
    assert editor.document().availableUndoSteps() == 1


def test_a_word_is_replaced_by_one_that_was_meant(
    editor: QPlainTextEdit, marks: SpellMarks, menu: QMenu
) -> None:
    editor.setPlainText("the helo the")
    marks.extend_menu(menu, place(editor, 6))
    assert words_of(menu)[:2] == ["hello", "help"]
    assert words_of(menu)[-1] == "Copy"
    action(menu, "hello").trigger()
    assert editor.toPlainText() == "the hello the"
    action(menu, "help").trigger()
    assert editor.toPlainText() == "the hello the"
    editor.undo()
    assert editor.toPlainText() == "the helo the"


def test_an_emoji_before_a_word_moves_no_mark(
    editor: QPlainTextEdit, marks: SpellMarks, menu: QMenu
) -> None:
    editor.setPlainText("the 😀😀 helo the")
    assert marked(editor) == ["helo"]
    marks.extend_menu(menu, place(editor, 13))
    action(menu, "hello").trigger()
    assert editor.toPlainText() == "the 😀😀 hello the"


def test_known_words_change_no_menu(editor: QPlainTextEdit, marks: SpellMarks, menu: QMenu) -> None:
    editor.setPlainText("the helo")
    marks.extend_menu(menu, place(editor, 1))
    assert words_of(menu) == ["Copy"]


def test_a_word_is_learnt(editor: QPlainTextEdit, marks: SpellMarks, menu: QMenu) -> None:
    editor.setPlainText("zhipu \nthe")
    editor.setTextCursor(place(editor, 9))
    assert marked(editor) == ["zhipu"]
    marks.extend_menu(menu, place(editor, 2))
    assert words_of(menu)[0] == "No suggestions"
    action(menu, "Add “zhipu” to the dictionary").trigger()
    assert marked(editor) == []


def test_nothing_is_marked_any_more_when_that_is_not_wanted(
    editor: QPlainTextEdit, marks: SpellMarks, menu: QMenu
) -> None:
    editor.setPlainText("helo the")
    editor.setTextCursor(place(editor, 8))
    marks.extend_menu(menu, place(editor, 1))
    marks.set_speller(None)
    assert marked(editor) == []
    action(menu, "Add “helo” to the dictionary").trigger()
    editor.setTextCursor(place(editor, 2))
    assert marked(editor) == []
    marks.set_speller(None)


def test_monstrous_lines_are_not_looked_at(editor: QPlainTextEdit, marks: SpellMarks) -> None:
    editor.setPlainText("helo " * 2000)
    assert marked(editor) == []
