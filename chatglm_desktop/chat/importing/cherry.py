# SPDX-License-Identifier: MIT
"""Reads Cherry Studio's ``data.json``: the tables of its database, joined to conversations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chatglm_desktop.chat.importing.cherry_blocks import Blocks, add_message
from chatglm_desktop.chat.importing.drafting import Draft, Heading, conversation
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import as_dict, as_text, as_time, as_title, dicts
from chatglm_desktop.core.folders import Folder
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import Role

_SETTINGS = "persist:cherry-studio"
_TOPIC = "topic:"
_UNTITLED = ("默认话题", "Default Topic", "預設話題")


@dataclass(slots=True)
class _Tables:
    """What is needed of a backup, in whichever order it stands there."""

    topics: list[dict[str, Any]] = field(default_factory=list)
    blocks: Blocks = field(default_factory=dict)
    assistants: list[dict[str, Any]] = field(default_factory=list)


def read(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every topic, in a folder for each assistant that has a name."""
    tables = _Tables()
    for key in stream.members():
        if key == "localStorage":
            tables.assistants = _assistants(stream.value())
        elif key == "indexedDB" and stream.peek() == "{":
            _read_tables(stream, tables)
        elif key == "indexedDB":
            # As the first version wrote it: a list of keys and values.
            for entry in dicts(stream.value()):
                if as_text(entry.get("key")).startswith(_TOPIC):
                    tables.topics.append(as_dict(entry.get("value")))
    headings: dict[str, Heading] = {}
    for assistant in tables.assistants:
        folder = _folder(assistant, journey.now)
        if folder is not None:
            yield folder
        for heading in _headings(assistant, folder):
            headings.setdefault(heading.id, heading)
    for topic in tables.topics:
        yield _conversation(topic, headings, tables.blocks, journey)


def _read_tables(stream: JsonStream, tables: _Tables) -> None:
    for table in stream.members():
        if stream.peek() != "[":
            continue
        if table == "topics":
            for _ in stream.elements():
                tables.topics.append(as_dict(stream.value()))
        elif table == "message_blocks":
            for _ in stream.elements():
                block = as_dict(stream.value())
                tables.blocks[as_text(block.get("id"))] = block


def _assistants(storage: object) -> list[dict[str, Any]]:
    """The assistants with their topics, which stand there as JSON in JSON in JSON."""
    settings = _unpacked(as_dict(storage).get(_SETTINGS))
    told = as_dict(_unpacked(as_dict(settings).get("assistants")))
    return [*dicts(told.get("assistants")), *dicts([told.get("defaultAssistant")])]


def _unpacked(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return None


def _folder(assistant: Mapping[str, Any], now: float) -> Folder | None:
    name = as_title(assistant.get("name"))
    if not name or assistant.get("id") == "default" or not dicts(assistant.get("topics")):
        return None
    id = made_id("cherry-studio", "assistant", as_text(assistant.get("id")) or name)
    return Folder(id, name, now, system_prompt=as_text(assistant.get("prompt")))


def _headings(assistant: Mapping[str, Any], folder: Folder | None) -> Iterator[Heading]:
    for topic in dicts(assistant.get("topics")):
        title = as_title(topic.get("name"))
        prompt = as_text(topic.get("prompt"))
        if folder is None:
            prompt = prompt or as_text(assistant.get("prompt"))
        yield Heading(
            "cherry-studio",
            as_text(topic.get("id")),
            "" if title in _UNTITLED else title,
            as_time(topic.get("createdAt")),
            as_time(topic.get("updatedAt")),
            pinned=topic.get("pinned") is True,
            folder_id=None if folder is None else folder.id,
            system_prompt=prompt,
        )


def _conversation(
    topic: Mapping[str, Any], headings: Mapping[str, Heading], blocks: Blocks, journey: Journey
) -> Found:
    id = as_text(topic.get("id"))
    heading = headings.get(id) or Heading("cherry-studio", id)
    if not id or not isinstance(topic.get("messages"), list):
        return Skipped(heading.title, "broken")
    journey.begin(heading.source, heading.id)
    drafts: dict[str, Draft] = {}
    leaf: str | None = None
    for turn in _turns(dicts(topic.get("messages"))):
        parent, leaf = leaf, None
        for message in turn:
            draft = _draft(message, parent)
            if draft is None or draft.id in drafts:
                continue
            add_message(draft, message, blocks, journey)
            drafts[draft.id] = draft
            if leaf is None or _is_chosen(message):
                leaf = draft.id
        leaf = leaf or parent
    return conversation(heading, list(drafts.values()), leaf, journey.now)


def _turns(messages: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The messages one after the other, answers of several models to one question together."""
    turn: list[dict[str, Any]] = []
    for message in messages:
        asked = as_text(message.get("askId"))
        if turn and not (asked and message.get("role") == "assistant" and asked == _asked(turn)):
            yield turn
            turn = []
        turn.append(message)
    if turn:
        yield turn


def _asked(turn: Sequence[Mapping[str, Any]]) -> str:
    first = turn[0]
    return as_text(first.get("askId")) if first.get("role") == "assistant" else ""


def _is_chosen(message: Mapping[str, Any]) -> bool:
    return message.get("foldSelected") is True or message.get("useful") is True


def _draft(message: Mapping[str, Any], parent: str | None) -> Draft | None:
    role = {"user": Role.USER, "assistant": Role.ASSISTANT}.get(as_text(message.get("role")))
    id = as_text(message.get("id"))
    # A message of the type "clear" only says that what is above is not sent any more.
    if role is None or not id or message.get("type") == "clear":
        return None
    draft = Draft(id, role, parent, as_time(message.get("createdAt")))
    model = as_dict(message.get("model"))
    draft.model = as_text(model.get("name")) or as_text(message.get("modelId"))
    return draft
