# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.chat.retries import NEVER, Backoff
from chatglm_desktop.core.errors import (
    Busy,
    ChatError,
    ConnectionFailed,
    NoBalance,
    ProviderUnavailable,
    RateLimited,
)


def test_pauses_double_up_to_the_longest() -> None:
    backoff = Backoff(attempts=9, first=2.0, longest=10.0, chance=lambda: 0.0)
    pauses = [backoff.pause(attempt, RateLimited()) for attempt in range(1, 6)]
    assert pauses == [2.0, 4.0, 8.0, 10.0, 10.0]


def test_chance_shortens_a_pause_by_up_to_a_half() -> None:
    assert Backoff(chance=lambda: 1.0).pause(1, Busy()) == 1.0


def test_the_service_may_ask_for_a_longer_pause_but_not_for_any() -> None:
    backoff = Backoff(chance=lambda: 0.0)
    assert backoff.pause(1, RateLimited(retry_after=30.0)) == 30.0
    assert backoff.pause(1, RateLimited(retry_after=0.5)) == 2.0
    assert backoff.pause(1, RateLimited(retry_after=3600.0)) is None


@pytest.mark.parametrize("error", [NoBalance(), ConnectionFailed()])
def test_what_would_be_refused_again_is_not_tried_again(error: ChatError) -> None:
    assert Backoff().pause(1, error) is None


def test_attempts_are_limited() -> None:
    assert Backoff(attempts=2).pause(1, ProviderUnavailable()) is not None
    assert Backoff(attempts=2).pause(2, ProviderUnavailable()) is None
    assert NEVER.pause(1, ProviderUnavailable()) is None
