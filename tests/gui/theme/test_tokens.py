# SPDX-License-Identifier: MIT
"""Everything that is written can be read: contrast after WCAG 2.2, success criterion 1.4.3."""

from __future__ import annotations

import pytest

from chatglm_desktop.gui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Theme

GROUNDS = {
    "text": (
        "window surface raised user table_head inline_code accent_weak selection mark mark_current"
    ),
    "dim": "window surface raised user table_head inline_code accent_weak",
    "accent": "window surface raised user table_head inline_code accent_weak",
    "on_accent": "accent",
    "ok": "window surface raised",
    "warn": "window surface raised",
    "bad": "window surface raised accent_weak",
    "syntax_keyword": "surface window",
    "syntax_name": "surface window",
    "syntax_string": "surface window",
    "syntax_comment": "surface window",
    "syntax_number": "surface window",
}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ink", GROUNDS)
def test_text_can_be_read_on_its_grounds(theme: Theme, ink: str) -> None:
    ratios = {
        ground: contrast(getattr(theme, ink), getattr(theme, ground))
        for ground in GROUNDS[ink].split()
    }
    assert {ground: ratio for ground, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("ink", ["text", "dim", "accent"])
def test_high_contrast_is_higher(ink: str) -> None:
    assert contrast(getattr(HIGH_CONTRAST, ink), HIGH_CONTRAST.surface) >= 7
