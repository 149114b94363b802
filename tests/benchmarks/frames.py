# SPDX-License-Identifier: MIT
"""How long frames of a window take; knows no benchmark.

A frame is judged by the time that its thread computes, which is how long it takes where no other
program wants the processor. What the clock says is told beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.measure import Measure, at_most, told

GOAL_MS = 8.0


class Frames:
    """Takes frames of ``window``, one at a time."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.computed: list[float] = []
        self.passed: list[float] = []

    def take(self, change: Callable[[], object], *, counted: bool = True) -> None:
        """Change something and show it: everything from the event to the last pixel."""
        began, computed = time.perf_counter(), time.thread_time()
        change()
        # What the platform sends when a frame is due: what is to be painted is painted.
        QApplication.sendEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        if counted:
            self.computed.append(time.thread_time() - computed)
            self.passed.append(time.perf_counter() - began)

    def measures(self, name: str) -> list[Measure]:
        """The middle and the slowest of all but one in a hundred."""
        return [
            at_most(f"{name}, p50", share(self.computed, 0.5), "ms", GOAL_MS),
            at_most(f"{name}, p99", share(self.computed, 0.99), "ms", GOAL_MS),
            told(f"{name}, p99 by the clock", share(self.passed, 0.99), "ms"),
        ]


def share(seconds: list[float], part: float) -> float:
    """The milliseconds that ``part`` of all do not exceed."""
    return 1000 * sorted(seconds)[int(part * (len(seconds) - 1))]


def gathered(runs: Iterable[Frames]) -> Frames:
    """The frames of several runs as those of one."""
    first, *others = runs
    for frames in others:
        first.computed += frames.computed
        first.passed += frames.passed
    return first
