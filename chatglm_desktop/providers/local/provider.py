# SPDX-License-Identifier: MIT
"""Replies of a model file: the engine serves it, the OpenAI protocol does the rest; no window."""

from __future__ import annotations

from contextlib import AsyncExitStack, aclosing
from typing import ClassVar, cast

from chatglm_desktop.core.errors import NoModelChosen
from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.core.status import Asking
from chatglm_desktop.providers.base import (
    AsyncGeneratorProvider,
    AsyncResult,
    ProviderModelMixin,
)
from chatglm_desktop.providers.local.engine import Engine, Tell
from chatglm_desktop.providers.openai_compatible import OpenAICompatible

_PRESET = "llama-cpp"
_PASSED_ON = ("generation", "session", "patience", "timeout")


class LocalGGUF(AsyncGeneratorProvider, ProviderModelMixin):
    """Any model in the GGUF format; its name is the path of the file."""

    url: ClassVar[str] = ""
    working: ClassVar[bool] = True
    supports_stream: ClassVar[bool] = True
    supports_system_message: ClassVar[bool] = True
    supports_message_history: ClassVar[bool] = True
    default_model: ClassVar[str] = ""
    models: ClassVar[list[str]] = []

    @classmethod
    def get_model(cls, model: str) -> str:
        """``model`` as it is: whether there is such a file shows when it is opened."""
        return model

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncResult:
        """Stream the reply to ``messages``; ends with a ``FinishReason`` or raises.

        Keywords: ``engine`` (the Engine that keeps the model in memory for the next reply; without
        it the model is loaded for this one alone), ``tell`` (hears the status while the model is
        loaded), and those of OpenAICompatible that have to do with a reply: ``generation``,
        ``session``, ``patience``, ``timeout``. There is no ``proxy`` on the way. Raises ChatErrors
        only.
        """
        path = cls.get_model(model)
        if not path:
            raise NoModelChosen
        tell = cast("Tell | None", kwargs.get("tell"))
        options = {name: kwargs.get(name) for name in _PASSED_ON}
        async with AsyncExitStack() as stack:
            engine = cast("Engine | None", kwargs.get("engine"))
            if engine is None:
                engine = Engine()
                stack.push_async_callback(engine.close)
            endpoint = await stack.enter_async_context(engine.serving(path, tell))
            if tell is not None:
                tell(Asking())
            options |= {"api_endpoint": endpoint.base_url, "api_key": endpoint.token}
            deltas = OpenAICompatible.create_async_generator(
                endpoint.model, messages, None, preset=_PRESET, **options
            )
            await stack.enter_async_context(aclosing(deltas))
            async for delta in deltas:
                yield delta
