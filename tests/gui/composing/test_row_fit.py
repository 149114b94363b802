# SPDX-License-Identifier: MIT
"""However wide the row is, what is shown fits, and a wider row never shows less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.gui.composing.row_fit import GAP, HINT_GAP, SIDE, Fit, Wanted, fit

WIDTHS = st.integers(0, 300)
WANTED = st.builds(
    Wanted,
    WIDTHS,
    st.lists(st.integers(SIDE, 140), max_size=2).map(tuple),
    st.booleans(),
    WIDTHS,
    WIDTHS,
)
DETAIL = {"none": 0, "icons": 1, "words": 2}
EVERYTHING = Wanted(150, (90, 110), options=True, tokens=80, hint=260)


def used(shown: Fit, wanted: Wanted) -> int:
    """How much of the row is taken, without the hint."""
    options = SIDE + GAP if wanted.options else 0
    toggles = {
        "none": 0,
        "icons": len(wanted.toggles) * (SIDE + GAP),
        "words": sum(width + GAP for width in wanted.toggles),
    }[shown.toggles]
    tokens = wanted.tokens + GAP if shown.tokens else 0
    return shown.model + options + toggles + tokens + HINT_GAP + GAP


@given(st.integers(140, 1000), WANTED)
def test_what_is_shown_fits(room: int, wanted: Wanted) -> None:
    assert used(fit(room, wanted), wanted) <= room


@given(st.integers(0, 1000), st.integers(0, 500), WANTED)
def test_a_wider_row_shows_no_less(room: int, more: int, wanted: Wanted) -> None:
    before, after = fit(room, wanted), fit(room + more, wanted)
    # The count goes before the words of the switches, and the name before both.
    assert DETAIL[after.toggles] >= DETAIL[before.toggles] or after.tokens > before.tokens
    assert after.tokens >= before.tokens


def test_everything_is_shown_where_there_is_room() -> None:
    assert fit(900, EVERYTHING) == Fit(150, "words", tokens=True, hint=True)


def test_the_hint_goes_first_then_words_then_the_count_then_the_switches() -> None:
    steps = [fit(room, EVERYTHING) for room in (600, 400, 260, 200, 150)]
    assert [(step.toggles, step.tokens, step.hint) for step in steps] == [
        ("words", True, False),
        ("icons", True, False),
        ("icons", False, False),
        ("icons", False, False),
        ("none", False, False),
    ]
    assert [step.model for step in steps] == [150, 150, 150, 100, 110]


def test_nothing_is_shown_where_nothing_is_wanted() -> None:
    assert fit(500, Wanted()) == Fit(0, "none", tokens=False, hint=False)
