# SPDX-License-Identifier: MIT
"""The row below the draft: what is shown of a setup, switches, the count, and how it narrows."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.accounts import GUEST, Account, Setup
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.composing.controls import ComposerControls
from chatglm_desktop.gui.composing.token_label import TokenLabel
from chatglm_desktop.gui.theme.manager import ThemeManager
from tests.helpers.accounts import GLM, OLLAMA, TABLE

CLICK = Qt.MouseButton.LeftButton
ALWAYS, VISION, FREE, _ = TABLE["bigmodel"]


@pytest.fixture
def controls(qtbot: QtBot, themes: ThemeManager) -> ComposerControls:
    controls = ComposerControls(themes)
    qtbot.addWidget(controls)
    controls.resize(760, 28)
    with qtbot.waitExposed(controls):
        controls.show()
    return controls


def show(
    controls: ComposerControls,
    account: Account = GLM,
    model: ModelInfo = FREE,
    defaults: Generation | None = None,
    **options: Any,
) -> None:
    setup = Setup(account.id, model.id, Generation(**options))
    controls.show_setup(setup, model, abilities(account, model), account.name, defaults)


def test_nothing_can_be_chosen_before_it_is_known_what_there_is(
    controls: ComposerControls,
) -> None:
    assert controls.model_button.isHidden()
    assert controls.options_button.isHidden()
    assert controls.thinking.isHidden()


def test_the_model_is_named_and_its_account_in_the_tip(controls: ComposerControls) -> None:
    show(controls)
    button = controls.model_button
    assert button.text() == "GLM-4.7-Flash"
    assert button.accessibleName() == "Model: GLM-4.7-Flash, GLM (open.bigmodel.cn)"
    assert "GLM (open.bigmodel.cn)" in button.toolTip()
    assert "Ctrl+Shift+M" in button.toolTip()
    show(controls, GUEST, ModelInfo(""))
    assert button.text() == "ChatGLM"


def test_only_what_the_service_takes_is_offered(controls: ComposerControls) -> None:
    show(controls)
    assert controls.thinking.isVisible()
    assert controls.search.isVisible()
    show(controls, OLLAMA, ModelInfo("qwen3:8b"))
    assert controls.thinking.isVisible()
    assert controls.search.isHidden()
    show(controls, GUEST, ModelInfo(""))
    assert controls.thinking.isHidden()
    assert controls.options_button.isVisible()


def test_buttons_ask_for_the_list_and_the_options(controls: ComposerControls, qtbot: QtBot) -> None:
    show(controls)
    with qtbot.waitSignal(controls.picker_wanted):
        QTest.mouseClick(controls.model_button, CLICK)
    with qtbot.waitSignal(controls.options_wanted):
        QTest.keyClick(controls.options_button, Qt.Key.Key_Space)


def test_switches_change_the_setup(controls: ComposerControls, qtbot: QtBot) -> None:
    show(controls, temperature=0.5)
    with qtbot.waitSignal(controls.setup_changed) as changed:
        QTest.mouseClick(controls.search, CLICK)
    expected = Generation(temperature=0.5, web_search=True)
    assert changed.args == [Setup("glm", "glm-4.7-flash", expected)]
    with qtbot.waitSignal(controls.setup_changed) as changed:
        QTest.keyClick(controls.thinking, Qt.Key.Key_Space)
    assert changed.args[0].generation.thinking == "off"
    assert changed.args[0].generation.web_search is True


@pytest.mark.parametrize(
    ("model", "default", "own", "on"),
    [
        (FREE, None, None, True),
        (FREE, "off", None, False),
        (FREE, "off", "on", True),
        (ModelInfo("new"), None, None, False),
        (ModelInfo("new"), None, "on", True),
    ],
)
def test_thinking_is_on_where_nobody_has_said_otherwise(
    controls: ComposerControls, model: ModelInfo, default: Any, own: Any, on: bool
) -> None:
    show(controls, model=model, defaults=Generation(thinking=default), thinking=own)
    assert controls.thinking.isChecked() is on


def test_a_model_that_always_thinks_cannot_be_stopped(controls: ComposerControls) -> None:
    show(controls, model=ALWAYS)
    assert controls.thinking.isChecked()
    assert not controls.thinking.isEnabled()
    assert controls.thinking.toolTip() == "This model always thinks."


def test_own_options_and_what_is_wrong_with_them_are_marked(controls: ComposerControls) -> None:
    show(controls)
    button = controls.options_button
    plain = button.grab().toImage()
    assert button.accessibleName() == "Options of this conversation"
    show(controls, temperature=0.5)
    own = button.grab().toImage()
    assert "Differs from your defaults" in button.accessibleName()
    show(controls, temperature=1.5)
    assert button.problems == ("The temperature must be between 0 and 1.",)
    assert plain != own != button.grab().toImage() != plain
    show(controls, max_tokens=200_000)
    assert button.problems == ("Between 1 and 131,072 tokens are possible.",)


def test_options_that_the_service_does_not_take_are_no_own_ones(
    controls: ComposerControls,
) -> None:
    show(controls, GUEST, ModelInfo(""), temperature=1.5)
    assert controls.options_button.accessibleName() == "Options of this conversation"


def test_a_narrow_row_leaves_out_words_hint_and_switches(controls: ComposerControls) -> None:
    show(controls)
    controls.set_hint("Enter sends, Shift+Enter starts a new line")
    controls.set_draft_tokens(120)
    assert controls.hint.isVisible()
    wide = controls.thinking.width()
    controls.resize(360, 28)
    assert controls.hint.isHidden()
    assert controls.thinking.width() < wide
    assert controls.tokens.isVisible()
    assert controls.thinking.toolTip() == "Thinking"
    controls.resize(150, 28)
    assert controls.thinking.isHidden()
    assert controls.tokens.isHidden()
    assert controls.model_button.isVisible()
    assert controls.model_button.geometry().right() < controls.options_button.x()
    assert controls.options_button.geometry().right() <= 150


@pytest.fixture
def label(controls: ComposerControls) -> TokenLabel:
    return controls.tokens


def test_the_count_is_told(controls: ComposerControls, label: TokenLabel) -> None:
    assert label.text() == ""
    controls.set_draft_tokens(1)
    assert label.text() == "≈ 1 token"
    controls.set_draft_tokens(12_345)
    assert label.text() == "≈ 12,345 tokens"
    assert not label.too_long


def test_what_does_not_fit_is_told_with_the_limit(
    controls: ComposerControls, label: TokenLabel
) -> None:
    controls.set_draft_tokens(100)
    quiet = label.grab().toImage()
    controls.set_context(950, 1000)
    assert label.too_long
    assert label.text() == "≈ 1,050 of 1,000 tokens"
    assert "The oldest messages are left out." in label.accessibleName()
    assert label.grab().toImage() != quiet
    controls.set_context(0, 90)
    assert label.text() == "≈ 100 of 90 tokens"
    assert "longer than what the model can read" in label.accessibleName()
    controls.set_context(950, 0)
    assert not label.too_long
    controls.set_context(950, 900)
    controls.set_draft_tokens(0)
    assert (label.text(), label.too_long) == ("", False)


@pytest.mark.parametrize("width", [760, 360])
def test_the_row_is_drawn_in_every_theme(
    controls: ComposerControls, themes: ThemeManager, width: int
) -> None:
    show(controls, web_search=True)
    controls.set_draft_tokens(100)
    controls.set_context(10, 20)
    controls.resize(width, 28)
    controls.search.setFocus()
    light = controls.grab().toImage()
    themes.choose("high-contrast")
    assert controls.grab().toImage() != light
