# SPDX-License-Identifier: MIT
"""Asks for one JSON value that is not too large; knows no service."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from chatglm_desktop.core.errors import ChatError, IdleTimedOut, ProtocolError
from chatglm_desktop.providers.errors import Refusal, host_of, transport_error
from chatglm_desktop.providers.http import Request, open_response, read_refusal, refusal_of
from chatglm_desktop.providers.patience import Patience

MOST_BYTES = 16 * 1024 * 1024
_MOST_QUOTED = 64 * 1024


async def fetch_json(
    session: aiohttp.ClientSession,
    request: Request,
    patience: Patience,
    refused: Callable[[Refusal], ChatError],
    *,
    most_bytes: int = MOST_BYTES,
) -> Any:
    """The JSON value that answers ``request``, all of it within the patience for a first event.

    Raises what ``refused`` makes of an HTTP error and of what is no JSON; ConnectionFailed,
    TimedOut or ProtocolError for what goes wrong on the way.
    """
    now = asyncio.get_running_loop().time
    deadline = now() + patience.first_event
    async with await open_response(session, request, patience) as response:
        if response.status >= 400:
            raise refused(await read_refusal(response, deadline - now()))
        body = await _read(response, deadline - now(), most_bytes)
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise refused(refusal_of(response, body[:_MOST_QUOTED])) from None


async def _read(response: aiohttp.ClientResponse, seconds: float, most_bytes: int) -> bytes:
    body, host = bytearray(), host_of(response.url)
    try:
        async with asyncio.timeout(seconds):
            while chunk := await response.content.readany():
                body += chunk
                if len(body) > most_bytes:
                    raise ProtocolError(details=f"more than {most_bytes} bytes", host=host)
    except TimeoutError as error:
        raise IdleTimedOut(details="the answer stopped", host=host) from error
    except (aiohttp.ClientError, OSError) as error:
        raise transport_error(error, response.url) from error
    return bytes(body)
