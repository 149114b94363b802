# SPDX-License-Identifier: MIT
"""Turns what aiohttp raises and servers refuse into ChatErrors; knows no service's words."""

from __future__ import annotations

import email.utils
import errno
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from chatglm_desktop.core.errors import (
    AccessDenied,
    AuthFailed,
    Busy,
    CertificateRefused,
    ChatError,
    ConnectionFailed,
    ConnectTimedOut,
    FirstTokenTimedOut,
    HostNotFound,
    InvalidRequest,
    NoSecureConnection,
    ProtocolError,
    ProviderUnavailable,
    ProxyLoginRefused,
    ProxyNotReached,
    ProxyRefused,
    QuotaExceeded,
    RateLimited,
    ServerNotRunning,
    TimedOut,
)
from chatglm_desktop.core.places import place_of

_EXCERPT = 1000


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server sent in place of a stream; ``body`` is cut after 64 KiB.

    ``media_type`` is in lower case and has no parameters; ``retry_after`` is in seconds.
    """

    status: int
    url: URL
    media_type: str = ""
    body: str = ""
    retry_after: float | None = None

    @property
    def details(self) -> str:
        """For a bug report: what came, without any header."""
        return f"HTTP {self.status}, {self.media_type or 'no type'}: {self.body[:_EXCERPT]}"

    @property
    def host(self) -> str:
        """Who sent it."""
        return host_of(self.url)


class HttpChatError(aiohttp.ClientResponseError, ChatError):
    """A ChatError of an HTTP status ≥ 400, which is also aiohttp's error of a response.

    It keeps no header and no secret part of the address. ``message`` holds the server's
    words, as ``words`` does.
    """

    def __init__(
        self,
        words: str,
        *,
        status: int,
        url: URL,
        details: str = "",
        retry_after: float | None = None,
        host: str = "",
    ) -> None:
        public = url.with_user(None).with_query(None).with_fragment(None)
        no_headers = CIMultiDictProxy(CIMultiDict[str]())
        request = aiohttp.RequestInfo(public, "POST", no_headers, public)
        aiohttp.ClientResponseError.__init__(self, request, (), status=status, message=words)
        ChatError.__init__(
            self,
            words,
            http_status=status,
            details=details,
            retry_after=retry_after,
            host=host or host_of(url),
        )

    def __str__(self) -> str:
        return ChatError.__str__(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.words!r}, status={self.status})"

    def __reduce__(self) -> tuple[object, ...]:
        state = {
            "status": self.status,
            "url": self.request_info.real_url,
            "details": self.details,
            "retry_after": self.retry_after,
            "host": self.host,
        }
        return _restored, (type(self), self.words, state)


def _restored(kind: type[HttpChatError], words: str, state: dict[str, Any]) -> HttpChatError:
    return kind(words, **state)


class HttpInvalidRequest(HttpChatError, InvalidRequest):
    pass


class HttpAuthFailed(HttpChatError, AuthFailed):
    pass


class HttpAccessDenied(HttpChatError, AccessDenied):
    pass


class HttpQuotaExceeded(HttpChatError, QuotaExceeded):
    pass


class HttpRateLimited(HttpChatError, RateLimited):
    pass


class HttpBusy(HttpChatError, Busy):
    pass


class HttpProviderUnavailable(HttpChatError, ProviderUnavailable):
    pass


class HttpProxyLoginRefused(HttpChatError, ProxyLoginRefused):
    pass


class HttpTimedOut(HttpChatError, TimedOut):
    pass


_HTTP_KINDS: dict[type[ChatError], type[HttpChatError]] = {
    InvalidRequest: HttpInvalidRequest,
    AuthFailed: HttpAuthFailed,
    AccessDenied: HttpAccessDenied,
    QuotaExceeded: HttpQuotaExceeded,
    RateLimited: HttpRateLimited,
    Busy: HttpBusy,
    ProviderUnavailable: HttpProviderUnavailable,
    ProxyLoginRefused: HttpProxyLoginRefused,
    TimedOut: HttpTimedOut,
}

_STATUS_KINDS: dict[int, type[ChatError]] = {
    401: AuthFailed,
    402: QuotaExceeded,
    403: AccessDenied,
    407: ProxyLoginRefused,
    408: TimedOut,
    429: RateLimited,
}


def status_kind(status: int) -> type[ChatError] | None:
    """The kind of error that an HTTP status alone stands for; None below 400."""
    if status >= 500:
        return ProviderUnavailable
    if status >= 400:
        return _STATUS_KINDS.get(status, InvalidRequest)
    return None


def refusal_error(kind: type[ChatError], refusal: Refusal, words: str) -> ChatError:
    """A ``kind`` that tells of ``refusal``; an :class:`HttpChatError` from status 400 on."""
    if refusal.status < 400:
        return kind(
            words,
            http_status=refusal.status,
            details=refusal.details,
            retry_after=refusal.retry_after,
            host=refusal.host,
        )
    return _HTTP_KINDS[kind](
        words,
        status=refusal.status,
        url=refusal.url,
        details=refusal.details,
        retry_after=refusal.retry_after,
    )


class ProxyFault(aiohttp.ClientConnectionError):
    """What a connector that speaks with a proxy itself found out, as an error of aiohttp."""

    def __init__(self, error: ChatError) -> None:
        super().__init__(str(error))
        self.error = error


def host_of(url: str | URL) -> str:
    """The host that errors name, with its port unless that is the usual one; "" for no address."""
    try:
        return URL(url).host_port_subcomponent or ""
    except ValueError:
        return ""


def transport_error(
    error: aiohttp.ClientError | OSError, url: str | URL = "", proxy: URL | None = None
) -> ChatError:
    """The ChatError for what aiohttp raised on the way to ``url``, through ``proxy`` if given.

    Its text never holds an address beyond the host. A plain TimeoutError is one of the callers',
    who wait for the beginning of an answer.
    """
    if isinstance(error, ProxyFault):
        return error.error
    if isinstance(error, aiohttp.ClientConnectorError):
        return _connector_error(error, proxy)
    kind: type[ChatError] = ConnectionFailed
    name, host = type(error).__name__, host_of(url)
    details = f"{name}: {error}"
    match error:
        case aiohttp.InvalidURL():
            # Its text is the address, which may hold a proxy's password.
            details = f"{name}: not an HTTP address"
        case aiohttp.ClientHttpProxyError():
            kind = ProxyLoginRefused if error.status == 407 else ProxyRefused
            details, host = f"the proxy answered with HTTP {error.status}", host_of(proxy or "")
        case aiohttp.ClientResponseError():
            # aiohttp's own, for an answer that is no HTTP or too many redirects.
            kind, details = ProtocolError, f"{name}: {error.message}"
        case aiohttp.ConnectionTimeoutError():
            kind, details = ConnectTimedOut, name
        case aiohttp.ServerTimeoutError():
            kind = TimedOut
        case TimeoutError():
            kind, details = FirstTokenTimedOut, "no answer came"
        case _:
            pass
    return kind(details=details, host=host)


def _connector_error(error: aiohttp.ClientConnectorError, proxy: URL | None) -> ChatError:
    """What is wrong with a new connection: to a server or, if it is that one's, to ``proxy``."""
    details = f"{type(error).__name__}: {error.os_error}"
    kind: type[ChatError] = ConnectionFailed
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        kind = CertificateRefused
        details = getattr(error.certificate_error, "verify_message", "") or details
    elif isinstance(error, aiohttp.ClientConnectorSSLError):
        kind = NoSecureConnection
    elif proxy is not None and (error.host, error.port) == (proxy.raw_host, proxy.port):
        kind = ProxyNotReached
    elif isinstance(error, aiohttp.ClientConnectorDNSError):
        kind = HostNotFound
    elif error.os_error.errno == errno.ETIMEDOUT:
        kind = ConnectTimedOut
    # Of several addresses of one name each may refuse in its own way, which leaves no number.
    elif error.os_error.errno in (errno.ECONNREFUSED, None) and place_of(error.host) == "loopback":
        kind = ServerNotRunning
    name = f"[{error.host}]" if ":" in error.host else error.host
    host = name if error.port in (None, 80, 443) else f"{name}:{error.port}"
    return kind(details=details, host=host)


def parse_retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds to wait, from a ``Retry-After`` header in either of its two forms."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        date = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
