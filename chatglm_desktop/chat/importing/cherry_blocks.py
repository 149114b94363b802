# SPDX-License-Identifier: MIT
"""What one message of Cherry Studio says: its blocks, or in older backups its own fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from chatglm_desktop.chat.importing.drafting import Draft, fenced
from chatglm_desktop.chat.importing.journey import Journey
from chatglm_desktop.chat.importing.loose import as_dict, as_list, as_number, as_text, dicts
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import MessageState, Role

Blocks: TypeAlias = dict[str, dict[str, Any]]


def add_message(draft: Draft, message: Mapping[str, Any], blocks: Blocks, journey: Journey) -> None:
    """Add what ``message`` says to ``draft``."""
    if message.get("status") == "paused":
        draft.state = MessageState.STOPPED
    for id in as_list(message.get("blocks")):
        _add_block(draft, blocks.get(as_text(id), {}), journey)
    _add_fields(draft, message, journey)


def _add_block(draft: Draft, block: Mapping[str, Any], journey: Journey) -> None:
    match block.get("type"):
        case "main_text" | "compact":
            draft.say(as_text(block.get("content")))
        case "thinking":
            draft.think(as_text(block.get("content")))
            _add_milliseconds(draft, block.get("thinking_millsec"))
        case "code":
            draft.say(fenced(as_text(block.get("content")), as_text(block.get("language"))))
        case "image":
            _add_image(draft, block, journey)
        case "file":
            _add_file(draft, as_dict(block.get("file")), journey)
        case "citation":
            _add_citation(draft, as_dict(block.get("response")).get("results"))
            for known in dicts(block.get("knowledge")):
                draft.cite(known.get("sourceUrl"), known.get("title"), known.get("content"))
        case "error":
            _add_error(draft, block.get("error"))
        case _:
            pass  # translations, tools, videos


def _add_fields(draft: Draft, message: Mapping[str, Any], journey: Journey) -> None:
    """What a message held before there were blocks."""
    metadata = as_dict(message.get("metadata"))
    draft.think(as_text(message.get("reasoning_content")))
    if message.get("reasoning_content"):
        metrics = as_dict(message.get("metrics"))
        _add_milliseconds(draft, metrics.get("time_thinking_millsec"))
    draft.say(as_text(message.get("content")))
    for file in dicts(message.get("files")):
        _add_file(draft, file, journey)
    _add_generated(draft, as_dict(metadata.get("generateImage")), journey)
    for key in ("annotations", "citations", "webSearchInfo", "webSearch"):
        _add_citation(draft, metadata.get(key))
    if message.get("status") == "error":
        _add_error(draft, message.get("error"))


def _add_milliseconds(draft: Draft, value: object) -> None:
    draft.seconds += max((as_number(value) or 0.0) / 1000, 0.0)


def _add_image(draft: Draft, block: Mapping[str, Any], journey: Journey) -> None:
    if file := as_dict(block.get("file")):
        _add_file(draft, file, journey)
    elif url := as_text(block.get("url")):
        draft.add_picture(url, journey.luggage)
    else:
        made = as_dict(as_dict(block.get("metadata")).get("generateImageResponse"))
        _add_generated(draft, made, journey)


def _add_generated(draft: Draft, made: Mapping[str, Any], journey: Journey) -> None:
    for image in as_list(made.get("images")):
        text = as_text(image)
        is_address = is_web(text) or text.startswith("data:")
        address = text if is_address else f"data:image/png;base64,{text}"
        draft.add_picture(address, journey.luggage)


def _add_file(draft: Draft, file: Mapping[str, Any], journey: Journey) -> None:
    name = as_text(file.get("origin_name")) or as_text(file.get("name"))
    part = journey.packed(name, as_text(file.get("id")), as_text(file.get("name")))
    draft.attach(part, name or "file")


def _add_citation(draft: Draft, results: object) -> None:
    for url, title, text in _sources(results):
        draft.cite(url, title, text)


def _sources(results: object) -> Iterator[tuple[object, object, object]]:
    """Address, title and text of each source; every search service writes them its own way."""
    if nested := as_dict(results).get("results"):
        results = nested
    for chunk in dicts(as_dict(results).get("groundingChunks")):
        web = as_dict(chunk.get("web"))
        yield web.get("uri"), web.get("title"), ""
    for result in as_list(results):
        told = as_dict(result)
        told = as_dict(told.get("url_citation")) or told
        url = result if isinstance(result, str) else told.get("url") or told.get("link")
        yield url, told.get("title"), told.get("content")


def _add_error(draft: Draft, error: object) -> None:
    if draft.role is Role.ASSISTANT:
        draft.fail(as_text(as_dict(error).get("message")))
