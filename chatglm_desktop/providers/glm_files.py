# SPDX-License-Identifier: MIT
"""Lets the GLM service read documents and pastes their text into messages; decodes none itself."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import PurePath

import aiohttp

from chatglm_desktop.core.errors import FileRefused, ProtocolError
from chatglm_desktop.core.provider import RequestFile, RequestMessage
from chatglm_desktop.providers.openai_http import Api
from chatglm_desktop.providers.payload import as_text

MOST_BYTES = 50_000_000

READABLE = frozenset(
    {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".csv", ".txt", ".md", ".jsonl"}
)
"""The ends of names of documents that the service reads."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """``texts`` keeps what was read, by the SHA-256 of the file, so that it is sent only once."""

    api: Api
    texts: MutableMapping[str, str]

    async def read_all(self, messages: list[RequestMessage]) -> list[RequestMessage]:
        """The messages with the text of their documents, and only with pictures as files.

        Raises FileRefused for what the service does not read, before anything is sent.
        """
        for message in messages:
            for file in message.get("files", ()):
                self._check(file)
        return [await self._read(message) for message in messages]

    async def _read(self, message: RequestMessage) -> RequestMessage:
        files = message.get("files", ())
        documents = [file for file in files if not _is_picture(file)]
        if not documents:
            return message
        texts = [f"[{file.name}]\n{await self._text(file)}" for file in documents]
        return {
            "role": message["role"],
            "content": "\n\n".join(filter(None, (*texts, message["content"]))),
            "files": [file for file in files if _is_picture(file)],
        }

    async def _text(self, file: RequestFile) -> str:
        digest = hashlib.sha256(file.data).hexdigest()
        if digest not in self.texts:
            self.texts[digest] = await self._extract(file)
        return self.texts[digest]

    async def _extract(self, file: RequestFile) -> str:
        form = aiohttp.FormData()
        form.add_field("purpose", "file-extract")
        form.add_field("file", file.data, filename=file.name, content_type=file.media_type)
        answer = await self.api.post("/files", form)
        file_id = as_text(answer.get("id"))
        if not file_id:
            raise ProtocolError(details="a file without an id", host=self.api.asked.host)
        content = await self.api.get(f"/files/{file_id}/content")
        text = as_text(content.get("content"))
        if not text.strip():
            raise FileRefused(f"{file.name}: no text was found in it", host=self.api.asked.host)
        return text

    def _check(self, file: RequestFile) -> None:
        if _is_picture(file):
            return
        kind = PurePath(file.name).suffix.lower()
        if kind not in READABLE:
            raise FileRefused(f"{file.name}: {kind or file.media_type}", host=self.api.asked.host)
        if len(file.data) > MOST_BYTES:
            words = f"{file.name}: > {MOST_BYTES // 1_000_000} MB"
            raise FileRefused(words, host=self.api.asked.host)


def _is_picture(file: RequestFile) -> bool:
    return file.media_type.startswith("image/")
