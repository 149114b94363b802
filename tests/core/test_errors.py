# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.errors import (
    ChatError,
    DatabaseDamaged,
    DatabaseTooNew,
    Failure,
    RateLimited,
    StoreError,
    error_kind,
    error_kinds,
    failure_kind,
)


@pytest.mark.parametrize("kind", error_kinds())
def test_each_kind_survives_being_stored_as_a_failure(kind: type[ChatError]) -> None:
    failure = kind("server's words").failure
    assert failure_kind(failure) is kind
    assert failure.words == "server's words"


@pytest.mark.parametrize("kind", error_kinds())
def test_each_kind_says_what_happened_and_what_to_do(kind: type[ChatError]) -> None:
    assert kind.summary.endswith(".")
    assert kind.hint.endswith(".")
    assert str(kind()) == kind.summary


def test_every_subclass_is_listed_so_that_it_can_be_read_back() -> None:
    assert set(ChatError.__subclasses__()) <= {*error_kinds()} | {
        cls for cls in ChatError.__subclasses__() if cls.__module__ != ChatError.__module__
    }
    own = [c for c in ChatError.__subclasses__() if c.__module__ == ChatError.__module__]
    assert len(own) == len(error_kinds()) - 1


def test_the_words_of_the_service_are_part_of_the_message() -> None:
    error = RateLimited("请求过于频繁", http_status=429, details="POST …", retry_after=3.0)
    assert "请求过于频繁" in str(error)
    assert error.failure == Failure("RateLimited", "请求过于频繁", 429, "POST …", 3.0)


def test_a_transports_own_subclass_belongs_to_its_kind() -> None:
    class HttpRateLimited(RateLimited, OSError):
        pass

    assert error_kind(HttpRateLimited) is RateLimited
    assert HttpRateLimited().failure.kind == "RateLimited"


def test_a_failure_of_a_kind_from_the_future_reads_as_a_plain_error() -> None:
    assert failure_kind(Failure("SolarFlare")) is ChatError


def test_store_errors_name_the_detail() -> None:
    assert str(DatabaseTooNew()) == DatabaseTooNew.summary
    assert str(DatabaseDamaged("not a database")) == f"{DatabaseDamaged.summary} (not a database)"
    assert issubclass(DatabaseDamaged, StoreError)
