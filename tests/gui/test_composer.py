# SPDX-License-Identifier: MIT
"""Keys, input methods, and what the composer offers while a reply runs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.composer import COLUMN_WIDTH, Composer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.send_button import SendButton
from chatglm_desktop.gui.widgets.shadow import SHADOW
from tests.helpers.widgets import child

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 600)
    return window


@pytest.fixture
def composer(window: QWidget, themes: ThemeManager, qtbot: QtBot) -> Composer:
    composer = Composer(themes)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(composer)
    with qtbot.waitExposed(window):
        window.show()
    composer.focus_editor()
    return composer


@pytest.fixture
def editor(composer: Composer) -> ComposerEditor:
    return child(composer, ComposerEditor)


@pytest.fixture
def button(composer: Composer) -> SendButton:
    return child(composer, SendButton)


def composing(editor: ComposerEditor) -> bool:
    return editor.composing


def test_enter_sends_and_keeps_the_text(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor, "hello")
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(editor, ENTER)
    assert sent.args == ["hello"]
    assert composer.text() == "hello"


@pytest.mark.parametrize("key", [ENTER, Qt.Key.Key_Enter])
def test_shift_enter_starts_a_line(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot, key: Qt.Key
) -> None:
    QTest.keyClicks(editor, "a")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, key, SHIFT)
    QTest.keyClicks(editor, "b")
    assert composer.text() == "a\nb"
    assert editor.document().blockCount() == 2


def test_the_keypad_sends_too(composer: Composer, editor: ComposerEditor, qtbot: QtBot) -> None:
    composer.set_text("a")
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)


def test_ctrl_enter_mode(composer: Composer, editor: ComposerEditor, qtbot: QtBot) -> None:
    composer.set_send_key("ctrl-enter")
    assert composer.hint() == "Ctrl+Enter sends, Enter starts a new line"
    QTest.keyClicks(editor, "a")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, ENTER)
    with qtbot.waitSignal(composer.submitted) as sent:
        QTest.keyClick(editor, ENTER, CTRL)
    assert sent.args == ["a\n"]


def test_other_modifiers_do_nothing(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.set_text("a")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, ENTER, Qt.KeyboardModifier.AltModifier)
    assert composer.text() == "a"


@pytest.mark.parametrize("text", ["", "  ", "\n\t "])
def test_blank_text_is_not_sent(
    composer: Composer, editor: ComposerEditor, button: SendButton, qtbot: QtBot, text: str
) -> None:
    composer.set_text(text)
    assert not button.isEnabled()
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, ENTER)


def test_an_input_method_never_sends(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor, "a")
    QApplication.sendEvent(editor, QInputMethodEvent("ni hao", []))
    assert composing(editor)
    with (
        qtbot.assertNotEmitted(composer.submitted),
        qtbot.assertNotEmitted(composer.stop_requested),
    ):
        QTest.keyClick(editor, ENTER)
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(editor, commit)
    assert not composing(editor)
    assert "你好" in composer.text()
    with qtbot.waitSignal(composer.submitted):
        QTest.keyClick(editor, ENTER)


def test_while_a_reply_runs_the_draft_is_written_and_can_wait(
    composer: Composer, editor: ComposerEditor, button: SendButton, qtbot: QtBot
) -> None:
    idle = composer.hint()
    composer.set_running(True)
    assert button.stops
    assert button.isEnabled()
    assert button.accessibleName() == "Stop the reply"
    QTest.keyClicks(editor, "next")
    with qtbot.assertNotEmitted(composer.submitted):
        QTest.keyClick(editor, ENTER)
    assert composer.text() == "next"
    assert composer.hint() == "A reply is arriving. Enter sends this when it has ended."
    with qtbot.waitSignal(composer.stop_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    composer.set_running(False)
    assert (button.stops, button.isEnabled(), composer.hint()) == (False, True, idle)
    with qtbot.waitSignal(composer.submitted):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_escape_stops_only_what_runs(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(composer.stop_requested):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    composer.set_running(True)
    with qtbot.waitSignal(composer.stop_requested):
        QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_undo_brings_back_what_was_cleared(composer: Composer, editor: ComposerEditor) -> None:
    composer.set_text("first")
    composer.clear()
    assert composer.text() == ""
    editor.undo()
    assert composer.text() == "first"


def test_changes_are_told(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(composer.text_changed):
        composer.set_text("a")


def test_a_paste_is_plain(composer: Composer, editor: ComposerEditor) -> None:
    data = QMimeData()
    data.setHtml("<h1>big</h1>")
    data.setText("big")
    editor.insertFromMimeData(data)
    assert composer.text() == "big"
    assert editor.document().firstBlock().blockFormat().headingLevel() == 0


def test_it_grows_with_the_text_up_to_a_share_of_the_window(
    window: QWidget, composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    one_line = editor.height()
    composer.set_text("a\nb\nc")
    assert one_line * 2 < editor.height() < one_line * 4
    composer.set_text("line\n" * 500)
    card = child(composer, QWidget)
    qtbot.waitUntil(lambda: 0.35 * 600 < card.height() - 2 * SHADOW <= 0.4 * 600)
    assert editor.verticalScrollBar().maximum() > 0
    window.resize(1000, 900)
    qtbot.waitUntil(lambda: 0.35 * 900 < card.height() - 2 * SHADOW <= 0.4 * 900)
    composer.clear()
    assert editor.height() == one_line


def test_a_long_line_wraps_and_grows(composer: Composer, editor: ComposerEditor) -> None:
    one_line = editor.height()
    composer.set_text("word " * 60)
    assert editor.height() > 2 * one_line
    assert editor.horizontalScrollBar().maximum() == 0


def test_the_card_keeps_to_the_column(window: QWidget, composer: Composer, qtbot: QtBot) -> None:
    def card_width() -> int:
        return child(composer, QWidget).width() - 2 * SHADOW

    assert card_width() == COLUMN_WIDTH
    window.resize(600, 600)
    qtbot.waitUntil(lambda: card_width() == 600 - 2 * 24 - _layout_margins(window))


def _layout_margins(window: QWidget) -> int:
    margins = child(window, QVBoxLayout).contentsMargins()
    return margins.left() + margins.right()


def test_a_click_on_the_card_goes_to_the_text(
    window: QWidget, composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    window.setFocus()
    qtbot.waitUntil(lambda: not editor.hasFocus())
    card = child(composer, QWidget)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(60, card.height() - 20))
    assert editor.hasFocus()


def test_the_hint_yields_to_the_button(
    window: QWidget, composer: Composer, themes: ThemeManager, qtbot: QtBot
) -> None:
    composer.set_running(True)
    window.resize(300, 600)
    qtbot.waitUntil(lambda: composer.width() < 300)
    button = child(composer, SendButton)
    assert button.width() == 34
    light = composer.grab().toImage()
    themes.choose("dark")
    assert composer.grab().toImage() != light


def test_a_long_draft_is_taken_quickly(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.set_text("x" * 100_000 + "\n" + "line\n" * 20_000)
    assert editor.height() <= 0.4 * 600
    with qtbot.waitSignal(composer.submitted) as sent:
        composer.submit()
    assert len(sent.args[0]) == 200_001


def test_a_word_without_end_is_broken_anywhere_until_the_draft_is_empty(
    composer: Composer,
) -> None:
    editor = composer.findChild(ComposerEditor)
    assert editor is not None
    usual = editor.wordWrapMode()
    composer.set_text("many short words " * 1000)
    assert editor.wordWrapMode() is usual
    composer.set_text("天" * 10_000)
    assert editor.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    composer.clear()
    assert editor.wordWrapMode() is usual
