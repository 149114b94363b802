# SPDX-License-Identifier: MIT
"""Tells when a day is over, while somebody looks; knows no list."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf

from PySide6.QtCore import QObject, QTimer, Signal

from chatglm_desktop.core.listing import next_day

_PATIENCE = 600.0
"""Seconds after which to look at the clock: timers stand still while the computer sleeps."""


class DayWatch(QObject):
    """Emits ``day_ended``. ``clock`` returns seconds since the epoch."""

    day_ended = Signal()

    def __init__(self, clock: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._ends = inf
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """The day that is now is shown."""
        self._ends = next_day(self._clock())

    def watch(self, watching: bool) -> None:
        """Somebody looks, or nobody does any more."""
        if watching:
            self._look()
        else:
            self._timer.stop()

    def _look(self) -> None:
        left = self._ends - self._clock()
        if left <= 0:
            self.begin()
            left = self._ends - self._clock()
            self.day_ended.emit()
        if left < inf:
            self._timer.start(ceil(1000 * min(left, _PATIENCE)))
