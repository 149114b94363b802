# SPDX-License-Identifier: MIT
"""Sends a request and reads the stream of events that answers it; knows no service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import aiohttp
from yarl import URL

from chatglm_desktop.core.errors import (
    AddressUnusable,
    ChatError,
    FirstTokenTimedOut,
    IdleTimedOut,
    ProxyLoginRefused,
    ProxyUnusable,
)
from chatglm_desktop.providers.connectors import proxy_of
from chatglm_desktop.providers.errors import (
    Refusal,
    host_of,
    parse_retry_after,
    transport_error,
)
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.payload import JsonObject
from chatglm_desktop.providers.sse import ServerEvent, SseDecoder
from chatglm_desktop.providers.watchdog import Watchdog

__all__ = ["Patience", "Request", "event_stream", "open_response", "read_refusal"]

MAX_REFUSAL_BYTES = 64 * 1024
_MAX_QUOTED = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A POST of ``body`` or of ``form``; a GET if there is neither.

    ``proxy`` is the URL of an HTTP proxy, None for what the session itself goes through.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: JsonObject | None = None
    proxy: str | None = field(default=None, repr=False)
    form: aiohttp.FormData | None = field(default=None, repr=False)


async def event_stream(
    session: aiohttp.ClientSession,
    request: Request,
    patience: Patience,
    refused: Callable[[Refusal], ChatError],
) -> AsyncGenerator[ServerEvent, None]:
    """Yield the events that answer ``request``; closing the generator closes the connection.

    Raises what ``refused`` makes of an answer that is no event stream; ConnectionFailed,
    TimedOut or ProtocolError for what goes wrong on the way.
    """
    now = asyncio.get_running_loop().time
    first_deadline = now() + patience.first_event
    async with await open_response(session, request, patience) as response:
        if not _is_event_stream(response):
            raise refused(await read_refusal(response, first_deadline - now()))
        decoder = SseDecoder()
        broken: aiohttp.ClientError | OSError | None = None
        with Watchdog(first_deadline - now(), patience.silence, response.close) as watchdog:
            ended = False
            while not ended:
                chunk, broken = await _read_chunk(response.content)
                ended = not chunk or broken is not None
                for event in decoder.feed(chunk):
                    with watchdog.held():
                        yield event
            for event in decoder.close():
                yield event
    if broken is not None:
        raise _end_error(broken, watchdog, request.url) from broken


def _end_error(broken: aiohttp.ClientError | OSError, watchdog: Watchdog, url: str) -> ChatError:
    # The watchdog breaks the connection itself.
    if watchdog.barked:
        kind = IdleTimedOut if watchdog.heard else FirstTokenTimedOut
        return kind(details="no event came for too long", host=host_of(url))
    return transport_error(broken, url)


async def open_response(
    session: aiohttp.ClientSession, request: Request, patience: Patience
) -> aiohttp.ClientResponse:
    """The answer to ``request`` as soon as its headers are there; to be used as a context.

    Raises ChatErrors, none for what a server answers.
    """
    _check_address(request.url, AddressUnusable)
    if request.proxy is not None:
        _check_address(request.proxy, ProxyUnusable)
    proxy = proxy_of(session) if request.proxy is None else URL(request.proxy)
    response = await _send(session, request, patience, proxy)
    if isinstance(response, ChatError):
        # Not where it was caught: aiohttp's errors hold the headers and the login at the proxy.
        raise response
    if response.status == 407:
        response.close()
        host = host_of(proxy or request.url)
        raise ProxyLoginRefused(details="HTTP 407", http_status=407, host=host)
    return response


async def _send(
    session: aiohttp.ClientSession, request: Request, patience: Patience, proxy: URL | None
) -> aiohttp.ClientResponse | ChatError:
    asks_only = request.body is None and request.form is None
    try:
        async with asyncio.timeout(patience.first_event):
            return await session.request(
                "GET" if asks_only else "POST",
                request.url,
                headers=request.headers,
                json=request.body,
                data=request.form,
                proxy=request.proxy,
                # What is said goes to nobody whom the user has not named.
                allow_redirects=asks_only,
                # No total: a long answer is no fault. No sock_read: see Watchdog. "connect" is
                # all up to TLS, also what a proxy needs; a connector for SOCKS knows the other.
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=patience.connect, sock_connect=patience.connect
                ),
                raise_for_status=False,
            )
    except (aiohttp.ClientError, OSError) as error:
        return transport_error(error, request.url, proxy)
    except ValueError as error:
        # A host that no resolver takes, perhaps that of a redirection.
        return AddressUnusable(details=type(error).__name__, host=host_of(request.url))


def _check_address(address: str, kind: type[AddressUnusable] | type[ProxyUnusable]) -> None:
    """Raise a ``kind`` for what aiohttp would trip over with no error of its own."""
    try:
        url = URL(address)
        # As the resolver does it: no empty label, none too long.
        (url.raw_host or "").encode("idna")
        usable = url.scheme in ("http", "https") and bool(url.raw_host)
    except ValueError:
        usable = False
    if usable:
        return
    # A user's name, a query or a fragment may hold a secret.
    quotable = not any(mark in address for mark in "@?#")
    quote = f": {address[:_MAX_QUOTED]!r}" if quotable else ""
    raise kind(details=f"no HTTP address{quote}")


def _is_event_stream(response: aiohttp.ClientResponse) -> bool:
    media_type = response.headers.get("Content-Type", "").strip().lower()
    return response.status < 400 and media_type.startswith("text/event-stream")


async def read_refusal(response: aiohttp.ClientResponse, seconds: float) -> Refusal:
    """Read at most 64 KiB; what breaks off after an HTTP error is told as far as it came."""
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while chunk := await response.content.read(MAX_REFUSAL_BYTES - len(body)):
                body += chunk
    except (aiohttp.ClientError, OSError) as error:
        if response.status < 400:
            raise transport_error(error, response.url) from error
    return refusal_of(response, bytes(body))


def refusal_of(response: aiohttp.ClientResponse, body: bytes) -> Refusal:
    """``response`` with the ``body`` that was read of it."""
    return Refusal(
        status=response.status,
        url=response.url,
        media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        body=body.decode("utf-8", "replace"),
        retry_after=parse_retry_after(response.headers.get("Retry-After", "")),
    )


async def _read_chunk(
    content: aiohttp.StreamReader,
) -> tuple[bytes, aiohttp.ClientError | OSError | None]:
    """The next bytes (none at the end), and what broke the connection behind them."""
    try:
        return await content.readany(), None
    except (aiohttp.ClientError, OSError) as error:
        # aiohttp would keep back what had arrived before the connection broke.
        content.set_exception(cast("BaseException", None))
        return content.read_nowait(), error
