# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from chatglm_desktop.core.errors import (
    ChatError,
    DatabaseDamaged,
    DatabaseTooNew,
    Failure,
    NoBalance,
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
    told = str(kind(host="api.example.org"))
    assert told == kind.summary.format(host="api.example.org")
    assert "{" not in str(kind()) + kind.hint.format(host="")
    assert str(kind())[:1].isupper()


def subclasses(kind: type[ChatError]) -> set[type[ChatError]]:
    below = {cls for sub in kind.__subclasses__() for cls in (sub, *subclasses(sub))}
    return {cls for cls in below if cls.__module__.startswith("chatglm_desktop.core.")}


def test_every_subclass_is_listed_so_that_it_can_be_read_back() -> None:
    assert {*error_kinds()} == subclasses(ChatError) | {ChatError}


def test_a_kind_stands_before_the_more_general_one() -> None:
    assert all(error_kind(kind) is kind for kind in error_kinds())


def test_the_services_own_number_stands_behind_its_words() -> None:
    error = NoBalance("余额不足", host="open.bigmodel.cn", code="1113")
    assert str(error) == "The account at open.bigmodel.cn has no balance left. (余额不足 (1113))"
    assert (error.failure.host, error.failure.code) == ("open.bigmodel.cn", "1113")


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
