# SPDX-License-Identifier: MIT
"""Posts a request and reads the stream of events that answers it; knows no service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import aiohttp
from yarl import URL

from chatglm_desktop.core.errors import ChatError, ConnectionFailed, TimedOut
from chatglm_desktop.providers.errors import Refusal, parse_retry_after, transport_error
from chatglm_desktop.providers.payload import JsonObject
from chatglm_desktop.providers.sse import ServerEvent, SseDecoder
from chatglm_desktop.providers.watchdog import Watchdog

MAX_REFUSAL_BYTES = 64 * 1024
_MAX_QUOTED = 100


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, the first event, the next event.

    A reasoning model may think for minutes without a word, hence the long silence.
    """

    connect: float = 30.0
    first_event: float = 120.0
    silence: float = 300.0

    @classmethod
    def of(cls, timeout: object) -> Patience:
        """With so many seconds of silence to bear; the usual ones for None.

        Raises TypeError for what is no number.
        """
        if timeout is None:
            return cls()
        if isinstance(timeout, bool) or not isinstance(timeout, int | float):
            kind = type(timeout).__name__
            raise TypeError(f"timeout is a number of seconds, not a {kind}")
        return cls(first_event=timeout, silence=timeout)


@dataclass(frozen=True, slots=True)
class Request:
    """One POST; ``proxy`` is the URL of an HTTP proxy."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: JsonObject
    proxy: str | None = None


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
    async with await _open(session, request, patience) as response:
        if not _is_event_stream(response):
            raise refused(await _read_refusal(response, first_deadline - now()))
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
        raise _end_error(broken, watchdog) from broken


def _end_error(broken: aiohttp.ClientError | OSError, watchdog: Watchdog) -> ChatError:
    # The watchdog breaks the connection itself.
    if watchdog.barked:
        return TimedOut(details="no event came for too long")
    return transport_error(broken)


async def _open(
    session: aiohttp.ClientSession, request: Request, patience: Patience
) -> aiohttp.ClientResponse:
    _check_address(request.url, "endpoint")
    if request.proxy is not None:
        _check_address(request.proxy, "proxy")
    try:
        async with asyncio.timeout(patience.first_event):
            return await session.post(
                request.url,
                headers=request.headers,
                json=request.body,
                proxy=request.proxy,
                # No total: a long answer is no fault. No sock_read: see Watchdog.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=patience.connect),
                raise_for_status=False,
            )
    except (aiohttp.ClientError, OSError) as error:
        raise transport_error(error) from error
    except ValueError as error:
        # A host that no resolver takes, perhaps that of a redirection.
        raise ConnectionFailed(
            "The endpoint cannot be reached.", details=type(error).__name__
        ) from error


def _check_address(address: str, name: str) -> None:
    """Raise ConnectionFailed for what aiohttp would trip over with no error of its own."""
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
    quote = f": {address[:_MAX_QUOTED]!r}" if quotable else "."
    raise ConnectionFailed(
        f"The {name} is no HTTP address{quote}", details=f"the {name} is no HTTP address"
    )


def _is_event_stream(response: aiohttp.ClientResponse) -> bool:
    media_type = response.headers.get("Content-Type", "").strip().lower()
    return response.status < 400 and media_type.startswith("text/event-stream")


async def _read_refusal(response: aiohttp.ClientResponse, seconds: float) -> Refusal:
    """Read at most 64 KiB; what breaks off after an HTTP error is told as far as it came."""
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while chunk := await response.content.read(MAX_REFUSAL_BYTES - len(body)):
                body += chunk
    except (aiohttp.ClientError, OSError) as error:
        if response.status < 400:
            raise transport_error(error) from error
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
