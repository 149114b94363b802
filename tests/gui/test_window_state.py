# SPDX-License-Identifier: MIT
"""The window's shape survives as text; anything else is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.gui.window_state import WindowState


@given(st.binary(min_size=1), st.binary(min_size=1), st.booleans(), st.integers(50, 300))
def test_round_trip(geometry: bytes, splitter: bytes, sidebar: bool, zoom: int) -> None:
    state = WindowState(geometry, splitter, sidebar, zoom)
    assert WindowState.from_text(state.to_text()) == state


def test_a_state_from_before_there_was_a_zoom_is_understood() -> None:
    assert WindowState.from_text("00\nff\n1\n") == WindowState(b"\x00", b"\xff", True, 100)


@pytest.mark.parametrize("text", ["", "zz\nzz\n1", "00\n00", "a\nb\nc\nd"])
def test_nonsense_is_no_state(text: str) -> None:
    assert WindowState.from_text(text) is None
