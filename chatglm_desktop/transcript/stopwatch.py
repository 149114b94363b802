# SPDX-License-Identifier: MIT
"""Measures a time that can be interrupted; knows not of what."""

from __future__ import annotations

from collections.abc import Callable


class Stopwatch:
    """Stands still at ``seconds`` until it runs; ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float], seconds: float = 0.0) -> None:
        self._clock = clock
        self._seconds = seconds
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """The time measured so far."""
        return self._seconds + (0.0 if self._since is None else self._clock() - self._since)

    def run(self, running: bool) -> None:
        """Go on, or stand still."""
        if running and self._since is None:
            self._since = self._clock()
        elif not running:
            self.set(self.seconds)

    def set(self, seconds: float) -> None:
        """Stand still at ``seconds``, which somebody else has measured."""
        self._seconds = seconds
        self._since = None
