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
from chatglm_desktop.providers.glm import GLM
from chatglm_desktop.providers.openai_compatible import OpenAICompatible

__all__ = [
    "GLM",
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
    "OpenAICompatible",
    "ProviderModelMixin",
    "Reasoning",
    "Revision",
    "Source",
    "Sources",
    "Usage",
]
