# SPDX-License-Identifier: MIT
"""The model of questions filters and knows where the reader is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.history import Prompt
from chatglm_desktop.gui.prompt_list import PromptListModel

PROMPTS = [
    Prompt(0, "What is Bayes' theorem?"),
    Prompt(2, "北京天气怎么样"),
    Prompt(4, "Café in Beijing"),
]


def shown(model: PromptListModel) -> list[int]:
    return [model.prompt(row).position for row in range(model.rowCount())]


def test_keeps_the_rules_of_a_qt_model(qtmodeltester: object) -> None:
    model = PromptListModel()
    model.set_prompts(PROMPTS)
    qtmodeltester.check(model)  # type: ignore[attr-defined] # the plugin's fixture has no type


def test_shows_all_questions_without_a_filter(qtbot: QtBot) -> None:
    model = PromptListModel()
    model.set_prompts(PROMPTS)
    assert shown(model) == [0, 2, 4]
    assert model.data(model.index(1)) == "北京天气怎么样"
    assert model.data(model.index(1), Qt.ItemDataRole.DecorationRole) is None


def test_every_word_of_the_filter_must_be_there() -> None:
    model = PromptListModel()
    model.set_prompts(PROMPTS)
    for text, found in (("bei cafe", [4]), ("天气", [2]), ("THEOREM", [0]), ("none", [])):
        model.set_filter(text)
        assert shown(model) == found


def test_the_filter_stays_when_questions_are_added() -> None:
    model = PromptListModel()
    model.set_filter("b")
    model.set_prompts(PROMPTS)
    assert shown(model) == [0, 4]


def test_finds_the_question_that_is_being_read() -> None:
    model = PromptListModel()
    model.set_prompts(PROMPTS[1:])
    assert [model.row_before(position) for position in (1, 2, 3, 9)] == [-1, 0, 0, 1]
