# SPDX-License-Identifier: MIT
"""The bases that all providers share; knows no API."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from typing import ClassVar, TypeAlias

from chatglm_desktop.core.deltas import Delta
from chatglm_desktop.core.errors import ModelNotFound
from chatglm_desktop.core.provider import RequestMessage

AsyncResult: TypeAlias = AsyncGenerator[Delta, None]


class AsyncGeneratorProvider(ABC):
    """Talks to one API and yields a reply as deltas. It is used as a class, never made."""

    url: ClassVar[str]
    api_endpoint: ClassVar[str]
    working: ClassVar[bool] = False
    supports_stream: ClassVar[bool] = False
    supports_system_message: ClassVar[bool] = False
    supports_message_history: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def create_async_generator(
        cls,
        model: str,
        messages: list[RequestMessage],
        proxy: str | None = None,
        **kwargs: object,
    ) -> AsyncResult:
        """Stream the reply to ``messages``: ``str`` for new text, else a value of core.deltas.

        ``proxy`` is the URL of an HTTP proxy. Keywords that a provider does not know are
        meant for another one and ignored. Raises ChatErrors only.
        """


class ProviderModelMixin:
    """The models that a provider offers."""

    default_model: ClassVar[str]
    models: ClassVar[list[str]]

    @classmethod
    def get_model(cls, model: str) -> str:
        """``model`` if it is known, the default one if it is empty; else raises ModelNotFound."""
        if not model:
            return cls.default_model
        if model not in cls.models:
            raise ModelNotFound(f"{model}; known: {', '.join(cls.models)}")
        return model
