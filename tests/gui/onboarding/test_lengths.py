# SPDX-License-Identifier: MIT
"""Nothing is clipped, however long the words of a language are and however narrow the page is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from PySide6.QtCore import QPoint, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.accounts import Account
from chatglm_desktop.core.errors import EngineMissing, KeyRejected
from chatglm_desktop.gui.onboarding.choice_card import ChoiceCard
from chatglm_desktop.gui.onboarding.flow_row import FlowRow
from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage
from chatglm_desktop.gui.onboarding.setting_up import verdict
from chatglm_desktop.gui.strings import install_language, tr
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.gui.widgets.link_button import LinkButton
from tests.helpers.long_language import longer, speak_long

Speech = Literal["en", "zh", "long"]
REJECTED = tuple(KeyRejected(host=host).failure for host in ("api.z.ai", "open.bigmodel.cn"))
FREE = ("glm-4.7-flash", "glm-4.6v-flash", "glm-4.5-flash")


@pytest.fixture(params=["en", "zh", "long"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Speech]:
    """The window speaks this language."""
    language: Speech = request.param
    translators: list[QTranslator] = (
        [speak_long(qapp)] if language == "long" else install_language(qapp, language)
    )
    yield language
    for translator in translators:
        qapp.removeTranslator(translator)


def clipped(page: OnboardingPage) -> list[str]:
    """What of a page cannot be read as a whole."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        right = widget.mapTo(page, QPoint(widget.width(), 0)).x()
        if right > page.width() or _needs(widget):
            found.append(f"{type(widget).__name__} {widget.accessibleName()}{_text(widget)}")
    return found


def _needs(widget: QWidget) -> bool:
    """Whether a widget needs more room than it has."""
    if isinstance(widget, QPushButton | LinkButton):
        return widget.width() < widget.sizeHint().width()
    if isinstance(widget, QLabel | ChoiceCard | FlowRow):
        return widget.height() < widget.heightForWidth(widget.width())
    return isinstance(widget, QLineEdit) and widget.width() < 60


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QPushButton) else ""


@pytest.mark.parametrize("width", [300, 480, 1020])
def test_nothing_is_clipped(spoken: Speech, themes: ThemeManager, qtbot: QtBot, width: int) -> None:
    page = OnboardingPage(themes, Occasion("again", free=FREE), EngineMissing)
    qtbot.addWidget(page)
    page.resize(width, 700)
    with qtbot.waitExposed(page):
        page.show()

    def readable() -> None:
        assert clipped(page) == []

    qtbot.waitUntil(readable)
    page.say(verdict(REJECTED), "bad")
    qtbot.waitUntil(readable)
    page.set_busy(True)
    page.show_running([Account("ollama", "ollama"), Account("lm-studio", "lm-studio")])
    page.show_servers()
    page.say(verdict(REJECTED[:1]), "bad")
    qtbot.waitUntil(readable)
    page.choose_file()
    qtbot.waitUntil(readable)


def test_the_long_language_is_longer_and_keeps_its_fields(qapp: QApplication) -> None:
    text = "Trying again in {time}"
    assert longer(text) == "Tryiing aagaaiin iin {time}"
    translator = speak_long(qapp)
    assert tr(text, time="7 s") == "Tryiing aagaaiin iin 7 s"
    qapp.removeTranslator(translator)
