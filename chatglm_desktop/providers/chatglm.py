# SPDX-License-Identifier: MIT
"""The guest service of chatglm.cn: its request and the life of one reply; knows no window."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import ClassVar, cast

import aiohttp

from chatglm_desktop.core.errors import ConnectionFailed, InvalidRequest
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.providers import guest_errors
from chatglm_desktop.providers.base import (
    AsyncGeneratorProvider,
    AsyncResult,
    ProviderModelMixin,
)
from chatglm_desktop.providers.guest_events import GuestReply
from chatglm_desktop.providers.http import Request, event_stream
from chatglm_desktop.providers.patience import Patience
from chatglm_desktop.providers.payload import JsonObject

log = logging.getLogger(__name__)

_ASSISTANT_ID = "65940acff94777010aa6b796"
_USER_AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36"
)


@dataclass(frozen=True, slots=True)
class _Extras:
    """The keywords of ``create_async_generator``; one that is None counts as not given."""

    api_endpoint: str
    device_id: str
    conversation_id: str
    session: aiohttp.ClientSession | None
    patience: Patience

    @classmethod
    def read(cls, kwargs: Mapping[str, object], default_endpoint: str) -> _Extras:
        device_id = cast("str", kwargs.get("device_id") or uuid.uuid4().hex)
        if not (device_id.isascii() and device_id.isprintable()):
            raise InvalidRequest("The device_id cannot be sent in a header.")
        return cls(
            api_endpoint=cast("str", kwargs.get("api_endpoint") or default_endpoint),
            device_id=device_id,
            conversation_id=cast("str", kwargs.get("conversation_id") or ""),
            session=cast("aiohttp.ClientSession | None", kwargs.get("session")),
            patience=Patience.of(kwargs.get("timeout"), kwargs.get("patience")),
        )


class ChatGLM(AsyncGeneratorProvider, ProviderModelMixin):
    """The unofficial guest service: no key, no history, no system message.

    By the public record it may refuse at any time. A refusal is an error with the service's
    words; nothing is retried and nothing is worked around.
    """

    url: ClassVar[str] = "https://chatglm.cn"
    api_endpoint: ClassVar[str] = "https://chatglm.cn/chatglm/mainchat-api/guest/stream"
    working: ClassVar[bool] = True
    supports_stream: ClassVar[bool] = True
    supports_system_message: ClassVar[bool] = False
    supports_message_history: ClassVar[bool] = False
    default_model: ClassVar[str] = "glm-4"
    models: ClassVar[list[str]] = ["glm-4"]

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncResult:
        """Stream the reply to ``messages``; ends with ``FinishReason("stop")`` or raises.

        Keywords: ``api_endpoint`` (another address), ``device_id`` (32 hexadecimal digits; a
        fresh one if not given), ``conversation_id`` (continues one, at best),
        ``session`` (an aiohttp session to use and leave open), ``patience`` (how long to wait at
        each step), ``timeout`` (seconds of silence to bear, in place of it). The model's name is
        a label that is never sent. Raises ChatErrors only; a TypeError for a ``timeout`` that is
        no number.
        """
        cls.get_model(model)
        extras = _Extras.read(kwargs, cls.api_endpoint)
        request = Request(
            url=extras.api_endpoint,
            headers=_headers(extras.device_id),
            body=_body(messages, extras.conversation_id),
            proxy=proxy,
        )
        async with AsyncExitStack() as stack:
            session = extras.session
            if session is None:
                session = await stack.enter_async_context(aiohttp.ClientSession())
            events = event_stream(session, request, extras.patience, guest_errors.refusal)
            await stack.enter_async_context(aclosing(events))
            reply = GuestReply()
            stack.callback(_log_unreadable, reply)
            try:
                async for event in events:
                    for delta in reply.fold(event.data):
                        yield delta
                    if reply.finished:
                        return
            except ConnectionFailed as error:
                raise reply.broken_off(error) from error
            raise reply.broken_off()


def _headers(device_id: str) -> dict[str, str]:
    return {
        "Accept": "text/event-stream",
        "Accept-Language": "en-US,en;q=0.9",
        "App-Name": "chatglm",
        "Authorization": "undefined",
        "Content-Type": "application/json",
        "Origin": "https://chatglm.cn",
        "User-Agent": _USER_AGENT,
        "X-App-Platform": "pc",
        "X-App-Version": "0.0.1",
        "X-Device-Id": device_id,
    }


def _body(messages: list[RequestMessage], conversation_id: str) -> JsonObject:
    return {
        "assistant_id": _ASSISTANT_ID,
        "conversation_id": conversation_id,
        "meta_data": {
            "if_plus_model": False,
            "is_test": False,
            "input_question_type": "xxxx",
            "channel": "",
            "draft_id": "",
            "quote_log_id": "",
            "platform": "pc",
        },
        "messages": [
            {
                "role": message["role"],
                "content": [{"type": "text", "text": message["content"]}],
            }
            for message in messages
        ],
    }


def _log_unreadable(reply: GuestReply) -> None:
    if reply.unreadable_events:
        log.info("skipped %d events that were no JSON objects", reply.unreadable_events)
