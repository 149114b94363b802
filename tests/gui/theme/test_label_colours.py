# SPDX-License-Identifier: MIT
"""Colours of folders can be told from their ground: WCAG 2.2, success criterion 1.4.11."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.folders import Colour
from chatglm_desktop.gui.theme.label_colours import COLOURS, label_colour
from chatglm_desktop.gui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Theme
from tests.gui.theme.test_tokens import contrast


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_stands_out(theme: Theme, colour: Colour) -> None:
    for ground in (theme.window, theme.accent_weak, theme.raised):
        assert contrast(label_colour(colour, theme), ground) >= 3
    assert contrast(label_colour(colour, theme), theme.selection) >= 1.5


def test_no_two_colours_are_the_same() -> None:
    for theme in (LIGHT, DARK):
        shown = [label_colour(colour, theme) for colour in COLOURS if colour]
        assert len(set(shown)) == len(shown)
