# SPDX-License-Identifier: MIT
"""The question on a page of its own, and services as the test says they are."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from chatglm_desktop.core.errors import ChatError
from chatglm_desktop.gui.onboarding.page import Occasion, OnboardingPage
from chatglm_desktop.gui.theme.manager import ThemeManager


class Engine:
    """The engine for model files: there, unless the test says why not."""

    def __init__(self) -> None:
        self.missing: ChatError | None = None

    def __call__(self) -> ChatError | None:
        return self.missing


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeManager, engine: Engine) -> OnboardingPage:
    """Shown, with the keyboard where it is wanted."""
    result = OnboardingPage(themes, Occasion(free=("glm-4.7-flash",)), engine)
    qtbot.addWidget(result)
    result.resize(800, 700)
    with qtbot.waitActive(result):
        result.show()
        result.activateWindow()
    result.focus_first()
    return result
