# SPDX-License-Identifier: MIT
"""Fonts and colours on paper: those of the light theme, with formulas ready at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QFont

from chatglm_desktop.gui.exporting.formulas import ReadyFormulas
from chatglm_desktop.gui.theme.tokens import LIGHT
from chatglm_desktop.gui.transcript.look import Look

PAPER = replace(
    LIGHT,
    name="paper",
    surface="#f6f7f9",
    inline_code="#eceef2",
    text="#111418",
    dim="#4d5666",
    line="#d4d8e0",
    user="#edf2fd",
)


def print_look(base: QFont, formulas: ReadyFormulas) -> Look:
    """The look of paper with the families of ``base``."""
    font = QFont(base)
    _for_paper(font)
    look = Look(PAPER, font)
    look.formulas = formulas
    _for_paper(look.code.font)
    return look


def _for_paper(font: QFont) -> None:
    # Letters are placed by their true widths, as on paper there are no pixels.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Digits of some Chinese fonts would be glyphs of which nobody can tell what they mean.
    font.setFeature(QFont.Tag("locl"), 0)
