# SPDX-License-Identifier: MIT
"""Model, options and snippets in the real program, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.gui.composer_editor import ComposerEditor
from chatglm_desktop.gui.composing.options_panel import OptionsPanel
from chatglm_desktop.gui.model_picker.picker import ModelPicker
from chatglm_desktop.gui.model_picker.row_list import words
from chatglm_desktop.gui.model_picker.row_view import RowView
from chatglm_desktop.gui.widgets.toast import Toast
from chatglm_desktop.settings.options import SavedPrompt
from tests.helpers.widgets import child

if TYPE_CHECKING:
    from chatglm_desktop.core.accounts import Setup
    from chatglm_desktop.gui.composing.controls import ComposerControls
    from tests.helpers.theatre import Play, Theatre

KEY = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CLOSED = "http://127.0.0.1:9/v1"
"""Nothing listens there."""

GLM = Account("glm", "bigmodel", base_url=CLOSED, model="glm-4.7")
TAB = Account("other", "custom", "Cellar", CLOSED)


def controls(play: Play) -> ComposerControls:
    return play.page.composer.controls


def editor(play: Play) -> ComposerEditor:
    return child(play.page.composer, ComposerEditor)


async def setup(play: Play) -> Setup:
    """What the conversation in front talks to."""
    session = await play.conversations.open(play.current_id)
    play.conversations.release(play.current_id)
    return session.setup


def press(play: Play, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(play.window, key, modifiers)


async def opened_picker(play: Play) -> ModelPicker:
    press(play, KEY.Key_M, CTRL_SHIFT)
    picker = play.page.findChild(ModelPicker)
    assert picker is not None
    await play.until(lambda: not any(offer.loading for offer in picker.choices.offers))
    return picker


def test_a_model_is_chosen_by_keys_and_stays_chosen(theatre: Theatre) -> None:
    async def choose(play: Play) -> None:
        await play.services.accounts.add(GLM)
        assert controls(play).model_button.text() == "GLM-4.7"
        picker = await opened_picker(play)
        field = child(picker, QLineEdit)
        assert any("No list" in words(row) for row in child(picker, RowView).rows)
        QTest.keyClicks(field, "4.7-flash")
        QTest.keyClick(field, KEY.Key_Return)
        assert play.page.findChild(ModelPicker) is None or picker.isHidden()
        assert editor(play).hasFocus()
        assert controls(play).model_button.text() == "GLM-4.7-Flash"
        # A conversation is kept from its first message on.
        play.page.composer.set_text("Hello")
        play.page.composer.submit()
        await play.until(lambda: not play.page.composer.running)

    async def look(play: Play) -> None:
        assert controls(play).model_button.text() == "GLM-4.7-Flash"
        play.workspace.new_tab()
        assert controls(play).model_button.text() == "GLM-4.7-Flash"

    theatre.play(choose)
    theatre.play(look)


def test_any_name_can_be_given(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.services.accounts.add(TAB)
        field = child(await opened_picker(play), QLineEdit)
        QTest.keyClicks(field, "my-model")
        QTest.keyClick(field, KEY.Key_Return)
        assert controls(play).model_button.text() == "my-model"
        assert "Cellar" in controls(play).model_button.toolTip()

    theatre.play(act)


def test_the_shortcut_closes_the_list_too_and_a_tab_may_close_meanwhile(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.services.accounts.add(TAB)
        press(play, KEY.Key_M, CTRL_SHIFT)
        press(play, KEY.Key_M, CTRL_SHIFT)
        await play.until(lambda: play.page.findChild(ModelPicker) is None)
        assert editor(play).hasFocus()
        press(play, KEY.Key_M, CTRL_SHIFT)
        play.workspace.close_current()

    theatre.play(act)


def test_a_server_on_this_computer_is_taken_into_use_with_its_first_model(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        server = DialectServer("ollama", pace=0.0)
        await server.start()
        try:
            picker = await opened_picker(play)
            picker.server_wanted.emit(Account("ollama", "ollama", base_url=server.url))
            picker.leave()
            await play.until(lambda: controls(play).model_button.text() == "glm4:9b")
            assert [own.model for own in play.preferences.options.accounts] == ["glm4:9b"]
            play.page.composer.set_text("Hello")
            play.page.composer.submit()
            await play.until(lambda: not play.page.composer.running)
            assert server.requests.get_nowait().body["model"] == "glm4:9b"
        finally:
            await server.stop()

    theatre.play(act)


def test_a_server_that_does_not_answer_is_not_taken_into_use(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        picker = await opened_picker(play)
        picker.server_wanted.emit(Account("ollama", "ollama", base_url=CLOSED))
        picker.leave()
        toast = child(play.window, Toast)
        await play.until(toast.isVisible)
        assert play.preferences.options.accounts == ()

    theatre.play(act)


def test_a_server_that_was_set_up_without_a_model_answers_with_its_first(
    theatre: Theatre,
) -> None:
    async def act(play: Play) -> None:
        server = DialectServer("ollama", pace=0.0)
        await server.start()
        try:
            await play.services.accounts.add(Account("o", "ollama", base_url=server.url))
            play.page.composer.set_text("Hello")
            play.page.composer.submit()
            await play.until(lambda: not play.page.composer.running)
            assert server.requests.get_nowait().body["model"] == "glm4:9b"
            assert controls(play).model_button.text() == "glm4:9b"
        finally:
            await server.stop()

    theatre.play(act)


def test_options_are_those_of_one_conversation(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.services.accounts.add(GLM)
        play.preferences.change(prompts=(SavedPrompt("Brief", "Be brief.", "system"),))
        press(play, KEY.Key_P, CTRL_SHIFT)
        panel = child(play.page, OptionsPanel)
        QTest.keyClicks(child(panel, QPlainTextEdit), "Be kind.")
        QTest.keyClick(child(panel, QPlainTextEdit), KEY.Key_Escape)
        assert editor(play).hasFocus()
        assert (await setup(play)).generation == Generation(system_prompt="Be kind.")
        controls(play).search.click()
        assert (await setup(play)).generation.web_search is True
        play.preferences.change(generation=Generation(thinking="off"))
        assert not controls(play).thinking.isChecked()
        press(play, KEY.Key_P, CTRL_SHIFT)
        press(play, KEY.Key_P, CTRL_SHIFT)
        play.page.composer.set_text("Hello")
        play.page.composer.submit()
        await play.until(lambda: not play.page.composer.running)
        play.workspace.new_tab()
        assert (await setup(play)).generation == Generation()

    theatre.play(act)


def test_a_text_becomes_a_snippet_and_is_inserted(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        wanted: list[str] = []
        play.page.settings_wanted.connect(wanted.append)
        composer = play.page.composer
        composer.snippet_wanted.emit("Translate {{text}}\ninto Chinese")
        assert play.preferences.options.prompts == (
            SavedPrompt("Translate {{text}} into Chinese", "Translate {{text}}\ninto Chinese"),
        )
        QTest.keyClicks(editor(play), "/tra")
        QTest.keyClick(editor(play), KEY.Key_Return)
        QTest.keyClicks(editor(play), "this")
        assert composer.text() == "Translate this\ninto Chinese"
        composer.snippet_wanted.emit("")
        assert wanted == ["prompts"]

    theatre.play(act)


def test_the_count_warns_where_the_conversation_is_too_long(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        await play.services.accounts.add(GLM)
        tokens = controls(play).tokens
        play.page.composer.set_text("word " * 300)
        await play.until(lambda: tokens.text() == "≈ 300 tokens")
        assert not tokens.too_long
        play.preferences.change(generation=Generation(system_prompt="system " * 149_900))
        await play.until(lambda: tokens.too_long)
        assert "of" in tokens.text()

    theatre.play(act)


def test_the_guest_service_has_no_model_to_choose(theatre: Theatre) -> None:
    async def act(play: Play) -> None:
        assert controls(play).model_button.text() == GUEST.name
        picker = await opened_picker(play)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert picker.isAncestorOf(focused)
        picker.leave()

    theatre.play(act)
