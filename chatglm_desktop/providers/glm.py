# SPDX-License-Identifier: MIT
"""The official GLM API, in China and abroad, also of the coding plans; knows no window."""

from __future__ import annotations

from typing import ClassVar

from chatglm_desktop.core.provider import RequestMessage
from chatglm_desktop.providers.glm_files import FileReader
from chatglm_desktop.providers.openai_compatible import ChatExtras, OpenAICompatible
from chatglm_desktop.providers.openai_http import Api


class GLM(OpenAICompatible):
    """Takes the keywords of :class:`OpenAICompatible`, and ``file_texts``.

    Documents are read by the service; ``file_texts`` (a dict) keeps their text for the next
    request. A key works only at the address that issued it.
    """

    url: ClassVar[str] = "https://open.bigmodel.cn"
    api_endpoint: ClassVar[str] = "https://open.bigmodel.cn/api/paas/v4"
    default_model: ClassVar[str] = "glm-4.7-flash"
    models: ClassVar[list[str]] = ["glm-4.7-flash", "glm-4.6v-flash", "glm-4.5-flash"]
    default_preset: ClassVar[str] = "bigmodel"

    @classmethod
    async def prepare(
        cls,
        messages: list[RequestMessage],
        api: Api,
        extras: ChatExtras,
    ) -> list[RequestMessage]:
        return await FileReader(api, extras.file_texts).read_all(messages)
