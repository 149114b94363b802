# SPDX-License-Identifier: MIT
"""Earlier questions come back into the text field of the real window, and the draft with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatglm_desktop.gui.composer_editor import ComposerEditor
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from tests.helpers.theatre import Play, Theatre

CTRL = Qt.KeyboardModifier.ControlModifier
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


def shows(play: Play, text: str) -> bool:
    return play.page.composer.text() == text


def press(play: Play, key: Qt.Key) -> None:
    QTest.keyClick(child(play.page.composer, ComposerEditor), key, CTRL)


def test_this_conversations_questions_then_those_of_others_and_back(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("elsewhere", "answer")
        play.workspace.new_tab()
        await play.ask("first", "answer")
        await play.ask("second", "answer")
        composer = play.page.composer
        composer.set_text("draft")
        for expected in ("second", "first", "elsewhere"):
            press(play, UP)
            await play.until(partial(shows, play, expected))
        press(play, UP)
        assert composer.text() == "elsewhere"
        assert composer.draft().text == "draft"
        press(play, DOWN)
        press(play, DOWN)
        press(play, DOWN)
        assert composer.text() == "draft"
        press(play, DOWN)
        child(composer, ComposerEditor).undo()
        assert composer.text() == "second"

    theatre.play(act)


def test_quick_presses_are_not_lost_while_the_questions_are_read(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("first", "answer")
        await play.ask("second", "answer")
        press(play, UP)
        press(play, UP)
        press(play, UP)
        press(play, DOWN)
        await play.until(lambda: play.page.composer.text() == "first")

    theatre.play(act)


def test_keys_of_an_input_method_recall_nothing(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.ask("first", "answer")
        editor = child(play.page.composer, ComposerEditor)
        QApplication.sendEvent(editor, QInputMethodEvent("ni", []))
        with_wanted: list[None] = []
        play.page.composer.recall.wanted.connect(lambda: with_wanted.append(None))
        press(play, UP)
        QTest.keyClick(editor, UP)
        assert with_wanted == []
        assert not play.page.composer.editing

    theatre.play(act)


def test_a_draft_that_was_only_left_to_look_at_a_question_survives(theatre: Theatre) -> None:
    async def leave(play: Play) -> None:
        await play.ask("first", "answer")
        play.page.composer.set_text("draft")
        press(play, UP)
        await play.until(lambda: play.page.composer.text() == "first")

    async def come_back(play: Play) -> None:
        assert play.page.composer.text() == "draft"

    theatre.play(leave)
    theatre.play(come_back)
