# SPDX-License-Identifier: MIT
from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from chatglm_desktop.providers.watchdog import Watchdog


class Timers:
    """Stands in for the loop's clock and timers, so that time passes as the test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop = asyncio.get_running_loop()
        self.now = 1000.0
        self.armed: list[tuple[float, Callable[[], None], asyncio.Handle]] = []
        self.count = 0
        self._loop = loop
        monkeypatch.setattr(loop, "time", lambda: self.now)
        monkeypatch.setattr(loop, "call_later", self._call_later)

    def _call_later(self, delay: float, callback: Callable[[], None]) -> asyncio.Handle:
        handle = asyncio.Handle(callback, (), self._loop)
        self.armed.append((self.now + delay, callback, handle))
        self.count += 1
        return handle

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [entry for entry in self.armed if entry[0] <= end]:
            entry = due[0]
            self.armed.remove(entry)
            self.now = entry[0]
            if not entry[2].cancelled():
                entry[1]()
        self.now = end


@pytest.fixture
async def timers(monkeypatch: pytest.MonkeyPatch) -> Any:
    # The loop's own clock must be back before it runs anything else of its own.
    with monkeypatch.context() as patch:
        yield Timers(patch)


async def test_barks_once_after_the_first_silence(timers: Timers) -> None:
    barks: list[float] = []
    with Watchdog(120, 300, lambda: barks.append(timers.now)) as watchdog:
        timers.advance(119)
        assert not watchdog.barked
        timers.advance(1000)
        assert barks == [1120.0]
        assert watchdog.barked
    assert not timers.armed


async def test_what_is_heard_puts_it_off_by_the_longer_silence(timers: Timers) -> None:
    barks: list[float] = []
    with Watchdog(120, 300, lambda: barks.append(timers.now)) as watchdog:
        timers.advance(100)
        with watchdog.held():
            pass
        timers.advance(299)
        assert not barks
        timers.advance(1)
        assert barks == [1400.0]


async def test_silence_does_not_count_while_it_is_held(timers: Timers) -> None:
    barks: list[float] = []
    with Watchdog(1, 3, lambda: barks.append(timers.now)) as watchdog:
        with watchdog.held():
            timers.advance(1000)
        assert not barks
        timers.advance(2.5)
        assert not barks
        timers.advance(3)
        assert len(barks) == 1


async def test_many_events_leave_one_timer(timers: Timers) -> None:
    with Watchdog(120, 300, lambda: None) as watchdog:
        for _ in range(1000):
            with watchdog.held():
                timers.advance(0.1)
        assert len(timers.armed) == 1
        assert timers.count < 5
    timers.advance(1000)
    assert not watchdog.barked


async def test_a_silence_that_is_the_shorter_time_counts_from_what_was_heard(
    timers: Timers,
) -> None:
    barks: list[float] = []
    with Watchdog(600, 300, lambda: barks.append(timers.now)) as watchdog:
        for _ in range(100):
            timers.advance(1)
            with watchdog.held():
                pass
        assert timers.count == 2
        timers.advance(1000)
    assert barks == [1400.0]
