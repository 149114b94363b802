# SPDX-License-Identifier: MIT
"""Long work between the events of the window; knows not what it is."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

_SECONDS = 0.008


class Steps(QObject):
    """Goes through one iterator, whose steps take a few milliseconds each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        return self._work is not None

    def run(self, work: Iterator[object]) -> None:
        """Do ``work`` instead of what is left of other work: what is short at once."""
        self._work = work
        self._go_on()

    def stop(self) -> None:
        """Leave it at that."""
        self._work = None
        self._later.stop()

    def _go_on(self) -> None:
        end = perf_counter() + _SECONDS
        work = self._work
        for _ in work or ():
            if self._work is not work:
                return
            if perf_counter() >= end:
                self._later.start()
                return
        if self._work is work:
            self.stop()
