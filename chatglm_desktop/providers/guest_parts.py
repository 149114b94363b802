# SPDX-License-Identifier: MIT
"""The pictures and sources of a guest reply, gathered from its parts; knows no event."""

from __future__ import annotations

from collections.abc import Hashable

from chatglm_desktop.core.deltas import Image, Images, Source, Sources
from chatglm_desktop.providers.payload import (
    JsonObject,
    as_number,
    as_object,
    as_objects,
    as_text,
    as_web_address,
)


class Album:
    """The pictures, which arrive out of order, each perhaps first without an address."""

    def __init__(self) -> None:
        self._ranks: dict[Hashable, int] = {}
        self._images: dict[tuple[int, int, int], Image] = {}
        self._taken = Images(())
        self._touched = False

    def add(self, part_key: Hashable, index: int, item: JsonObject) -> None:
        """Take in the content item at ``index`` of a part."""
        rank = self._ranks.setdefault(part_key, len(self._ranks))
        for position, entry in enumerate(as_objects(item.get("image"))):
            url = as_web_address(entry.get("image_url"))
            if not url:
                continue
            order = as_number(entry.get("order"))
            place = (rank, index, position) if order is None else (rank, order, 0)
            width, height = as_number(entry.get("width")), as_number(entry.get("height"))
            self._images[place] = Image(url, width or 0, height or 0)
            self._touched = True

    def take(self) -> Images | None:
        """Each picture once, in the service's order; None if nothing changed since."""
        if not self._touched:
            return None
        self._touched = False
        in_order = {image.url: image for _, image in sorted(self._images.items(), key=_place)}
        images = Images(tuple(in_order.values()))
        if images == self._taken:
            return None
        self._taken = images
        return images


def _place(entry: tuple[tuple[int, int, int], Image]) -> tuple[int, int, int]:
    return entry[0]


class References:
    """The sources; a mark is what stands in the text's ``【…】`` before any ``†``."""

    def __init__(self) -> None:
        self._quoted: dict[Hashable, list[JsonObject]] = {}
        self._found: dict[Hashable, list[JsonObject]] = {}
        self._taken = Sources(())
        self._touched = False

    def add_quotes(self, part_key: Hashable, meta_data: JsonObject) -> None:
        """Take in the older search result."""
        self._quoted[part_key] = as_objects(meta_data.get("metadata_list"))
        self._touched = True

    def add_results(self, part_key: Hashable, meta_data: JsonObject) -> None:
        """Take in the newer search result."""
        extra = as_object(meta_data.get("tool_result_extra"))
        self._found[part_key] = as_objects(extra.get("search_results"))
        self._touched = True

    def take(self) -> Sources | None:
        """Each source once, in order of arrival; None if nothing changed since."""
        if not self._touched:
            return None
        self._touched = False
        quoted = [entry for entries in self._quoted.values() for entry in entries]
        found = [entry for entries in self._found.values() for entry in entries]
        sources = [_source(entry, str(number)) for number, entry in enumerate(quoted, 1)]
        sources += [_source(entry, as_text(entry.get("match_key"))) for entry in found]
        unique = Sources(tuple(dict.fromkeys(source for source in sources if source.url)))
        if unique == self._taken:
            return None
        self._taken = unique
        return unique


def _source(entry: JsonObject, mark: str) -> Source:
    return Source(
        url=as_web_address(entry.get("url")),
        title=as_text(entry.get("title")),
        snippet=as_text(entry.get("snippet")),
        mark=mark,
    )
