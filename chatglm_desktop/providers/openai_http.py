# SPDX-License-Identifier: MIT
"""Asks a chat-completion service for one JSON object; knows what no answer means."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import aiohttp

from chatglm_desktop.core.errors import ChatError, ConnectionFailed, ProtocolError
from chatglm_desktop.providers.errors import Refusal, parse_retry_after, transport_error
from chatglm_desktop.providers.http import Patience
from chatglm_desktop.providers.openai_errors import Asked, on_the_way, refusal
from chatglm_desktop.providers.payload import JsonObject, parse_object

_MOST_BYTES = 16 * 1024 * 1024
_CHUNK = 64 * 1024


def chat_headers(asked: Asked, accept: str = "application/json") -> dict[str, str]:
    """The headers of a request."""
    headers = {"Accept": accept, "User-Agent": "ChatGLM-Desktop"}
    if asked.key:
        headers["Authorization"] = f"Bearer {asked.key}"
    return headers


@dataclass(frozen=True, slots=True)
class Api:
    """A service and the way to it."""

    session: aiohttp.ClientSession
    asked: Asked
    proxy: str | None = None
    patience: Patience = field(default_factory=Patience)

    async def get(self, path: str) -> JsonObject:
        """The object at ``path`` below the base address. Raises ChatErrors only."""
        return await self._ask("GET", path)

    async def post(self, path: str, form: aiohttp.FormData) -> JsonObject:
        """The object that answers a form. Raises ChatErrors only."""
        return await self._ask("POST", path, form)

    async def _ask(
        self, method: str, path: str, form: aiohttp.FormData | None = None
    ) -> JsonObject:
        try:
            async with (
                asyncio.timeout(self.patience.first_event),
                self.session.request(
                    method,
                    self.asked.base + path,
                    headers=chat_headers(self.asked),
                    data=form,
                    proxy=self.proxy,
                    timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.patience.connect),
                    raise_for_status=False,
                ) as response,
            ):
                return await self._answer(response)
        except (aiohttp.ClientError, OSError) as error:
            raise self._told(transport_error(error), error) from error
        except ValueError as error:
            # An address that is none, or a host that no resolver takes.
            failed = ConnectionFailed(
                "The endpoint cannot be reached.", details=type(error).__name__
            )
            raise self._told(failed, error) from error

    def _told(self, failed: ChatError, cause: Exception) -> ChatError:
        failed.__cause__ = cause
        return on_the_way(failed, self.asked)

    async def _answer(self, response: aiohttp.ClientResponse) -> JsonObject:
        text = await self._read(response)
        answer = parse_object(text)
        if response.status < 400 and answer is not None and not answer.get("error"):
            return answer
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        refused = Refusal(
            status=response.status,
            url=response.url,
            media_type=media_type.strip().lower(),
            body=text,
            retry_after=parse_retry_after(response.headers.get("Retry-After", "")),
        )
        raise refusal(refused, self.asked)

    async def _read(self, response: aiohttp.ClientResponse) -> str:
        data = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > _MOST_BYTES:
                details = f"more than {_MOST_BYTES} bytes"
                raise ProtocolError(details=details, host=self.asked.host)
        return data.decode("utf-8", "replace")
