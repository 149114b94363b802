# SPDX-License-Identifier: MIT
"""Parts and failures to plain values and back; knows no JSON text, no row and no file."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from chatglm_desktop.core.deltas import Image, Source
from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import (
    AttachmentPart,
    ImagesPart,
    Part,
    ReasoningPart,
    SourcesPart,
    TextPart,
)

log = logging.getLogger(__name__)


def part_values(part: Part) -> dict[str, Any]:
    """``part`` as JSON can hold it; ``type`` says which kind it is."""
    match part:
        case TextPart(text):
            return {"type": "text", "text": text}
        case ReasoningPart(text, seconds):
            return {"type": "reasoning", "text": text, "seconds": seconds}
        case SourcesPart(items):
            return {"type": "sources", "items": [_source_values(item) for item in items]}
        case ImagesPart(items):
            return {"type": "images", "items": [_image_values(item) for item in items]}
        case AttachmentPart(name, media_type, size, digest):
            return {
                "type": "attachment",
                "name": name,
                "media_type": media_type,
                "size": size,
                "digest": digest,
            }
        case _:
            assert_never(part)


def known_parts(values: Iterable[Mapping[str, Any]]) -> Iterator[Part]:
    """The parts of a kind that this version knows; others are left out.

    Raises KeyError or TypeError for what was never written; the types of single values are not
    checked, because this reads every message that is shown.
    """
    for value in values:
        match value["type"]:
            case "text":
                yield TextPart(value["text"])
            case "reasoning":
                yield ReasoningPart(value["text"], value["seconds"])
            case "sources":
                yield SourcesPart(tuple(map(_source, value["items"])))
            case "images":
                yield ImagesPart(tuple(map(_image, value["items"])))
            case "attachment":
                yield AttachmentPart(
                    value["name"], value["media_type"], value["size"], value["digest"]
                )
            case kind:
                log.info("a part of the unknown kind %r is not shown", kind)


def failure_values(failure: Failure) -> dict[str, Any]:
    """``failure`` as JSON can hold it."""
    return {
        "kind": failure.kind,
        "words": failure.words,
        "status": failure.status,
        "details": failure.details,
        "retry_after": failure.retry_after,
        "host": failure.host,
        "code": failure.code,
    }


def failure_from_values(values: Mapping[str, Any]) -> Failure:
    """Raises KeyError or TypeError for what was never written."""
    return Failure(
        values["kind"],
        values["words"],
        values["status"],
        values["details"],
        values["retry_after"],
        # Not in what older versions wrote.
        values.get("host", ""),
        values.get("code", ""),
    )


def _source_values(source: Source) -> dict[str, Any]:
    return {
        "url": source.url,
        "title": source.title,
        "snippet": source.snippet,
        "mark": source.mark,
    }


def _source(values: Mapping[str, Any]) -> Source:
    return Source(values["url"], values["title"], values["snippet"], values["mark"])


def _image_values(image: Image) -> dict[str, Any]:
    return {"url": image.url, "width": image.width, "height": image.height}


def _image(values: Mapping[str, Any]) -> Image:
    return Image(values["url"], values["width"], values["height"])
