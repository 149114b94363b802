# SPDX-License-Identifier: MIT
"""One API each: a request goes out, deltas come back; imports aiohttp, so import it late."""

from chatglm_desktop.core.deltas import (
    ConversationRef,
    Delta,
    FinishReason,
    Image,
    Images,
    Reasoning,
    Revision,
    Source,
    Sources,
    Usage,
)
from chatglm_desktop.core.errors import ChatError, ModelNotFound
from chatglm_desktop.providers.base import (
    AsyncGeneratorProvider,
    AsyncResult,
    ProviderModelMixin,
)
from chatglm_desktop.providers.chatglm import ChatGLM

__all__ = [
    "AsyncGeneratorProvider",
    "AsyncResult",
    "ChatError",
    "ChatGLM",
    "ConversationRef",
    "Delta",
    "FinishReason",
    "Image",
    "Images",
    "ModelNotFound",
    "ProviderModelMixin",
    "Reasoning",
    "Revision",
    "Source",
    "Sources",
    "Usage",
]
