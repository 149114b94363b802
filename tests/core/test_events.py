# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.events import Signal


def test_listeners_hear_each_value_in_the_order_of_connection() -> None:
    signal: Signal[int] = Signal()
    heard: list[tuple[str, int]] = []
    signal.connect(lambda value: heard.append(("first", value)))
    signal.connect(lambda value: heard.append(("second", value)))
    signal.emit(1)
    signal.emit(2)
    assert heard == [("first", 1), ("second", 1), ("first", 2), ("second", 2)]


def test_a_disconnected_listener_hears_nothing_more() -> None:
    signal: Signal[int] = Signal()
    heard: list[int] = []
    signal.connect(heard.append)
    signal.emit(1)
    signal.disconnect(heard.append)
    signal.emit(2)
    assert heard == [1]


def test_a_listener_may_disconnect_itself_while_it_is_called() -> None:
    signal: Signal[int] = Signal()
    heard: list[int] = []

    def once(value: int) -> None:
        heard.append(value)
        signal.disconnect(once)

    signal.connect(once)
    signal.connect(heard.append)
    signal.emit(1)
    signal.emit(2)
    assert heard == [1, 1, 2]


def test_disconnecting_a_stranger_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in list"):
        Signal[int]().disconnect(print)
