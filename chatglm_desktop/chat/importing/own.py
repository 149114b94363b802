# SPDX-License-Identifier: MIT
"""Reads this program's own JSON, of which nothing gets lost: ids, trees, folders and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from chatglm_desktop.chat.exporting.json_values import FORMAT, VERSION
from chatglm_desktop.chat.importing.data_urls import from_base64
from chatglm_desktop.chat.importing.drafting import newest_leaf
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import (
    LATEST,
    as_dict,
    as_number,
    as_text,
    as_title,
    dicts,
)
from chatglm_desktop.chat.importing.tree import in_order
from chatglm_desktop.core.accounts import Setup
from chatglm_desktop.core.conversation import ConversationSummary
from chatglm_desktop.core.errors import ExportTooNew, Failure
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Imported, Skipped
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Message,
    MessageState,
    Part,
    ReasoningPart,
    Role,
    SourcesPart,
    TextPart,
)
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.values import from_plain

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

_PARTS: Mapping[str, type[Part]] = {
    "text": TextPart,
    "reasoning": ReasoningPart,
    "sources": SourcesPart,
    "images": ImagesPart,
    "attachment": AttachmentPart,
}


def read(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every folder and every conversation; the files go into the luggage."""
    taken: set[str] = set()
    for key in stream.members():
        if key == "version":
            version = as_number(stream.value())
            if version is None or version > VERSION:
                raise ExportTooNew
        elif key == "folders" and stream.peek() == "[":
            yield from _folders(stream.value())
        elif key == "conversations" and stream.peek() == "[":
            for _ in stream.elements():
                yield _conversation(stream.value(), taken)
        elif key == "files" and stream.peek() == "{":
            for digest in stream.members():
                _take_file(digest, as_dict(stream.value()), journey)


def _take_file(digest: str, file: Mapping[str, Any], journey: Journey) -> None:
    packed = as_text(file.get("base64"))
    journey.luggage.restore(digest, len(packed) * 3 // 4, lambda: from_base64(packed))


def _folders(value: object) -> Iterator[Folder]:
    folders: dict[str, Folder] = {}
    for told in dicts(value):
        folder = _maybe(Folder, told)
        if folder is not None and folder.name.strip():
            id = _id(folder.id)
            parent_id = None if folder.parent_id is None else _id(folder.parent_id)
            time = _time(folder.created_at)
            folders.setdefault(
                id, replace(folder, id=id, parent_id=parent_id, created_at=time, trashed_at=None)
            )
    ordered = in_order({id: folder.parent_id for id, folder in folders.items()})
    for id, parent in ordered.items():
        yield replace(folders[id], parent_id=parent)


def _conversation(value: object, taken: set[str]) -> Found:
    told = as_dict(value)
    title = as_title(told.get("title"))
    summary = _maybe(ConversationSummary, told)
    if summary is None or not isinstance(told.get("messages"), list):
        return Skipped(title, "broken")
    id = _id(summary.id)
    if id in taken:
        return Skipped(title, "broken")
    taken.add(id)
    messages = _messages(id, dicts(told.get("messages")), taken)
    if not messages:
        return Skipped(title, "empty")
    archived_at = summary.archived_at
    return Imported(
        replace(
            summary,
            id=id,
            created_at=_time(summary.created_at),
            updated_at=_time(summary.updated_at),
            trashed_at=None,
            folder_id=None if summary.folder_id is None else _id(summary.folder_id),
            archived_at=None if archived_at is None else _time(archived_at),
        ),
        messages,
        _leaf(id, told, messages),
        _maybe(Setup, told.get("setup")) or Setup(),
    )


def _leaf(id: str, told: Mapping[str, Any], messages: tuple[Message, ...]) -> str | None:
    """None where nothing is shown: all was cleared."""
    if "leaf_id" in told and told["leaf_id"] is None:
        return None
    leaf_id = _message_id(id, as_text(told.get("leaf_id")))
    return leaf_id if any(message.id == leaf_id for message in messages) else newest_leaf(messages)


def _messages(
    conversation_id: str, told: list[dict[str, Any]], taken: set[str]
) -> tuple[Message, ...]:
    """The messages in order; an id that stands twice in the file is that of its first message."""
    found: dict[str, Message] = {}
    for values in told:
        message = _message(conversation_id, values)
        if message is not None and message.id not in taken:
            taken.add(message.id)
            found[message.id] = message
    ordered = in_order({id: message.parent_id for id, message in found.items()})
    return tuple(replace(found[id], parent_id=parent) for id, parent in ordered.items())


def _message(conversation_id: str, values: Mapping[str, Any]) -> Message | None:
    try:
        role, state = Role(values.get("role")), MessageState(values.get("state", "complete"))
    except ValueError:
        return None
    id, parent_id = as_text(values.get("id")), as_text(values.get("parent_id"))
    if not id:
        return None
    return Message(
        _message_id(conversation_id, id),
        role,
        tuple(part for part in map(_part, dicts(values.get("parts"))) if part is not None),
        _time(as_number(values.get("created_at")) or 0.0),
        _message_id(conversation_id, parent_id) if parent_id else None,
        MessageState.INTERRUPTED if state.running else state,
        _plain(values.get("model")),
        _plain(values.get("finish_reason")),
        _maybe(Failure, values.get("failure")),
        _maybe(Metrics, values.get("metrics")),
    )


def _part(values: Mapping[str, Any]) -> Part | None:
    kind = values.get("type")
    known = _PARTS.get(kind) if isinstance(kind, str) else None
    return None if known is None else _maybe(known, values)


def _maybe(kind: type[T], value: object) -> T | None:
    """A ``kind`` from plain values, None if they make none."""
    try:
        return from_plain(kind, value)
    except ValueError:
        return None


def _plain(value: object) -> str:
    """A text as it is: what this program has written it can store again."""
    return value if isinstance(value, str) else ""


def _id(text: str) -> str:
    """An id as this program makes them; another one for what is none."""
    return text if _ID.fullmatch(text) else made_id(FORMAT, as_text(text))


def _message_id(conversation_id: str, text: str) -> str:
    return text if _ID.fullmatch(text) else made_id(FORMAT, conversation_id, text)


def _time(seconds: float) -> float:
    return min(max(seconds, 0.0), LATEST)
