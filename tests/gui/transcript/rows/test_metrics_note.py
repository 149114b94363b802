# SPDX-License-Identifier: MIT
"""What a reply took, in words: only what is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.gui.transcript.rows.metrics_note import (
    cost,
    metrics_note,
    short_time,
    speed,
    tokens,
)
from tests.helpers.transcripts import message

ALL = Metrics(1204, 356, 1000, first_token=0.8, seconds=8.2, cost=0.0016)


def plain(text: str) -> str:
    """``text`` with spaces at which lines may break."""
    return text.replace("\u00a0", " ")


def test_no_number_is_parted_from_its_unit() -> None:
    parts = metrics_note(replace(message("Hi"), metrics=ALL)).split("\u00a0· ")
    assert len(parts) == 5
    assert not any(" " in part for part in parts)


def test_all_that_a_reply_took() -> None:
    assert plain(metrics_note(replace(message("Hi"), metrics=ALL))) == (
        "1,204 + 356 tokens · 48 tok/s · first token 0.8 s · 8.2 s · ≈ $0.0016"
    )


def test_nothing_is_told_of_what_is_not_known() -> None:
    assert metrics_note(message("Hi")) == ""
    assert metrics_note(replace(message("Hi"), metrics=Metrics())) == ""
    assert metrics_note(replace(message(""), metrics=Metrics(seconds=0.5, cost=0.0))) == ""
    timed = Metrics(first_token=0.5, seconds=12.4)
    assert plain(metrics_note(replace(message("Hi"), metrics=timed))) == "first token 0.5 s · 12 s"


def test_a_running_reply_took_nothing_yet() -> None:
    running = message("Hi", state=MessageState.STREAMING)
    assert metrics_note(replace(running, metrics=ALL)) == ""


@pytest.mark.parametrize(
    ("metrics", "words"),
    [
        (Metrics(completion_tokens=12), "12 tokens"),
        (Metrics(prompt_tokens=1_000_000, completion_tokens=1), "1,000,000 + 1 tokens"),
        (Metrics(), ""),
    ],
)
def test_tokens(metrics: Metrics, words: str) -> None:
    assert tokens(metrics) == words


@pytest.mark.parametrize(
    ("written", "seconds", "words"),
    [(42, 10.0, "4.2 tok/s"), (480, 10.0, "48 tok/s"), (0, 10.0, ""), (9, 0.0, "")],
)
def test_speed(written: int, seconds: float, words: str) -> None:
    assert speed(Metrics(completion_tokens=written, seconds=seconds)) == words


@pytest.mark.parametrize(
    ("dollars", "words"),
    [
        (None, ""),
        (0.0, "free"),
        (0.00002, "< $0.0001"),
        (0.0016, "≈ $0.0016"),
        (0.0123, "≈ $0.012"),
        (1.5, "≈ $1.50"),
    ],
)
def test_cost(dollars: float | None, words: str) -> None:
    assert cost(dollars) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.84, "0.8 s"), (9.96, "10 s"), (12.4, "12 s"), (65.0, "1 min 5 s")]
)
def test_short_times(seconds: float, words: str) -> None:
    assert short_time(seconds) == words
