# SPDX-License-Identifier: MIT
"""The window's shape survives as text; anything else is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.gui.window_state import WindowState


@given(st.binary(min_size=1), st.binary(min_size=1), st.booleans())
def test_round_trip(geometry: bytes, splitter: bytes, sidebar: bool) -> None:
    state = WindowState(geometry, splitter, sidebar)
    assert WindowState.from_text(state.to_text()) == state


@pytest.mark.parametrize("text", ["", "zz\nzz\n1", "00\n00", "a\nb\nc\nd"])
def test_nonsense_is_no_state(text: str) -> None:
    assert WindowState.from_text(text) is None
