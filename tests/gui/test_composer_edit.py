# SPDX-License-Identifier: MIT
"""Quoting into the draft, and editing an earlier message while the draft waits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.composer import Composer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.theme.tokens import DARK
from chatglm_desktop.gui.widgets.edit_bar import EditBar
from chatglm_desktop.gui.widgets.icon_button import IconButton
from tests.helpers.widgets import child


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    return window


@pytest.fixture
def composer(window: QWidget, themes: ThemeManager, qtbot: QtBot) -> Composer:
    composer = Composer(themes)
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(composer)
    with qtbot.waitExposed(window):
        window.show()
    return composer


@pytest.fixture
def editor(composer: Composer) -> ComposerEditor:
    return child(composer, ComposerEditor)


def test_a_quote_keeps_the_draft_and_takes_the_cursor_below(
    composer: Composer, editor: ComposerEditor
) -> None:
    composer.set_text("draft")
    composer.quote("one\ntwo")
    assert editor.hasFocus()
    QTest.keyClicks(editor, "more")
    assert composer.text() == "draft\n\n> one\n> two\n\nmore"


def test_enter_asks_anew_with_the_edited_message(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.set_text("draft")
    composer.edit("m1", "question")
    assert composer.text() == "question"
    assert composer.draft().text == "draft"
    assert child(composer, EditBar).isVisible()
    assert "versions" in composer.hint()
    with qtbot.assertNotEmitted(composer.submitted), qtbot.waitSignal(composer.edited) as edited:
        QTest.keyClicks(editor, "!")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == ["m1", "question!"]


def test_escape_gives_the_draft_back(composer: Composer, editor: ComposerEditor) -> None:
    composer.set_text("draft")
    composer.edit("m1", "question")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert composer.editing == ""
    assert composer.text() == composer.draft().text == "draft"
    assert child(composer, EditBar).isHidden()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert composer.text() == "draft"


def test_another_message_can_be_edited_without_losing_the_draft(composer: Composer) -> None:
    composer.set_text("draft")
    composer.edit("m1", "first")
    composer.edit("m2", "second")
    assert composer.editing == "m2"
    child(child(composer, EditBar), IconButton).click()
    assert composer.text() == "draft"


def test_while_a_reply_runs_escape_stops_it_and_the_edit_stays(
    composer: Composer, editor: ComposerEditor, qtbot: QtBot
) -> None:
    composer.edit("m1", "question")
    composer.set_running(True)
    with qtbot.waitSignal(composer.stop_requested):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(composer.edited):
        composer.submit()
    assert composer.editing == "m1"


def test_the_bar_takes_the_colours_of_the_theme(composer: Composer, themes: ThemeManager) -> None:
    composer.edit("m1", "question")
    bar = child(composer, EditBar)
    before = bar.grab().toImage()
    themes.choose("dark")
    assert themes.theme == DARK
    assert bar.grab().toImage() != before
