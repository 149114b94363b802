# SPDX-License-Identifier: MIT
from __future__ import annotations

import pickle
from datetime import UTC, datetime

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from chatglm_desktop.core.errors import (
    ChatError,
    ConnectionFailed,
    Failure,
    ProtocolError,
    RateLimited,
    TimedOut,
    error_kinds,
)
from chatglm_desktop.providers.errors import (
    HttpChatError,
    HttpRateLimited,
    Refusal,
    parse_retry_after,
    refusal_error,
    status_kind,
    transport_error,
)

SECRET = URL("https://me:secret@example.org/stream?key=secret#secret")


def rate_limited() -> HttpChatError:
    refusal = Refusal(429, SECRET, "", "slow down", 3.0)
    error = refusal_error(RateLimited, refusal, "slow down")
    assert isinstance(error, HttpChatError)
    return error


def test_an_http_error_is_both_a_chat_error_and_one_of_aiohttp() -> None:
    error = rate_limited()
    assert isinstance(error, HttpRateLimited)
    assert isinstance(error, RateLimited)
    assert isinstance(error, aiohttp.ClientResponseError)
    assert (error.status, error.http_status, error.message) == (429, 429, "slow down")
    assert (error.words, error.retry_after, error.headers) == ("slow down", 3.0, None)
    assert error.retryable
    assert str(error) == "Too many requests in a short time. (slow down)"
    assert repr(error) == "HttpRateLimited('slow down', status=429)"
    details = "HTTP 429, no type: slow down"
    assert error.failure == Failure("RateLimited", "slow down", 429, details, 3.0)


def test_an_http_error_keeps_no_secret() -> None:
    error = rate_limited()
    assert str(error.request_info.real_url) == "https://example.org/stream"
    assert not error.request_info.headers
    everything = f"{error} {error!r} {vars(error)} {error.args}"
    assert "secret" not in everything


def test_an_http_error_survives_pickling() -> None:
    error = rate_limited()
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert copy.failure == error.failure
    assert copy.request_info == error.request_info
    assert str(copy) == str(error)


def test_every_status_from_400_has_an_http_error() -> None:
    for status in range(400, 600):
        kind = status_kind(status)
        assert kind in error_kinds()
        assert kind is not None
        assert isinstance(refusal_error(kind, Refusal(status, SECRET), ""), HttpChatError)
    assert status_kind(200) is None


def response_error(status: int, message: str) -> aiohttp.ClientResponseError:
    headers = CIMultiDictProxy(CIMultiDict(Authorization="secret"))
    info = aiohttp.RequestInfo(SECRET, "POST", headers, SECRET)
    return aiohttp.ClientResponseError(info, (), status=status, message=message)


def proxy_error() -> aiohttp.ClientHttpProxyError:
    plain = response_error(407, "")
    return aiohttp.ClientHttpProxyError(plain.request_info, (), status=407, message="no")


@pytest.mark.parametrize(
    ("error", "kind", "details"),
    [
        (aiohttp.InvalidURL(SECRET), ConnectionFailed, "InvalidURL: not an HTTP address"),
        (proxy_error(), ConnectionFailed, "the proxy answered with HTTP 407"),
        (response_error(400, "Bad line"), ProtocolError, "ClientResponseError: Bad line"),
        (TimeoutError(), TimedOut, "TimeoutError: "),
        (aiohttp.ConnectionTimeoutError("slow"), TimedOut, "ConnectionTimeoutError: slow"),
        (aiohttp.SocketTimeoutError("slow"), TimedOut, "SocketTimeoutError: slow"),
        (aiohttp.ClientPayloadError("cut"), ConnectionFailed, "ClientPayloadError: cut"),
        (ConnectionResetError("reset"), ConnectionFailed, "ConnectionResetError: reset"),
    ],
)
def test_what_aiohttp_raises_becomes_a_chat_error(
    error: aiohttp.ClientError, kind: type[ChatError], details: str
) -> None:
    translated = transport_error(error)
    assert type(translated) is kind
    assert translated.details == details
    assert translated.words == ""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("12", 12.0),
        ("0", 0.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("Fri, 02 Jan 2026 03:04:15 GMT", 10.0),
        ("Fri, 02 Jan 2026 03:04:15 -0000", 10.0),
        ("Fri, 02 Jan 2026 03:04:00 GMT", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == seconds


def test_retry_after_counts_from_now() -> None:
    assert parse_retry_after("Fri, 02 Jan 1970 03:04:05 GMT") == 0.0
