# SPDX-License-Identifier: MIT
"""When a refused request is tried again; decides, waits for nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from chatglm_desktop.core.errors import Busy, ChatError, ProviderUnavailable, RateLimited

_PASSING = (Busy, RateLimited, ProviderUnavailable)
"""What a service says when it would have answered at another moment.

A broken connection is not among them: nobody knows whether the request was taken.
"""


@dataclass(frozen=True, slots=True)
class Backoff:
    """At most ``attempts`` in all; ``first`` and ``longest`` are pauses in seconds.

    Each pause is twice as long as the one before, less up to a half by chance, so that not all
    who were refused come back at the same moment. ``chance`` gives numbers from 0 to 1.
    """

    attempts: int = 4
    first: float = 2.0
    longest: float = 60.0
    chance: Callable[[], float] = random.random

    def pause(self, attempt: int, error: ChatError) -> float | None:
        """Seconds until the next attempt, after ``attempt`` (1 is the first one) ended so.

        None if there is to be none: what was refused would be refused again, the attempts are
        used up, or the service wants a longer pause than anyone would sit through.
        """
        if attempt >= self.attempts or not isinstance(error, _PASSING) or not error.retryable:
            return None
        wanted = error.retry_after or 0.0
        if wanted > self.longest:
            return None
        pause = min(self.first * float(2 ** (attempt - 1)), self.longest)
        return max(wanted, pause * (1 - self.chance() / 2))


NEVER = Backoff(attempts=1)
"""Asks once. The guest service is not to be asked again and again."""
