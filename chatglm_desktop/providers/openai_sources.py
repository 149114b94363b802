# SPDX-License-Identifier: MIT
"""The web pages that a chat completion found, gathered from its chunks; knows no event."""

from __future__ import annotations

from chatglm_desktop.core.deltas import Source, Sources
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_object,
    as_objects,
    as_text,
    as_web_address,
)


class FoundPages:
    """A page's mark is what stands in brackets in the text, as in ``[ref_1]``."""

    def __init__(self) -> None:
        self._found: dict[Source, None] = {}

    def take(self, chunk: JsonObject, message: JsonObject) -> Sources | None:
        """Each page once, in order of arrival; None if this chunk brings none that is new."""
        before = len(self._found)
        hits = [_hit(hit) for hit in as_objects(chunk.get("web_search"))]
        cited = [_citation(note) for note in as_objects(message.get("annotations"))]
        self._found |= dict.fromkeys(source for source in (*hits, *cited) if source.url)
        return Sources(tuple(self._found)) if len(self._found) > before else None


def _hit(hit: JsonObject) -> Source:
    """As GLM names a page."""
    return Source(
        url=as_web_address(hit.get("link")),
        title=as_text(hit.get("title")),
        snippet=as_text(hit.get("content")),
        mark=as_text(hit.get("refer")),
    )


def _citation(note: JsonObject) -> Source:
    """As OpenAI and OpenRouter name one."""
    citation = as_object(note.get("url_citation"))
    return Source(
        url=as_web_address(citation.get("url")),
        title=as_text(citation.get("title")),
        snippet=as_text(citation.get("content")),
    )
