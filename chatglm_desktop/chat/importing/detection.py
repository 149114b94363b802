# SPDX-License-Identifier: MIT
"""Finds out whose a JSON document is by what is in it, never by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatglm_desktop.chat.exporting.json_values import FORMAT
from chatglm_desktop.chat.importing import chatbox, chatgpt, cherry, claude, nextchat, own
from chatglm_desktop.chat.importing.journey import Reader
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import as_dict, as_list
from chatglm_desktop.core.imports import ImportSource

_LOOKED_AT = 100
"""Elements of a list that are looked at: the first ones may be broken."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Whose document it is, and what reads it."""

    source: ImportSource
    read: Reader


OWN = Kind(FORMAT, own.read)
CHATGPT = Kind("chatgpt", chatgpt.read)
CLAUDE = Kind("claude", claude.read)
CHERRY = Kind("cherry-studio", cherry.read)
CHATBOX = Kind("chatbox", chatbox.read)
NEXTCHAT = Kind("nextchat", nextchat.read_backup)
NEXTCHAT_SINGLE = Kind("nextchat", nextchat.read_single)

_KEYS: Mapping[str, Kind] = {
    "mapping": CHATGPT,
    "chat_messages": CLAUDE,
    "indexedDB": CHERRY,
    "chat-sessions": CHATBOX,
    "chat-sessions-list": CHATBOX,
    "chat-next-web-store": NEXTCHAT,
}


def detect(stream: JsonStream) -> Kind | None:
    """Whose document it is; None if that is not known. Reads no more than it must."""
    match stream.peek():
        case "[":
            return _of_list(stream)
        case "{":
            return _of_object(stream)
        case _:
            return None


def _of_list(stream: JsonStream) -> Kind | None:
    for number, _ in enumerate(stream.elements()):
        element = as_dict(stream.value()) if number < _LOOKED_AT else {}
        for key in ("mapping", "chat_messages"):
            if key in element:
                return _KEYS[key]
    return None


def _of_object(stream: JsonStream) -> Kind | None:
    single: Kind | None = None
    for key in stream.members():
        if key == "format" and stream.peek() == '"':
            if stream.value() == FORMAT:
                return OWN
        elif key in _KEYS:
            return _KEYS[key]
        elif key.startswith(chatbox.SESSION):
            return CHATBOX
        elif key == "conversations" and stream.peek() == "[":
            # Here only those of ChatGPT: a file of this program begins with its format.
            if found := _of_list(stream):
                return found
        elif key == "messages" and stream.peek() == "[":
            first = [as_dict(message) for message in as_list(stream.value())[:_LOOKED_AT]]
            if any("role" in message and "content" in message for message in first):
                single = NEXTCHAT_SINGLE
    return single
