# SPDX-License-Identifier: MIT
"""A card opens beside its button, within the page, and goes when it is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.popup_card import PopupCard
from chatglm_desktop.gui.widgets.shadow import SHADOW
from tests.helpers.widgets import child


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 400)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def card(page: QWidget, themes: ThemeManager) -> PopupCard:
    card = PopupCard(themes, page)
    QVBoxLayout(card).addWidget(QLineEdit())
    return card


def shown(card: PopupCard) -> QRect:
    """The card without its shadow."""
    return card.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)


def test_opens_above_what_is_low(card: PopupCard) -> None:
    card.place(QRect(40, 360, 80, 28), QSize(200, 150))
    assert shown(card).bottom() < 360
    assert (shown(card).left(), shown(card).size()) == (40, QSize(200, 150))
    card.close()


def test_opens_below_what_is_high(card: PopupCard) -> None:
    card.place(QRect(40, 10, 80, 28), QSize(200, 150))
    assert shown(card).top() > 38
    card.close()


@pytest.mark.parametrize("left", [-20, 0, 560])
def test_stays_within_the_page(card: PopupCard, page: QWidget, left: int) -> None:
    card.place(QRect(left, 360, 28, 28), QSize(900, 900))
    assert page.rect().contains(shown(card))
    card.close()


def test_escape_leaves(card: PopupCard, qtbot: QtBot) -> None:
    card.place(QRect(40, 360, 80, 28), QSize(200, 150))
    child(card, QLineEdit).setFocus()
    with qtbot.waitSignals([card.left, card.gone]):
        QTest.keyClick(child(card, QLineEdit), Qt.Key.Key_Escape)
    assert card.isHidden()


def test_goes_when_the_focus_goes(card: PopupCard, page: QWidget, qtbot: QtBot) -> None:
    other = QLineEdit(page)
    other.show()
    card.place(QRect(40, 360, 80, 28), QSize(200, 150))
    child(card, QLineEdit).setFocus()
    with qtbot.assertNotEmitted(card.left), qtbot.waitSignal(card.gone):
        other.setFocus()
    assert other.hasFocus()


def test_keys_do_not_reach_the_page(card: PopupCard, page: QWidget) -> None:
    card.place(QRect(40, 360, 80, 28), QSize(200, 150))
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_A)
    assert card.isVisible()
    card.close()


def test_is_drawn_in_every_theme(card: PopupCard, themes: ThemeManager) -> None:
    card.place(QRect(40, 360, 80, 28), QSize(200, 150))
    light = card.grab().toImage()
    themes.choose("dark")
    assert card.grab().toImage() != light
    card.close()
