# SPDX-License-Identifier: MIT
"""Reads Chatbox's export: sessions under keys of their own, or in one list in older ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from chatglm_desktop.chat.importing.drafting import Draft, Heading, conversation
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import (
    as_dict,
    as_number,
    as_text,
    as_time,
    as_title,
    dicts,
)
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import Role

SESSION = "session:"
SESSIONS = "chat-sessions"
_UNTITLED = ("Untitled", "未命名", "New Chat", "新对话")
_UNFINISHED = "..."
"""What stands in a reply before its first word."""


def read(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every session, and every earlier thread of one as a conversation of its own."""
    for key in stream.members():
        if key.startswith(SESSION):
            yield from _session(stream.value(), journey)
        elif key == SESSIONS and stream.peek() == "[":
            for _ in stream.elements():
                yield from _session(stream.value(), journey)


def _session(value: object, journey: Journey) -> Iterator[Found]:
    told = as_dict(value)
    name = as_title(told.get("name"))
    id = as_text(told.get("id"))
    if not id or not isinstance(told.get("messages"), list):
        yield Skipped(name, "broken")
        return
    name = "" if name in _UNTITLED else name
    pinned = told.get("starred") is True
    forks = as_dict(told.get("messageForksHash"))
    threads = dicts(told.get("threads"))
    if dicts(told.get("messages")) or not threads:
        title = as_title(told.get("threadName")) if threads else ""
        heading = Heading("chatbox", id, " · ".join(filter(None, (name, title))), pinned=pinned)
        yield _conversation(heading, dicts(told.get("messages")), forks, journey)
    for thread in threads:
        heading = Heading(
            "chatbox",
            as_text(thread.get("id")) or id,
            " · ".join(filter(None, (name, as_title(thread.get("name"))))),
            as_time(thread.get("createdAt")),
        )
        yield _conversation(heading, dicts(thread.get("messages")), forks, journey)


def _conversation(
    heading: Heading,
    messages: list[dict[str, Any]],
    forks: Mapping[str, Any],
    journey: Journey,
) -> Found:
    journey.begin(heading.source, heading.id)
    prompts = [_text(message) for message in messages if message.get("role") == "system"]
    drafts: dict[str, Draft] = {}
    leaf: str | None = None
    waiting: deque[tuple[list[dict[str, Any]], str | None]] = deque([(messages, None)])
    while waiting:
        chain, parent = waiting.popleft()
        for message in chain:
            id = as_text(message.get("id"))
            role = _role(message)
            if role is None or not id or id in drafts:
                continue
            drafts[id] = _draft(id, role, parent, message, journey)
            parent = id
            waiting += [(other, id) for other in _other_ways(forks.get(id))]
        leaf = leaf or parent
    told = replace(heading, system_prompt=next(filter(None, prompts), ""))
    return conversation(told, list(drafts.values()), leaf, journey.now)


def _other_ways(fork: object) -> Iterator[list[dict[str, Any]]]:
    """What else followed a message; the way that is shown stands in the session itself."""
    for way in dicts(as_dict(fork).get("lists")):
        if messages := dicts(way.get("messages")):
            yield messages


def _role(message: Mapping[str, Any]) -> Role | None:
    if message.get("isSummary") is True:
        return None
    match message.get("role"):
        case "user":
            return Role.USER
        case "assistant":
            return Role.ASSISTANT
        case _:
            return None


def _draft(
    id: str, role: Role, parent: str | None, message: Mapping[str, Any], journey: Journey
) -> Draft:
    draft = Draft(id, role, parent, as_time(message.get("timestamp")))
    draft.model = as_text(message.get("model"))
    draft.finish_reason = as_text(message.get("finishReason"))[:40]
    draft.think(as_text(message.get("reasoningContent")))
    parts = dicts(message.get("contentParts"))
    for part in parts:
        _add_part(draft, part, journey)
    if not draft.texts:
        content = as_text(message.get("content"))
        draft.say("" if content == _UNFINISHED else content)
        for picture in dicts(message.get("pictures")):
            draft.add_picture(as_text(picture.get("url")), journey.luggage)
    for link in dicts(as_dict(message.get("webBrowsing")).get("links")):
        draft.cite(link.get("url"), link.get("title"))
    for link in dicts(message.get("links")):
        draft.cite(link.get("url"), link.get("title"))
    for file in dicts(message.get("files")):
        journey.luggage.leave()
        draft.miss(as_text(file.get("name")) or "file")
    if role is Role.ASSISTANT and (words := as_text(message.get("error"))):
        draft.fail(words)
    return draft


def _add_part(draft: Draft, part: Mapping[str, Any], journey: Journey) -> None:
    match part.get("type"):
        case "text":
            text = as_text(part.get("text"))
            draft.say("" if text == _UNFINISHED else text)
        case "reasoning":
            draft.think(as_text(part.get("text")))
            draft.seconds += max((as_number(part.get("duration")) or 0.0) / 1000, 0.0)
        case "image":
            draft.add_picture(as_text(part.get("url")), journey.luggage)
        case "tool-call":
            for found in dicts(as_dict(part.get("result")).get("searchResults")):
                draft.cite(found.get("link"), found.get("title"), found.get("snippet"))
        case _:
            pass


def _text(message: Mapping[str, Any]) -> str:
    parts = dicts(message.get("contentParts"))
    said = [as_text(part.get("text")) for part in parts if part.get("type") == "text"]
    return "\n\n".join(filter(None, said)) or as_text(message.get("content"))
