# SPDX-License-Identifier: MIT
"""What a reply took, as values; knows no clock and no price list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Metrics:
    """Token counts as the service reports them (0 if it does not), times in seconds.

    ``first_token`` is the time until something arrived. ``cost`` is in US dollars, None if no
    price is known. ``memory_begins`` is the id of the oldest message that was sent along, "" if
    all were. ``instead_of`` is the model that was chosen, "" unless its successor answered.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    first_token: float = 0.0
    seconds: float = 0.0
    cost: float | None = None
    memory_begins: str = ""
    instead_of: str = ""

    @property
    def tokens_per_second(self) -> float:
        """How fast the reply came once it had begun; 0 if that cannot be told."""
        writing = self.seconds - self.first_token
        return self.completion_tokens / writing if writing > 0 else 0.0

    def gone_on(self, more: Metrics) -> Metrics:
        """For an answer of which ``more`` was asked for later: sums, and the first wait."""
        costs = (self.cost, more.cost)
        return Metrics(
            self.prompt_tokens + more.prompt_tokens,
            self.completion_tokens + more.completion_tokens,
            self.cached_tokens + more.cached_tokens,
            self.first_token,
            self.seconds + more.seconds,
            None if None in costs else sum(cost for cost in costs if cost is not None),
            more.memory_begins,
            more.instead_of,
        )
