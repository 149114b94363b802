# SPDX-License-Identifier: MIT
"""The options of a conversation: what is offered, checked in place, taken back and passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.abilities import abilities
from chatglm_desktop.core.accounts import GUEST, Account
from chatglm_desktop.core.generation import Generation, OptionName
from chatglm_desktop.core.models import ModelInfo
from chatglm_desktop.gui.composing.option_fields import ChoiceField
from chatglm_desktop.gui.composing.options_panel import ORDER, OptionsPanel
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.settings.options import SavedPrompt
from tests.helpers.accounts import GLM, TABLE
from tests.helpers.widgets import child

ALWAYS, _, FREE, _ = TABLE["bigmodel"]
EFFORTS = ModelInfo("glm-x", thinking="optional", efforts=("low", "high", "max"))
OPENROUTER = Account("r", "openrouter")
PROMPTS = (
    SavedPrompt("Translator", "You translate.", "system"),
    SavedPrompt("Greeting", "Hello", "snippet"),
)


class Opened:
    """A panel on a page, and what it has passed on."""

    def __init__(self, page: QWidget, themes: ThemeManager) -> None:
        self._page = page
        self._themes = themes
        self.told: list[Generation] = []
        self.panel: OptionsPanel

    def open(
        self,
        account: Account = GLM,
        model: ModelInfo = FREE,
        defaults: Generation | None = None,
        **own: Any,
    ) -> OptionsPanel:
        self.panel = OptionsPanel(
            self._themes,
            self._page,
            Generation(**own),
            defaults=defaults or Generation(),
            abilities=abilities(account, model),
            prompts=PROMPTS,
        )
        self.panel.changed.connect(self.told.append)
        self.panel.open_at(QRect(200, 660, 28, 28))
        return self.panel

    def line(self, name: OptionName) -> QLineEdit:
        return child(self.panel.row(name), QLineEdit)

    def write(self, name: OptionName, text: str) -> None:
        self.line(name).clear()
        QTest.keyClicks(self.line(name), text)

    def segments(self, name: OptionName) -> dict[str, QAbstractButton]:
        field = child(self.panel.row(name), ChoiceField)
        return {button.text(): button for button in field.findChildren(QAbstractButton)}

    def reset(self, name: OptionName) -> IconButton:
        return child(self.panel.row(name), IconButton)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    page = QWidget()
    page.resize(700, 700)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def opened(page: QWidget, themes: ThemeManager) -> Opened:
    return Opened(page, themes)


def test_only_what_the_service_takes_is_shown(opened: Opened) -> None:
    assert opened.open(GUEST, ModelInfo("")).shown == ("system_prompt",)
    opened.panel.close()
    assert opened.open(model=EFFORTS).shown == ORDER
    opened.panel.close()
    assert "effort" not in opened.open().shown


def test_the_cursor_begins_in_the_first_field_and_escape_leaves(
    opened: Opened, qtbot: QtBot
) -> None:
    panel = opened.open()
    prompt = child(panel, QPlainTextEdit)
    assert prompt.hasFocus()
    with qtbot.waitSignals([panel.left, panel.gone]):
        QTest.keyClick(prompt, Qt.Key.Key_Escape)
    assert opened.told == []


def test_a_number_holds_when_it_is_finished(opened: Opened) -> None:
    opened.open()
    opened.write("temperature", "0,7")
    assert opened.told == []
    QTest.keyClick(opened.line("temperature"), Qt.Key.Key_Return)
    assert opened.told == [Generation(temperature=0.7)]
    assert opened.reset("temperature").isVisible()


def test_what_was_written_holds_when_the_panel_goes(opened: Opened) -> None:
    panel = opened.open()
    QTest.keyClicks(child(panel, QPlainTextEdit), "Be brief.")
    opened.write("max_tokens", "500")
    panel.leave()
    assert opened.told[-1] == Generation(system_prompt="Be brief.", max_tokens=500)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("temperature", "1.5", "The temperature must be between 0 and 1."),
        ("temperature", "warm", "Write a number."),
        ("temperature", "nan", "Write a number."),
        ("top_p", "0", "Top-p must be between 0.01 and 1."),
        ("max_tokens", "131073", "Between 1 and 131,072 tokens are possible."),
        ("max_tokens", "1.5", "Write a whole number."),
    ],
)
def test_what_is_wrong_is_said_in_place_and_not_passed_on(
    opened: Opened, name: OptionName, text: str, problem: str
) -> None:
    panel = opened.open()
    opened.write(name, text)
    assert panel.row(name).problem == problem
    assert child(panel.row(name), QLabel).isVisible()
    QTest.keyClick(opened.line(name), Qt.Key.Key_Return)
    panel.leave()
    assert opened.told == []


def test_a_problem_goes_with_its_cause(opened: Opened) -> None:
    panel = opened.open(temperature=1.5)
    assert panel.row("temperature").problem
    opened.write("temperature", "0.5")
    assert panel.row("temperature").problem == ""


def test_a_choice_holds_at_once(opened: Opened) -> None:
    opened.open(model=EFFORTS)
    opened.segments("thinking")["Off"].click()
    opened.segments("effort")["Highest"].click()
    opened.segments("web_search")["On"].click()
    assert opened.told[-1] == Generation(thinking="off", effort="max", web_search=True)
    opened.segments("thinking")["Default"].click()
    assert opened.told[-1].thinking is None


def test_a_model_that_always_thinks_has_no_off(opened: Opened) -> None:
    opened.open(model=ALWAYS)
    assert list(opened.segments("thinking")) == ["Default", "On"]


def test_defaults_are_shown_where_there_is_no_own_choice(opened: Opened) -> None:
    defaults = Generation(
        temperature=0.5, max_tokens=2000, thinking="on", web_search=False, stop=("END",)
    )
    panel = opened.open(defaults=defaults, model=EFFORTS)
    assert opened.line("temperature").placeholderText() == "Default: 0.5"
    assert opened.line("max_tokens").placeholderText() == "Default: 2,000"
    assert opened.line("stop").placeholderText() == "Default: END"
    assert opened.line("top_p").placeholderText() == "Left to the service"
    tips = {
        name: child(panel.row(name), ChoiceField).segments.toolTip()
        for name in ("thinking", "web_search", "effort")
    }
    assert tips == {
        "thinking": "Default: on",
        "web_search": "Default: off",
        "effort": "Left to the service",
    }
    panel.close()
    panel = opened.open(defaults=Generation(effort="high", system_prompt="Hi"), model=EFFORTS)
    assert child(panel, QPlainTextEdit).placeholderText() == "Default: Hi"
    assert child(panel.row("effort"), ChoiceField).segments.toolTip() == "Default: High"


def test_an_own_choice_can_be_taken_back(opened: Opened) -> None:
    opened.open(temperature=0.5, thinking="off")
    assert opened.line("temperature").text() == "0.5"
    QTest.mouseClick(opened.reset("temperature"), Qt.MouseButton.LeftButton)
    assert opened.line("temperature").text() == ""
    assert opened.reset("temperature").isHidden()
    assert opened.told == [Generation(thinking="off")]


def test_the_focus_stays_in_the_row_whose_button_has_gone(opened: Opened) -> None:
    opened.open(temperature=0.0)
    assert opened.line("temperature").text() == "0"
    opened.reset("temperature").setFocus()
    QTest.keyClick(opened.reset("temperature"), Qt.Key.Key_Space)
    assert opened.line("temperature").hasFocus()


def test_all_can_be_taken_back(opened: Opened) -> None:
    panel = opened.open(temperature=0.5, thinking="off", stop=("a",))
    everything = child(panel, QPushButton)
    everything.click()
    assert opened.told[-1] == Generation()
    assert not everything.isEnabled()


def test_one_stop_text_is_a_line_and_several_are_lines(opened: Opened) -> None:
    opened.open(stop=("END",))
    assert opened.line("stop").text() == "END"
    opened.write("stop", "a b")
    opened.panel.leave()
    assert opened.told[-1].stop == ("a b",)
    panel = opened.open(OPENROUTER, ModelInfo("m"), stop=("a", "b"))
    lines = child(panel.row("stop"), QPlainTextEdit)
    assert lines.toPlainText() == "a\nb"
    lines.setPlainText("1\n2\n\n3\n4\n5")
    assert panel.row("stop").problem == "This service takes at most 4 stop texts."
    lines.setPlainText("\n")
    panel.leave()
    assert opened.told[-1].stop is None


def test_a_saved_system_prompt_is_taken_over(opened: Opened, qtbot: QtBot) -> None:
    panel = opened.open()
    menu = child(panel, QMenu)
    actions = [action for action in menu.actions() if action.text()]
    assert [action.text() for action in actions] == ["Translator", "Edit the list…"]
    actions[0].trigger()
    assert opened.told == [Generation(system_prompt="You translate.")]
    with qtbot.waitSignal(panel.prompts_wanted):
        actions[1].trigger()
    assert panel.isHidden()


def test_tab_leads_through_the_fields(opened: Opened) -> None:
    panel = opened.open()
    reached = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert panel.isAncestorOf(focused)
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is None or panel.isHidden():
            break
    lines = {opened.line(name) for name in ("temperature", "top_p", "max_tokens", "stop")}
    assert lines <= reached


def test_a_low_page_is_enough(opened: Opened, page: QWidget, themes: ThemeManager) -> None:
    page.resize(560, 300)
    panel = OptionsPanel(
        themes,
        page,
        Generation(),
        defaults=Generation(),
        abilities=abilities(GLM, EFFORTS),
    )
    panel.open_at(QRect(200, 260, 28, 28))
    assert page.rect().contains(panel.geometry().adjusted(10, 10, -10, -10))
    light = panel.grab().toImage()
    themes.choose("dark")
    assert panel.grab().toImage() != light
