# SPDX-License-Identifier: MIT
"""Asks a chat-completion service for one JSON object; knows what no answer means."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import aiohttp

from chatglm_desktop.core.errors import ChatError, ProtocolError
from chatglm_desktop.providers.http import Request
from chatglm_desktop.providers.json_answers import fetch_json
from chatglm_desktop.providers.openai_errors import Asked, payload_error, refusal
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.payload import JsonObject


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
        return await self._ask(path)

    async def post(self, path: str, form: aiohttp.FormData) -> JsonObject:
        """The object that answers a form. Raises ChatErrors only."""
        return await self._ask(path, form)

    async def _ask(self, path: str, form: aiohttp.FormData | None = None) -> JsonObject:
        asked = self.asked
        request = Request(asked.base + path, chat_headers(asked), proxy=self.proxy, form=form)
        refused = partial(refusal, asked=asked)
        try:
            answer = await fetch_json(self.session, request, self.patience, refused)
        except ChatError as error:
            error.host = error.host or asked.host
            raise
        if not isinstance(answer, dict):
            raise ProtocolError(details="the answer is no JSON object", host=asked.host)
        if answer.get("error"):
            raise payload_error(answer, asked)
        return answer
