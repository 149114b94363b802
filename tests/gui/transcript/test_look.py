# SPDX-License-Identifier: MIT
"""What transcripts share: nothing is typeset, measured or drawn once more for each of them."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatglm_desktop.gui.failures import describe
from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.look import Looks
from chatglm_desktop.gui.transcript.view import TranscriptView


def test_all_views_in_a_theme_have_one_look(qtbot: QtBot) -> None:
    looks = Looks()
    views = [TranscriptView(describe, looks=looks) for _ in range(2)]
    for view in views:
        qtbot.addWidget(view)
        view.apply_theme(DARK)
    first, second = (view.parts.scene.layouts.look for view in views)
    assert first is second
    assert first.theme == DARK


def test_themes_share_what_has_no_theme(qapp: QApplication) -> None:
    looks = Looks()
    light, dark = (looks.get(theme, QApplication.font()) for theme in (LIGHT, DARK))
    assert light is not dark
    assert light.formulas is dark.formulas
    assert light.highlighters is dark.highlighters


def test_another_font_is_another_look_with_formulas_of_its_own(qapp: QApplication) -> None:
    looks = Looks()
    before = looks.get(LIGHT, QApplication.font())
    font = QFont(QApplication.font())
    font.setFamily("Noto Serif")
    after = looks.get(LIGHT, font)
    assert after is not before
    assert after.formulas is not before.formulas
    assert after.highlighters is before.highlighters
