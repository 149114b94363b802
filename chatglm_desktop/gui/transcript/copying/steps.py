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
        work = self._work
        unfinished = False
        try:
            unfinished = self._step(work or iter(()))
        finally:
            # After a bug as well there is nothing to go on with.
            if self._work is work and not unfinished:
                self.stop()
        if unfinished and self._work is work:
            self._later.start()

    def _step(self, work: Iterator[object]) -> bool:
        """Work for a while; whether there may be more to do."""
        end = perf_counter() + _SECONDS
        return any(self._work is not work or perf_counter() >= end for _ in work)
