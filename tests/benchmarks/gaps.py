# SPDX-License-Identifier: MIT
"""How long the window stands still at most; knows no benchmark."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer


class Gaps:
    """The longest time between two turns of the loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer()
        # Not 0: the loop must have its idle moments, in which garbage is collected.
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now
