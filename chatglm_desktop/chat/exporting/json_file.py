# SPDX-License-Identifier: MIT
"""Conversations in this program's own format, in one file; one thread calls everything here."""

from __future__ import annotations

import json
import math
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chatglm_desktop.chat.exporting import json_values
from chatglm_desktop.chat.exporting.files import Files, close_quietly, open_text
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.folders import Folder, ancestry
from chatglm_desktop.core.messages import Message


class JsonFile:
    """Whole trees. Folders and attached files stand at the end, each once.

    Written are the folders that conversations are in, those around them, and ``wanted``.
    """

    def __init__(
        self,
        path: Path,
        files: Files,
        folders: Mapping[str, Folder],
        wanted: Iterable[str],
        exported_at: str,
    ) -> None:
        self._files = files
        self._folders = folders
        self._wanted: dict[str, None] = {}
        for id in wanted:
            self._want(id)
        self._digests: dict[str, str] = {}
        self._conversations = _Separator()
        self._messages = _Separator()
        self._file = open_text(path)
        head = {"format": json_values.FORMAT, "version": json_values.VERSION}
        self._file.write(f"{_json(head | {'exported_at': exported_at})[:-1]},\n")
        self._file.write('"conversations": [')

    def begin(self, conversation: SavedConversation) -> None:
        self._want(conversation.summary.folder_id)
        values = _json(json_values.conversation_values(conversation))
        self._file.write(f'{self._conversations.next()}{values[:-1]}, "messages": [')
        self._messages = _Separator()

    def add(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._file.write(self._messages.next() + _json(json_values.message_values(message)))
            for part in message.attachments:
                self._digests.setdefault(part.digest, part.media_type)

    def end(self) -> None:
        """End the conversation."""
        self._file.write("\n]}")

    def close(self) -> None:
        """Write folders and attached files, and complete the file."""
        told = [json_values.folder_values(self._folders[id]) for id in self._wanted]
        self._file.write(f'\n],\n"folders": {_json(told)},\n"files": {{')
        separator = _Separator()
        for digest, media_type in self._digests.items():
            if (data := self._files.of(digest)) is not None:
                values = {"media_type": media_type, "base64": b64encode(data).decode()}
                self._file.write(f"{separator.next()}{_json(digest)}: {_json(values)}")
        self._file.write("\n}}\n")
        self._file.close()

    def discard(self) -> None:
        close_quietly(self._file)

    def _want(self, folder_id: str | None) -> None:
        for folder in ancestry(self._folders, folder_id):
            self._wanted[folder.id] = None


class _Separator:
    """What stands before each of several values."""

    def __init__(self) -> None:
        self._next = "\n"

    def next(self) -> str:
        before, self._next = self._next, ",\n"
        return before


def _json(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False)


def _finite(value: Any) -> Any:
    """``value`` with 0 for numbers that JSON does not have."""
    match value:
        case dict():
            return {key: _finite(each) for key, each in value.items()}
        case list():
            return [_finite(each) for each in value]
        case float() if not math.isfinite(value):
            return 0.0
        case _:
            return value
