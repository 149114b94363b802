# SPDX-License-Identifier: MIT
"""A file that is being read in a thread: how far that is, and that it is to end; reads nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable


class GivenUp(Exception):
    """Nobody waits any more for what was being read."""


class Reading:
    """``tell`` hears, in the thread that reads, which share of the file is done (0 to 1)."""

    def __init__(self, tell: Callable[[float], None] | None = None) -> None:
        self._tell = tell
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let whoever reads end soon; from any thread."""
        self._stopped.set()

    def go_on(self) -> None:
        """Called often by whoever reads. Raises GivenUp after :meth:`stop`."""
        if self._stopped.is_set():
            raise GivenUp

    def tell(self, share: float) -> None:
        self.go_on()
        if self._tell is not None:
            self._tell(share)
