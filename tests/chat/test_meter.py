# SPDX-License-Identifier: MIT
from __future__ import annotations

from dataclasses import replace

import pytest

from chatglm_desktop.chat.meter import Meter
from chatglm_desktop.core.deltas import ConversationRef, FinishReason, Reasoning, Usage
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.models import ModelInfo

PRICED = ModelInfo("m", prompt_price=1.0, completion_price=4.0)


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_times_count_from_the_request_to_the_first_text_and_to_the_end() -> None:
    time = Time()
    meter = Meter(time)
    time.now = 150.0  # waiting in line
    meter.restart()
    time.now = 151.0
    meter.hear(ConversationRef("c"))
    time.now = 152.0
    meter.hear(Reasoning("Hm"))
    time.now = 155.0
    meter.hear("text")
    meter.hear(Usage(1000, 500, 10))
    meter.hear(FinishReason("stop"))
    metrics = meter.metrics(PRICED, "m7")
    assert metrics.cost == pytest.approx(0.003)
    assert replace(metrics, cost=None) == Metrics(
        1000, 500, 10, first_token=2.0, seconds=5.0, memory_begins="m7"
    )


def test_a_reply_without_text_has_no_first_token() -> None:
    assert Meter(Time()).metrics(PRICED) == Metrics()


def test_the_cost_is_known_only_with_prices_and_counts() -> None:
    meter = Meter(Time())
    assert meter.metrics(ModelInfo("m", free=True)).cost == 0.0
    assert meter.metrics(PRICED).cost is None
    meter.hear(Usage(10, 0))
    assert meter.metrics(ModelInfo("m")).cost is None
    assert meter.metrics(PRICED).cost == pytest.approx(0.00001)
