# SPDX-License-Identifier: MIT
"""Measures one reply while it arrives: times, tokens, cost; knows no message."""

from __future__ import annotations

from collections.abc import Callable

from chatglm_desktop.core.deltas import ConversationRef, Delta, FinishReason, Usage
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.models import ModelInfo


class Meter:
    """Runs from its making; ``clock`` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._first: float | None = None
        self._usage = Usage(0, 0)

    def restart(self) -> None:
        """The request goes out now: what was waited for before is no time of the service."""
        self._began = self._clock()

    def hear(self, delta: Delta) -> None:
        """Take note of one delta."""
        match delta:
            case Usage():
                self._usage = delta
            case ConversationRef() | FinishReason():
                pass
            case _:
                if self._first is None:
                    self._first = self._clock()

    def metrics(self, model: ModelInfo, memory_begins: str = "") -> Metrics:
        """What the reply took until now."""
        usage, now = self._usage, self._clock()
        return Metrics(
            usage.prompt_tokens,
            usage.completion_tokens,
            usage.cached_tokens,
            0.0 if self._first is None else self._first - self._began,
            now - self._began,
            _cost(usage, model),
            memory_begins,
        )


def _cost(usage: Usage, model: ModelInfo) -> float | None:
    """US dollars by the prices that are known; a discount for cached tokens is not."""
    if model.free:
        return 0.0
    if model.prompt_price is None or model.completion_price is None:
        return None
    if not usage.prompt_tokens and not usage.completion_tokens:
        return None
    prompt = usage.prompt_tokens * model.prompt_price
    return (prompt + usage.completion_tokens * model.completion_price) / 1_000_000
