# SPDX-License-Identifier: MIT
from __future__ import annotations

import errno
import pickle
import ssl
from datetime import UTC, datetime

import aiohttp
import pytest
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from chatglm_desktop.core.errors import (
    CertificateRefused,
    ChatError,
    ConnectionFailed,
    ConnectTimedOut,
    Failure,
    FirstTokenTimedOut,
    HostNotFound,
    NoSecureConnection,
    ProtocolError,
    ProxyLoginRefused,
    ProxyNotReached,
    ProxyRefused,
    RateLimited,
    ServerNotRunning,
    TimedOut,
    error_kinds,
)
from chatglm_desktop.providers.errors import (
    HttpChatError,
    HttpRateLimited,
    ProxyFault,
    Refusal,
    host_of,
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
    assert error.failure == Failure("RateLimited", "slow down", 429, details, 3.0, "example.org")


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


def proxy_error(status: int) -> aiohttp.ClientHttpProxyError:
    plain = response_error(status, "")
    return aiohttp.ClientHttpProxyError(plain.request_info, (), status=status, message="no")


ASKED = "https://me:secret@api.example.org:8443/v1?key=secret#secret"
PROXY = URL("http://proxy.example.org:3128")


def connector_error(
    kind: type[aiohttp.ClientConnectorError],
    error: OSError,
    host: str = "api.example.org",
    port: int = 8443,
) -> aiohttp.ClientConnectorError:
    key = aiohttp.client_reqrep.ConnectionKey(host, port, True, True, None, None, None)
    return kind(key, error)


REFUSED = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
UNREACHABLE = OSError(errno.ENETUNREACH, "unreachable")
SLOW = TimeoutError(errno.ETIMEDOUT, "timed out")
PROXY_AT = ("proxy.example.org", 3128)
DNS = aiohttp.ClientConnectorDNSError
TLS, TRUST = aiohttp.ClientConnectorSSLError, aiohttp.ClientConnectorCertificateError
DIRECT, TO_PROXY = aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError
UNTRUSTED = ssl.SSLCertVerificationError(1, "verify failed")
UNTRUSTED.verify_message = "self-signed certificate"


@pytest.mark.parametrize(
    ("error", "kind", "details"),
    [
        (aiohttp.InvalidURL(SECRET), ConnectionFailed, "InvalidURL: not an HTTP address"),
        (response_error(400, "Bad line"), ProtocolError, "ClientResponseError: Bad line"),
        (TimeoutError(), FirstTokenTimedOut, "no answer came"),
        (aiohttp.ConnectionTimeoutError(ASKED), ConnectTimedOut, "ConnectionTimeoutError"),
        (aiohttp.SocketTimeoutError("slow"), TimedOut, "SocketTimeoutError: slow"),
        (aiohttp.ClientPayloadError("cut"), ConnectionFailed, "ClientPayloadError: cut"),
        (ConnectionResetError("reset"), ConnectionFailed, "ConnectionResetError: reset"),
    ],
)
def test_what_aiohttp_raises_becomes_a_chat_error(
    error: aiohttp.ClientError, kind: type[ChatError], details: str
) -> None:
    translated = transport_error(error, ASKED)
    assert type(translated) is kind
    assert translated.details == details
    assert translated.words == ""
    assert translated.host == "api.example.org:8443"


@pytest.mark.parametrize(
    ("error", "kind", "host"),
    [
        (proxy_error(407), ProxyLoginRefused, "proxy.example.org:3128"),
        (proxy_error(502), ProxyRefused, "proxy.example.org:3128"),
        (connector_error(TO_PROXY, REFUSED, *PROXY_AT), ProxyNotReached, "proxy.example.org:3128"),
        (connector_error(DNS, REFUSED, *PROXY_AT), ProxyNotReached, "proxy.example.org:3128"),
        (connector_error(DNS, REFUSED), HostNotFound, "api.example.org:8443"),
        (connector_error(DIRECT, REFUSED), ConnectionFailed, "api.example.org:8443"),
        (connector_error(DIRECT, REFUSED, "::1", 80), ServerNotRunning, "[::1]"),
        (connector_error(DIRECT, OSError("all"), "localhost"), ServerNotRunning, "localhost:8443"),
        (connector_error(DIRECT, UNREACHABLE, "127.0.0.1"), ConnectionFailed, "127.0.0.1:8443"),
        (connector_error(DIRECT, SLOW), ConnectTimedOut, "api.example.org:8443"),
        (connector_error(TLS, ssl.SSLError(1, "x")), NoSecureConnection, "api.example.org:8443"),
        (connector_error(TRUST, UNTRUSTED), CertificateRefused, "api.example.org:8443"),
        (connector_error(TRUST, ssl.SSLError(1, "x")), CertificateRefused, "api.example.org:8443"),
    ],
)
def test_a_connection_that_fails_says_where(
    error: aiohttp.ClientError, kind: type[ChatError], host: str
) -> None:
    translated = transport_error(error, ASKED, PROXY)
    assert type(translated) is kind
    assert translated.host == host
    assert "secret" not in f"{translated} {translated.details}"


def test_a_certificate_says_why_it_is_not_trusted() -> None:
    assert transport_error(connector_error(TRUST, UNTRUSTED)).details == "self-signed certificate"
    unnamed = transport_error(connector_error(TRUST, ssl.SSLError(1, "odd")))
    assert unnamed.details.startswith("ClientConnectorCertificateError")


def test_a_fault_of_a_proxy_is_told_as_it_was_found() -> None:
    fault = ProxyLoginRefused(host="localhost:1080")
    assert transport_error(ProxyFault(fault), ASKED) is fault


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (ASKED, "api.example.org:8443"),
        (URL("https://open.bigmodel.cn:443/x"), "open.bigmodel.cn"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_host_that_errors_name(url: str | URL, host: str) -> None:
    assert host_of(url) == host


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
