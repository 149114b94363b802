# SPDX-License-Identifier: MIT
"""Time as sessions and the library take it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, injectable: ``now`` in seconds since the epoch, ``elapsed`` never goes back."""

    now: Callable[[], float] = time.time
    elapsed: Callable[[], float] = time.monotonic
