# SPDX-License-Identifier: MIT
"""The variables of a snippet are filled one after the other, in all their places at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.stops import VariableStops
from chatglm_desktop.gui.theme.manager import ThemeManager

KEY = Qt.Key


@pytest.fixture
def editor(qtbot: QtBot) -> ComposerEditor:
    editor = ComposerEditor()
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.setFocus()
    return editor


@pytest.fixture
def stops(editor: ComposerEditor, themes: ThemeManager) -> VariableStops:
    return VariableStops(editor, themes)


def selected(editor: ComposerEditor) -> str:
    return editor.textCursor().selectedText()


def insert(stops: VariableStops, editor: ComposerEditor, text: str) -> None:
    stops.insert(text, editor.textCursor())


def test_the_first_variable_is_selected_and_tab_goes_on(
    stops: VariableStops, editor: ComposerEditor
) -> None:
    insert(stops, editor, "Translate {{text}} into {{language}}, please.")
    assert selected(editor) == "{{text}}"
    QTest.keyClicks(editor, "this")
    QTest.keyClick(editor, KEY.Key_Tab)
    assert selected(editor) == "{{language}}"
    QTest.keyClicks(editor, "Chinese")
    QTest.keyClick(editor, KEY.Key_Tab)
    assert not stops.active
    QTest.keyClicks(editor, "!")
    assert editor.toPlainText() == "Translate this into Chinese!, please."
    assert editor.extraSelections() == []


def test_backtab_goes_back(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "{{a}} {{b}}")
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, KEY.Key_Tab)
    QTest.keyClick(editor, KEY.Key_Backtab)
    assert selected(editor) == "one"
    QTest.keyClick(editor, KEY.Key_Backtab)
    assert selected(editor) == "one"


def test_a_variable_is_filled_wherever_it_stands(
    stops: VariableStops, editor: ComposerEditor
) -> None:
    insert(stops, editor, "🚀 {{name}} and {{other}} and {{ name }}: {{name}}")
    QTest.keyClicks(editor, "GLM")
    assert editor.toPlainText() == "🚀 GLM and {{other}} and GLM: GLM"
    QTest.keyClick(editor, KEY.Key_Backspace)
    editor.insertPlainText("😀")
    assert editor.toPlainText() == "🚀 GL😀 and {{other}} and GL😀: GL😀"
    QTest.keyClick(editor, KEY.Key_Tab)
    assert selected(editor) == "{{other}}"


def test_variables_that_touch_stay_apart(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "{{a}}{{b}}{{a}}")
    QTest.keyClicks(editor, "12")
    assert editor.toPlainText() == "12{{b}}12"
    QTest.keyClick(editor, KEY.Key_Tab)
    assert selected(editor) == "{{b}}"
    QTest.keyClicks(editor, "-")
    assert editor.toPlainText() == "12-12"


def test_emptied_and_filled_again(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "x{{a}}y{{a}}z")
    QTest.keyClick(editor, KEY.Key_Delete)
    assert editor.toPlainText() == "xyz"
    QTest.keyClicks(editor, "1")
    assert editor.toPlainText() == "x1y1z"


def test_an_input_method_fills_too(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "{{词}}的意思是{{词}}")
    QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
    QTest.keyClick(editor, KEY.Key_Escape)
    assert stops.active
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(editor, commit)
    assert editor.toPlainText() == "你好的意思是你好"


def test_several_lines_come_as_they_are(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "Code:\r\n{{code}}\r\n{{code}}")
    editor.insertPlainText("a\nb")
    assert editor.toPlainText() == "Code:\na\nb\na\nb"


def test_undo_takes_what_was_written_everywhere_back(
    stops: VariableStops, editor: ComposerEditor
) -> None:
    insert(stops, editor, "{{a}} {{a}}")
    QTest.keyClicks(editor, "x")
    QTest.keySequence(editor, QKeySequence(QKeySequence.StandardKey.Undo))
    assert editor.toPlainText() == "{{a}} {{a}}"
    assert not stops.active


def test_escape_and_another_place_end_it(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "go {{a}} on")
    QTest.keyClick(editor, KEY.Key_Escape)
    assert not stops.active
    editor.clear()
    insert(stops, editor, "go {{a}} on")
    QTest.keyClick(editor, KEY.Key_Home)
    assert not stops.active
    assert editor.toPlainText() == "go {{a}} on"


def test_it_ends_when_the_draft_is_sent(stops: VariableStops, editor: ComposerEditor) -> None:
    insert(stops, editor, "{{a}}")
    QTest.keyClicks(editor, "x")
    editor.replace_text("")
    assert not stops.active
    QTest.keyClicks(editor, "next")
    assert editor.toPlainText() == "next"


def test_without_variables_the_cursor_stands_at_the_end(
    stops: VariableStops, editor: ComposerEditor
) -> None:
    insert(stops, editor, "Hello")
    assert not stops.active
    assert editor.textCursor().position() == 5


def test_a_second_snippet_takes_the_place_of_the_first(
    stops: VariableStops, editor: ComposerEditor
) -> None:
    insert(stops, editor, "{{a}}")
    insert(stops, editor, "{{b}} {{c}}")
    assert editor.toPlainText() == "{{b}} {{c}}"
    assert selected(editor) == "{{b}}"
