# SPDX-License-Identifier: MIT
"""What one message of ChatGPT's export says: text, code, thoughts, pictures, sources."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from chatglm_desktop.chat.importing.drafting import MOST_SOURCES, Draft, fenced
from chatglm_desktop.chat.importing.journey import Journey
from chatglm_desktop.chat.importing.loose import (
    as_count,
    as_dict,
    as_list,
    as_number,
    as_text,
    dicts,
)
from chatglm_desktop.core.messages import Role

_PRIVATE = re.compile("\ue200[^\ue200\ue201]{0,2000}\ue201|[\ue200-\ue206]")
"""What stands in a text for a source, between characters that no font has."""

_LEGACY_MARK = re.compile(r"【(\d+)†[^【】\n]*】")
_THOUGHT_FOR = re.compile(r"(?:(\d+)\s*(?:m|分)\D*)?(\d+)\s*(?:s|秒)")
_MOST_ATTACHED = 100
"""Files of one message among which the name of a picture is looked for."""

_POINTERS = ("file-service://", "sediment://")


def add_content(draft: Draft, message: Mapping[str, Any], journey: Journey) -> None:
    """Add what ``message`` says to ``draft``."""
    content = as_dict(message.get("content"))
    metadata = as_dict(message.get("metadata"))
    kind = as_text(content.get("content_type"))
    recipient = as_text(message.get("recipient")) or "all"
    is_tool = as_dict(message.get("author")).get("role") == "tool"
    match kind:
        case "thoughts":
            for thought in dicts(content.get("thoughts")):
                lines = (as_text(thought.get("summary")), as_text(thought.get("content")))
                draft.think("\n\n".join(filter(None, lines)))
        case "reasoning_recap":
            draft.seconds = draft.seconds or _seconds(content, metadata)
        case "code":
            _add_code(draft, content, recipient)
        case "execution_output":
            if text := as_text(content.get("text")):
                draft.say(fenced(text, "text"))
        case "tether_quote" | "sonic_webpage":
            snippet = content.get("snippet") or content.get("text")
            draft.cite(content.get("url"), content.get("title"), snippet)
        case "multimodal_text":
            _add_parts(draft, content, metadata, journey, with_text=not is_tool)
        case "tether_browsing_display" | "system_error" | "user_editable_context":
            pass
        case _ if not is_tool and recipient == "all":
            _add_parts(draft, content, metadata, journey, with_text=True)
        case _:
            pass  # what the model and its tools say to each other
    if draft.role is Role.USER:
        _add_attachments(draft, metadata, content, journey)


def _seconds(content: Mapping[str, Any], metadata: Mapping[str, Any]) -> float:
    told = as_number(metadata.get("finished_duration_sec"))
    if told is not None and told >= 0:
        return told
    found = _THOUGHT_FOR.search(as_text(content.get("content"))[:200])
    return 60.0 * int(found[1][:6] if found[1] else 0) + int(found[2][:6]) if found else 0.0


def _add_code(draft: Draft, content: Mapping[str, Any], recipient: str) -> None:
    text = as_text(content.get("text")) or "\n".join(filter(None, _strings(content)))
    if recipient.startswith("canmore."):
        _add_canvas(draft, text)
    elif recipient in ("all", "python") and text.strip():
        language = as_text(content.get("language"))
        unknown = language in ("", "unknown")
        draft.say(
            fenced(text, ("python" if recipient == "python" else "") if unknown else language)
        )


def _add_canvas(draft: Draft, text: str) -> None:
    """A document that was written beside the conversation."""
    try:
        document = as_dict(json.loads(text))
    except (ValueError, RecursionError):
        return
    body = as_text(document.get("content"))
    if not body.strip():
        return
    kind, _, language = as_text(document.get("type")).partition("/")
    if name := as_text(document.get("name")):
        draft.say(f"**{name}**")
    draft.say(fenced(body, language) if kind == "code" else body)


def _add_parts(
    draft: Draft,
    content: Mapping[str, Any],
    metadata: Mapping[str, Any],
    journey: Journey,
    *,
    with_text: bool,
) -> None:
    for part in as_list(content.get("parts")):
        if isinstance(part, str) and with_text:
            draft.say(_with_marks(draft, as_text(part), metadata))
        told = as_dict(part)
        match told.get("content_type"):
            case "image_asset_pointer":
                _add_picture(draft, told, metadata, journey)
            case "audio_transcription":
                draft.say(as_text(told.get("text")))
            case "audio_asset_pointer" | "real_time_user_audio_video_asset_pointer":
                journey.luggage.leave()
            case _:
                pass
    if with_text and not as_list(content.get("parts")):
        draft.say(_with_marks(draft, as_text(content.get("text")), metadata))


def _add_picture(
    draft: Draft, pointer: Mapping[str, Any], metadata: Mapping[str, Any], journey: Journey
) -> None:
    id = _asset_id(pointer)
    attached = dicts(metadata.get("attachments"))[:_MOST_ATTACHED]
    name = next((as_text(a.get("name")) for a in attached if a.get("id") == id), "")
    draft.attach(journey.packed(name, id), name or "picture")


def _add_attachments(
    draft: Draft, metadata: Mapping[str, Any], content: Mapping[str, Any], journey: Journey
) -> None:
    """The files of a question but for the pictures that stand in it."""
    shown = {_asset_id(part) for part in dicts(content.get("parts"))}
    for attachment in dicts(metadata.get("attachments")):
        id, name = as_text(attachment.get("id")), as_text(attachment.get("name"))
        if id in shown:
            continue
        draft.attach(journey.packed(name, id, name), name or "file")


def _with_marks(draft: Draft, text: str, metadata: Mapping[str, Any]) -> str:
    """``text`` with our marks where sources stand in it, which become those of ``draft``."""
    for reference in dicts(metadata.get("content_references"))[:MOST_SOURCES]:
        marks = "".join(
            draft.cite(item.get("url"), item.get("title"), item.get("snippet"))
            for item in (reference, *_items(reference))
        )
        matched = as_text(reference.get("matched_text"))
        if matched.strip():
            text = text.replace(matched, marks or as_text(reference.get("alt")), 1)
    for citation in dicts(metadata.get("citations"))[:MOST_SOURCES]:
        told = as_dict(citation.get("metadata"))
        start, end = as_count(citation.get("start_ix")), as_count(citation.get("end_ix"))
        mark = _LEGACY_MARK.search(text[start:end])
        draft.cite(told.get("url"), told.get("title"), told.get("text"), mark[1] if mark else "")
    return _PRIVATE.sub("", text)


def _items(reference: Mapping[str, Any]) -> list[dict[str, Any]]:
    lists = (dicts(reference.get(key)) for key in ("items", "sources", "fallback_items"))
    return [item for found in lists for item in found]


def _asset_id(pointer: Mapping[str, Any]) -> str:
    id = as_text(pointer.get("asset_pointer"))
    for scheme in _POINTERS:
        id = id.removeprefix(scheme)
    # What follows says which part of a larger file is meant.
    return id.partition("#")[0].partition("?")[0]


def _strings(content: Mapping[str, Any]) -> list[str]:
    return [as_text(part) for part in as_list(content.get("parts"))]
