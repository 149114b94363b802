# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.metrics import Metrics


def test_speed_counts_from_the_first_token() -> None:
    metrics = Metrics(completion_tokens=100, first_token=2.0, seconds=4.0)
    assert metrics.tokens_per_second == pytest.approx(50.0)


def test_a_reply_without_duration_has_no_speed() -> None:
    assert Metrics(completion_tokens=100).tokens_per_second == 0


def test_what_an_answer_took_that_was_gone_on_with_is_added_up() -> None:
    first = Metrics(10, 20, 5, first_token=1.0, seconds=3.0, cost=0.25, memory_begins="a")
    rest = Metrics(30, 5, 1, first_token=2.0, seconds=4.0, cost=0.5, memory_begins="b")
    whole = first.gone_on(rest)
    assert whole == Metrics(40, 25, 6, 1.0, 7.0, 0.75, "b")
    assert first.gone_on(Metrics()).cost is None
