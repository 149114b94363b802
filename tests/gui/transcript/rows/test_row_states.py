# SPDX-License-Identifier: MIT
"""What the user chose for single rows."""

from __future__ import annotations

from collections.abc import Callable

from chatglm_desktop.core.messages import Message, MessageState
from chatglm_desktop.gui.transcript.rows.row_states import RowStates
from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.rows import Row, RowKind

Make = Callable[..., Message]

KEY = ("m", Row(RowKind.LEAF))


def test_code_is_folded_unless_it_was_seen_to_arrive(make_message: Make) -> None:
    states = RowStates()
    states.watch(Item(make_message("x"), BlockStream))
    assert not states.expanded(KEY)
    states.watch(Item(make_message("x", state=MessageState.STREAMING), BlockStream))
    assert states.expanded(KEY)


def test_the_choice_of_the_user_counts_more(make_message: Make) -> None:
    states = RowStates()
    states.set_expanded(KEY, True)
    assert states.expanded(KEY)
    states.watch(Item(make_message("x", state=MessageState.STREAMING), BlockStream))
    states.set_expanded(KEY, False)
    assert not states.expanded(KEY)


def test_rows_of_one_key_scroll_together() -> None:
    states = RowStates()
    states.sideways(KEY).fit(300.0, 100.0)
    states.sideways(KEY).scroll(50.0)
    assert states.sideways(KEY).offset == 50.0
    assert states.sideways(("other", KEY[1])).offset == 0.0


def test_everything_is_forgotten_with_the_messages() -> None:
    states = RowStates()
    states.set_expanded(KEY, True)
    states.toggle_wrap(KEY)
    states.sideways(KEY).fit(300.0, 100.0)
    states.sideways(KEY).scroll(50.0)
    states.clear()
    assert not states.expanded(KEY)
    assert not states.wrapped(KEY)
    assert states.sideways(KEY).offset == 0.0
