# SPDX-License-Identifier: MIT
"""Any server that speaks OpenAI's chat completions: the life of one reply; knows no window."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, cast

import aiohttp

from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.errors import ChatError, NoModelChosen
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.providers.base import (
    AsyncGeneratorProvider,
    AsyncResult,
    ProviderModelMixin,
)
from chatglm_desktop.providers.http import Request, event_stream
from chatglm_desktop.providers.openai_chunks import ChatReply
from chatglm_desktop.providers.openai_errors import PATH, Asked, refusal
from chatglm_desktop.providers.openai_http import Api, chat_headers
from chatglm_desktop.providers.openai_request import chat_body, dialect_of
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.payload import JsonObject
from chatglm_desktop.providers.sse import ServerEvent

log = logging.getLogger(__name__)

_GRACE = 5.0
"""Seconds that counts may follow the reason why the text ends, if the server does not end."""


@dataclass(frozen=True, slots=True)
class ChatExtras:
    """The keywords of ``create_async_generator``; one that is None counts as not given."""

    asked: Asked
    preset: str
    generation: Generation
    session: aiohttp.ClientSession | None
    patience: Patience
    file_texts: dict[str, str] = field(repr=False)

    @classmethod
    def read(cls, kwargs: Mapping[str, object], endpoint: str, preset: str) -> ChatExtras:
        """Raises ChatErrors for an address or a key that cannot be used."""
        address = cast("str", kwargs.get("api_endpoint") or endpoint)
        asked = Asked.at(address, cast("str", kwargs.get("api_key") or ""))
        texts = kwargs.get("file_texts")
        return cls(
            asked=asked,
            preset=cast("str", kwargs.get("preset") or preset),
            generation=cast("Generation", kwargs.get("generation") or Generation()),
            session=cast("aiohttp.ClientSession | None", kwargs.get("session")),
            patience=Patience.of(kwargs.get("timeout"), kwargs.get("patience")),
            file_texts={} if texts is None else cast("dict[str, str]", texts),
        )


class OpenAICompatible(AsyncGeneratorProvider, ProviderModelMixin):
    """Ollama, LM Studio, llama.cpp, vLLM, SGLang, OpenRouter, DeepSeek and others like them."""

    url: ClassVar[str] = ""
    api_endpoint: ClassVar[str] = ""
    working: ClassVar[bool] = True
    supports_stream: ClassVar[bool] = True
    supports_system_message: ClassVar[bool] = True
    supports_message_history: ClassVar[bool] = True
    default_model: ClassVar[str] = ""
    models: ClassVar[list[str]] = []
    default_preset: ClassVar[str] = "custom"

    @classmethod
    def get_model(cls, model: str) -> str:
        """``model`` as it is, because only the server knows its models; the default if empty."""
        return model or cls.default_model

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncResult:
        """Stream the reply to ``messages``; ends with a ``FinishReason`` or raises.

        Keywords: ``api_endpoint`` (the base address, to which ``/chat/completions`` is added and
        nothing else), ``api_key`` ("" for none), ``preset`` (an id of core.accounts, for the
        server's dialect), ``generation`` (options, only those that the server takes),
        ``session`` (an aiohttp session to use and leave open), ``patience`` (a
        providers.http.Patience) or ``timeout`` (seconds of silence to bear). Raises ChatErrors
        only; a TypeError for a ``timeout`` that is no number. No error holds the key.
        """
        extras = ChatExtras.read(kwargs, cls.api_endpoint, cls.default_preset)
        chosen = cls.get_model(model)
        if not chosen and dialect_of(extras.preset).needs_model:
            raise NoModelChosen(host=extras.asked.host)
        async with AsyncExitStack() as stack:
            session = extras.session
            if session is None:
                session = await stack.enter_async_context(aiohttp.ClientSession())
            api = Api(session, extras.asked, proxy, extras.patience)
            prepared = await cls.prepare(messages, api, extras)
            deltas = _chat_deltas(api, _body(chosen, prepared, extras))
            await stack.enter_async_context(aclosing(deltas))
            async for delta in deltas:
                yield delta

    @classmethod
    async def prepare(
        cls,
        messages: list[RequestMessage],
        api: Api,
        extras: ChatExtras,
    ) -> list[RequestMessage]:
        """The messages as they are sent; a service that reads files itself does so here."""
        return messages


def _body(model: str, messages: list[RequestMessage], extras: ChatExtras) -> JsonObject:
    dialect = dialect_of(extras.preset)
    return chat_body(model, messages, extras.generation, dialect, host=extras.asked.host)


async def _chat_deltas(api: Api, body: JsonObject) -> AsyncGenerator[Delta, None]:
    asked = api.asked
    headers = chat_headers(asked, "text/event-stream")
    request = Request(asked.base + PATH, headers, body, api.proxy)
    reply = ChatReply(asked)
    cause: ChatError | None = None
    refused = partial(refusal, asked=asked)
    async with aclosing(event_stream(api.session, request, api.patience, refused)) as events:
        while not reply.finished:
            try:
                event = await _next(events, reply)
            except ChatError as error:
                error.host = error.host or asked.host
                cause = error
                break
            if event is None:
                break
            for delta in reply.fold(event):
                yield delta
    if reply.unreadable_chunks:
        log.info("skipped %d chunks that were no JSON objects", reply.unreadable_chunks)
    for delta in reply.end(cause):
        yield delta


async def _next(events: AsyncGenerator[ServerEvent, None], reply: ChatReply) -> ServerEvent | None:
    """The next event; None at the end, or if none comes after all that matters has come."""
    try:
        async with asyncio.timeout(_GRACE if reply.has_reason else None):
            return await anext(events, None)
    except TimeoutError:
        return None
