# SPDX-License-Identifier: MIT
"""What a reply took, on one line: tokens, speed, times, cost; knows no drawing."""

from __future__ import annotations

from chatglm_desktop.core.messages import Message
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.gui.strings import tr
from chatglm_desktop.gui.transcript.rows.notes import duration, unbroken

_LEAST_COST = 0.0001
"""US dollars; what costs less is told to cost less."""


def metrics_note(message: Message) -> str:
    """What is known of how ``message`` was made, "" if nothing is; its model is told above it."""
    metrics = message.metrics
    if metrics is None or message.state.running:
        return ""
    if not (metrics.prompt_tokens or metrics.completion_tokens or metrics.first_token):
        # No reply was made: how long that took and what it cost is of no interest.
        return ""
    parts = (tokens(metrics), speed(metrics), *_times(metrics), cost(metrics.cost))
    # No line begins with what parts them.
    return "\u00a0· ".join(unbroken(part) for part in parts if part)


def tokens(metrics: Metrics) -> str:
    """How many were read and written: "1,204 + 356 tokens"."""
    if not metrics.prompt_tokens:
        written = metrics.completion_tokens
        return tr("{number} tokens", number=f"{written:,}") if written else ""
    return tr(
        "{read} + {written} tokens",
        read=f"{metrics.prompt_tokens:,}",
        written=f"{metrics.completion_tokens:,}",
    )


def speed(metrics: Metrics) -> str:
    """How fast it was written: "48 tok/s"."""
    rate = metrics.tokens_per_second
    if rate <= 0:
        return ""
    return tr("{number} tok/s", number=f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}")


def cost(dollars: float | None) -> str:
    """What it cost: "≈ $0.0016", or that it was free; "" if that is not known."""
    if dollars is None:
        return ""
    if dollars == 0:
        return tr("free")
    if dollars < _LEAST_COST:
        return f"< ${_LEAST_COST}"
    digits = 4 if dollars < 0.01 else 3 if dollars < 1 else 2
    return f"≈ ${dollars:.{digits}f}"


def short_time(seconds: float) -> str:
    """A time in words: "0.8 s", "12 s", "1 min 5 s"."""
    # What would be rounded to "10.0" is told in whole seconds too.
    if seconds < 9.95:
        return tr("{seconds} s", seconds=f"{seconds:.1f}")
    return duration(round(seconds))


def _times(metrics: Metrics) -> tuple[str, str]:
    first = metrics.first_token
    return (
        tr("first token {time}", time=short_time(first)) if first > 0 else "",
        short_time(metrics.seconds) if metrics.seconds > 0 else "",
    )
