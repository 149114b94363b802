# SPDX-License-Identifier: MIT
"""Reads NextChat's backup, and the JSON that it writes of a single conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chatglm_desktop.chat.importing.drafting import Draft, Heading, conversation
from chatglm_desktop.chat.importing.ids import made_id
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.local_time import LocalTimes
from chatglm_desktop.chat.importing.loose import as_dict, as_list, as_text, as_time, as_title, dicts
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import Role

STORE = "chat-next-web-store"
_UNTITLED = (
    "New Conversation",
    "新的聊天",
    "新的對話",
    "新しいチャット",
    "새 채팅",
    "Neuer Chat",
    "Nouvelle discussion",
    "Nuevo chat",
    "Nova Conversa",
    "Nuova chat",
    "Новый чат",
)
_TOPIC_FOLLOWS = ("You are an assistant that ", "你是一个助手 ", "你是一個助手 ")
"""How the first message of a single conversation begins, which ends with its topic."""

_FIRST = 3
"""Messages by which a single conversation without an id is known again."""


def read_backup(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every session of a backup."""
    for key in stream.members():
        if key != STORE or stream.peek() != "{":
            continue
        for part in stream.members():
            if part == "sessions" and stream.peek() == "[":
                for _ in stream.elements():
                    yield _session(stream.value(), journey)


def read_single(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """The one conversation of a file that holds its messages and nothing else."""
    messages = dicts(as_dict(stream.value()).get("messages"))
    title = ""
    if messages and messages[0].get("role") == "system":
        title = _topic(as_text(messages[0].get("content")))
        messages = messages[1:]
    begin = [f"{_plain(m.get('role'))}:{_plain(m.get('content'))}" for m in messages[:_FIRST]]
    heading = Heading("nextchat", made_id("nextchat", "single", *begin), title)
    # Without ids of their own they are known by their place and what they say.
    named = [
        {**message, "id": f"{place}:{_plain(message.get('content'))}"}
        for place, message in enumerate(messages)
    ]
    yield _of_messages(heading, named, journey)


def _topic(words: str) -> str:
    for beginning in _TOPIC_FOLLOWS:
        if words.startswith(beginning):
            return _title(as_title(words.removeprefix(beginning)))
    return ""


def _title(topic: str) -> str:
    return "" if topic in _UNTITLED else topic


def _session(value: object, journey: Journey) -> Found:
    told = as_dict(value)
    topic = as_title(told.get("topic"))
    id = as_text(told.get("id"))
    if not id or not isinstance(told.get("messages"), list):
        return Skipped(topic, "broken")
    mask = as_dict(told.get("mask"))
    context = [as_dict(message) for message in dicts(mask.get("context"))]
    prompts = [_plain(m.get("content")) for m in context if m.get("role") == "system"]
    heading = Heading(
        "nextchat",
        id,
        _title(topic),
        updated_at=as_time(told.get("lastUpdate")),
        system_prompt="\n\n".join(filter(None, prompts)),
    )
    return _of_messages(heading, dicts(told.get("messages")), journey)


def _of_messages(
    heading: Heading, messages: Sequence[Mapping[str, Any]], journey: Journey
) -> Found:
    journey.begin(heading.source, heading.id)
    times = LocalTimes(heading.updated_at if heading.updated_at is not None else journey.now)
    drafts: list[Draft] = []
    seen: set[str] = set()
    for place, message in enumerate(messages):
        role = {"user": Role.USER, "assistant": Role.ASSISTANT}.get(_plain(message.get("role")))
        if role is None or message.get("isMcpResponse") is True:
            continue
        parent = drafts[-1].id if drafts else None
        id = as_text(message.get("id"))
        draft = Draft(str(place) if id in seen or not id else id, role, parent)
        seen.add(draft.id)
        draft.time = times.read(as_text(message.get("date")))
        draft.model = as_text(message.get("model"))
        _add_content(draft, message.get("content"), journey)
        if message.get("isError") is True:
            draft.fail("")
        drafts.append(draft)
    leaf = drafts[-1].id if drafts else None
    return conversation(heading, drafts, leaf, journey.now)


def _add_content(draft: Draft, content: object, journey: Journey) -> None:
    draft.say(as_text(content))
    for part in map(as_dict, as_list(content)):
        draft.say(as_text(part.get("text")))
        url = as_text(as_dict(part.get("image_url")).get("url"))
        if url:
            draft.add_picture(url, journey.luggage)


def _plain(content: object) -> str:
    """The text of a message, without its pictures."""
    if isinstance(content, str):
        return as_text(content)
    return "\n".join(filter(None, (as_text(part.get("text")) for part in dicts(content))))
