# SPDX-License-Identifier: MIT
"""An empty conversation offers prompts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.composer import COLUMN_WIDTH
from chatglm_desktop.gui.empty_state import EmptyState, prompts
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.prompt_card import PromptCard
from tests.helpers.widgets import child


def test_each_card_gives_its_prompt(themes: ThemeManager, qtbot: QtBot) -> None:
    state = EmptyState(themes)
    qtbot.addWidget(state)
    cards = state.findChildren(PromptCard)
    assert [card.text() for card in cards] == [title for title, _ in prompts()]
    for card, (_, prompt) in zip(cards, prompts(), strict=True):
        with qtbot.waitSignal(state.prompt_chosen) as chosen:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert chosen.args == [prompt]


def test_a_card_can_be_pressed_with_the_keyboard(themes: ThemeManager, qtbot: QtBot) -> None:
    state = EmptyState(themes)
    qtbot.addWidget(state)
    card = child(state, PromptCard)
    with qtbot.waitSignal(state.prompt_chosen):
        QTest.keyClick(card, Qt.Key.Key_Space)


def test_it_stands_in_the_middle_of_the_page(themes: ThemeManager, qtbot: QtBot) -> None:
    state = EmptyState(themes)
    qtbot.addWidget(state)
    state.resize(1200, 700)
    with qtbot.waitExposed(state):
        state.show()
    column = child(state, QWidget)
    assert column.width() == COLUMN_WIDTH
    assert abs(column.geometry().center().x() - state.rect().center().x()) <= 1


def test_it_is_painted_in_every_theme_and_width(themes: ThemeManager, qtbot: QtBot) -> None:
    state = EmptyState(themes)
    qtbot.addWidget(state)
    state.resize(1000, 700)
    light = state.grab().toImage()
    themes.choose("dark")
    assert state.grab().toImage() != light
    state.resize(320, 600)
    assert not state.grab().isNull()
    assert all(card.width() < 160 for card in state.findChildren(PromptCard))


def test_cards_are_left_out_where_they_would_be_pressed_flat(
    themes: ThemeManager, qtbot: QtBot
) -> None:
    state = EmptyState(themes)
    qtbot.addWidget(state)
    state.resize(300, 250)
    state.show()
    cards = state.findChildren(PromptCard)
    assert not any(card.isVisible() for card in cards)
    state.resize(300, 600)
    qtbot.waitUntil(lambda: all(card.isVisible() for card in cards))
    assert all(card.height() >= card.sizeHint().height() for card in cards)
