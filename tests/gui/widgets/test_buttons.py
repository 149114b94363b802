# SPDX-License-Identifier: MIT
"""The painted buttons are real buttons: named, clickable, reachable, and drawn in every state."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.elided_label import ElidedLabel
from chatglm_desktop.gui.widgets.icon_button import IconButton
from chatglm_desktop.gui.widgets.primary_button import PrimaryButton
from chatglm_desktop.gui.widgets.prompt_card import PromptCard
from chatglm_desktop.gui.widgets.send_button import SendButton
from chatglm_desktop.gui.widgets.tool_tip import plain_tip

AWAY = QPoint(395, 195)
KINDS = ("icon", "primary", "send", "card")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    return window


@pytest.fixture(params=KINDS)
def button(
    request: pytest.FixtureRequest, window: QWidget, themes: ThemeManager, qtbot: QtBot
) -> QAbstractButton:
    made: dict[str, QAbstractButton] = {
        "icon": IconButton(themes, "plus", "Name", shortcut="Ctrl+T", parent=window),
        "primary": PrimaryButton(themes, "plus", "Name", "Ctrl+T", window),
        "send": SendButton(themes, window),
        "card": PromptCard(themes, "Name", "A prompt", window),
    }
    button = made[request.param]
    for other in made.values():
        other.setVisible(other is button)
    button.move(20, 20)
    button.resize(button.sizeHint())
    with qtbot.waitExposed(window):
        window.show()
    QTest.mouseMove(window, AWAY)
    qtbot.waitUntil(lambda: not button.underMouse())
    button.clearFocus()
    return button


def test_it_is_named_and_clickable(button: QAbstractButton, qtbot: QtBot) -> None:
    assert button.accessibleName() in ("Name", "Send")
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_focus_and_theme_are_seen(button: QAbstractButton, themes: ThemeManager) -> None:
    def picture() -> object:
        return button.grab().toImage()

    plain = picture()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    focused = picture()
    button.clearFocus()
    themes.choose("dark")
    assert focused != plain
    assert picture() != plain


def test_the_pointer_repaints_it(button: QAbstractButton, window: QWidget, qtbot: QtBot) -> None:
    before = button.grab().toImage()
    QTest.mouseMove(button, QPoint(10, 10))
    qtbot.waitUntil(button.underMouse)
    assert button.grab().toImage() != before
    QTest.mouseMove(window, AWAY)
    qtbot.waitUntil(lambda: not button.underMouse())
    assert button.grab().toImage() == before


def test_the_tool_tip_has_the_key(themes: ThemeManager, qtbot: QtBot) -> None:
    with_key = IconButton(themes, "plus", "New", shortcut="Ctrl+T")
    without = IconButton(themes, "plus", "New")
    qtbot.addWidget(with_key)
    qtbot.addWidget(without)
    assert (with_key.toolTip(), without.toolTip()) == ("New (Ctrl+T)", "New")


def test_send_becomes_stop(themes: ThemeManager, qtbot: QtBot) -> None:
    button = SendButton(themes)
    qtbot.addWidget(button)
    send = button.grab().toImage()
    button.setEnabled(False)
    disabled = button.grab().toImage()
    button.set_stops(True)
    assert (button.accessibleName(), button.toolTip()) == ("Stop the reply", "Stop the reply (Esc)")
    assert len({image.cacheKey() for image in (send, disabled)}) == 2
    assert send != disabled != button.grab().toImage()


def test_the_shortcut_yields_in_a_narrow_sidebar(themes: ThemeManager, qtbot: QtBot) -> None:
    button = PrimaryButton(themes, "plus", "New conversation", "Ctrl+T")
    bare = PrimaryButton(themes, "plus", "New conversation", "")
    for each in (button, bare):
        qtbot.addWidget(each)
        each.resize(170, 37)
    assert button.grab().toImage() == bare.grab().toImage()
    button.resize(300, 37)
    bare.resize(300, 37)
    assert button.grab().toImage() != bare.grab().toImage()


def test_a_long_prompt_ends_in_an_ellipsis(themes: ThemeManager, qtbot: QtBot) -> None:
    cards = [PromptCard(themes, "T", "word " * count) for count in (200, 300)]
    for card in cards:
        qtbot.addWidget(card)
        card.resize(200, card.sizeHint().height())
    assert cards[0].grab().toImage() == cards[1].grab().toImage()


@pytest.mark.parametrize("size", [(1, 1), (30, 30), (120, 40), (40, 120), (200, 61)])
def test_a_card_is_painted_where_there_is_no_room(
    themes: ThemeManager, qtbot: QtBot, size: tuple[int, int]
) -> None:
    card = PromptCard(themes, "Title", "some words " * 20)
    qtbot.addWidget(card)
    card.resize(*size)
    image = card.grab().toImage()
    assert (image.width(), image.height()) == size


def test_a_label_shows_in_a_tool_tip_what_does_not_fit(themes: ThemeManager, qtbot: QtBot) -> None:
    label = ElidedLabel(themes, 12)
    qtbot.addWidget(label)
    label.set_text("A text that is rather long")
    label.resize(400, 20)
    wide = label.grab().toImage()
    assert label.toolTip() == ""
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == plain_tip(label.text())
    assert label.accessibleName() == label.text()
    label.resize(400, 20)
    themes.choose("dark")
    assert label.grab().toImage() != wide
