# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.metrics import Metrics


def test_speed_counts_from_the_first_token() -> None:
    metrics = Metrics(completion_tokens=100, first_token=2.0, seconds=4.0)
    assert metrics.tokens_per_second == pytest.approx(50.0)


def test_a_reply_without_duration_has_no_speed() -> None:
    assert Metrics(completion_tokens=100).tokens_per_second == 0
