# SPDX-License-Identifier: MIT
"""Reads Claude's ``conversations.json``: lists of messages, in newer ones trees of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chatglm_desktop.chat.importing.drafting import Draft, Heading, conversation, fenced
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.loose import as_dict, as_text, as_time, as_title, dicts
from chatglm_desktop.chat.importing.tree import in_order
from chatglm_desktop.core.imports import Skipped
from chatglm_desktop.core.messages import Role

_PASTED = "pasted.txt"


def read(stream: JsonStream, journey: Journey) -> Iterator[Found]:
    """Every conversation of a list, or the only one."""
    if stream.peek() == "{":
        yield _conversation(stream.value(), journey)
        return
    for _ in stream.elements():
        yield _conversation(stream.value(), journey)


def _conversation(value: object, journey: Journey) -> Found:
    told = as_dict(value)
    title = as_title(told.get("name")) or as_title(told.get("summary"))
    id = as_text(told.get("uuid"))
    if not id or not isinstance(told.get("chat_messages"), list):
        return Skipped(title, "broken")
    heading = Heading(
        "claude",
        id,
        title,
        as_time(told.get("created_at")),
        as_time(told.get("updated_at")),
        pinned=told.get("is_starred") is True,
    )
    journey.begin(heading.source, heading.id)
    messages: dict[str, dict[str, Any]] = {}
    for place, message in enumerate(dicts(told.get("chat_messages"))):
        messages.setdefault(as_text(message.get("uuid")) or str(place), message)
    model = as_text(told.get("model"))
    drafts = [
        _draft(id, parent, messages[id], model, journey)
        for id, parent in in_order(_parents(messages)).items()
    ]
    leaf = as_text(told.get("current_leaf_message_uuid")) or None
    return conversation(heading, drafts, leaf, journey.now)


def _parents(messages: Mapping[str, Mapping[str, Any]]) -> dict[str, str | None]:
    """What each message follows: what it names, or in a list without names the one before."""
    if any("parent_message_uuid" in message for message in messages.values()):
        return {
            id: as_text(message.get("parent_message_uuid")) or None
            for id, message in messages.items()
        }
    return dict(zip(messages, (None, *messages), strict=False))


def _draft(
    id: str, parent: str | None, message: Mapping[str, Any], model: str, journey: Journey
) -> Draft:
    role = Role.USER if message.get("sender") in ("human", "user") else Role.ASSISTANT
    draft = Draft(id, role, parent, as_time(message.get("created_at")))
    draft.model = as_text(message.get("model")) or model
    blocks = dicts(message.get("content"))
    for block in blocks:
        _add_block(draft, block)
    if not draft.texts and not any(block.get("type") == "text" for block in blocks):
        draft.say(as_text(message.get("text")))
    _add_files(draft, message, journey)
    return draft


def _add_block(draft: Draft, block: Mapping[str, Any]) -> None:
    match block.get("type"):
        case "text":
            draft.say(as_text(block.get("text")))
            for citation in dicts(block.get("citations")):
                details = as_dict(citation.get("details"))
                draft.cite(details.get("url") or citation.get("url"), details.get("title"))
        case "thinking":
            draft.think(as_text(block.get("thinking")))
            began = as_time(block.get("start_timestamp"))
            ended = as_time(block.get("stop_timestamp"))
            timed = began is not None and ended is not None
            draft.seconds += max((ended or 0.0) - (began or 0.0), 0.0) if timed else 0.0
        case "tool_use":
            _add_tool(draft, as_text(block.get("name")), as_dict(block.get("input")))
        case "tool_result":
            for item in dicts(block.get("content")):
                draft.cite(item.get("url"), item.get("title"))
        case _:
            pass


def _add_tool(draft: Draft, name: str, given: Mapping[str, Any]) -> None:
    """What was written with a tool: a document beside the conversation, or code that was run."""
    body = as_text(given.get("content"))
    if name == "artifacts" and body.strip():
        if title := as_title(given.get("title")):
            draft.say(f"**{title}**")
        kind = as_text(given.get("type"))
        language = as_text(given.get("language"))
        plain = kind == "text/markdown" or (kind == "text/plain" and not language)
        draft.say(body if plain else fenced(body, language or _language(kind)))
    elif name in ("repl", "analysis_tool"):
        draft.say(_code(as_text(given.get("code")), "javascript"))
    elif name == "bash_tool":
        draft.say(_code(as_text(given.get("command")), "bash"))


def _code(text: str, language: str) -> str:
    return fenced(text, language) if text.strip() else ""


def _language(kind: str) -> str:
    return {"text/html": "html", "image/svg+xml": "xml", "application/vnd.ant.react": "jsx"}.get(
        kind, ""
    )


def _add_files(draft: Draft, message: Mapping[str, Any], journey: Journey) -> None:
    for attachment in dicts(message.get("attachments")):
        name = as_text(attachment.get("file_name")) or _PASTED
        text = as_text(attachment.get("extracted_content"))
        if not text:
            journey.luggage.leave()
            draft.miss(name)
            continue
        part = journey.written(name, text)
        if part is None:
            draft.say(text)
        else:
            draft.files.append(part)
    # Newer exports name the same files in both lists.
    told = (*dicts(message.get("files")), *dicts(message.get("files_v2")))
    files = [(as_text(file.get("file_uuid")), as_text(file.get("file_name"))) for file in told]
    for id, name in dict.fromkeys(files):
        draft.attach(journey.packed(name, id, name), name or "file")
