# SPDX-License-Identifier: MIT
"""Which source a citation mark in the text refers to; knows no layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.markdown.blocks import Span

_BRACKETS = "【】[]"
_DAGGER = "†"


def cited(mark: str, sources: Sequence[Source]) -> int | None:
    """The index of the source that ``mark`` refers to; None if it is none that is known.

    Of ``turn1search3``, ``3†source`` or ``ref_1†title†address`` the first part is the source's
    own mark or its number; any part may be its address.
    """
    parts = [part.strip() for part in mark.strip(_BRACKETS).split(_DAGGER)]
    for index, source in enumerate(sources):
        if source.mark and source.mark in (mark, parts[0]):
            return index
    for index, source in enumerate(sources):
        if any(_same_page(part, source.url) for part in parts):
            return index
    if parts[0].isdecimal() and 1 <= int(parts[0]) <= len(sources):
        return int(parts[0]) - 1
    return None


def _same_page(address: str, url: str) -> bool:
    return "://" in address and address.rstrip("/") == url.rstrip("/")


def numbered(spans: Sequence[Span], sources: Sequence[Source]) -> tuple[Span, ...]:
    """``spans`` whose citation marks show the number that their source has in the list.

    A mark of no known source is text like any other.
    """
    return tuple(_numbered(span, sources) if span.cite else span for span in spans)


def _numbered(span: Span, sources: Sequence[Source]) -> Span:
    index = cited(span.cite, sources)
    if index is None:
        return replace(span, text=f"[{span.text}]", cite="")
    return replace(span, text=str(index + 1))


class CitedReferences(Mapping[str, str]):
    """Link definitions of a text, together with the sources that its citation marks mean."""

    def __init__(self, references: Mapping[str, str], sources: tuple[Source, ...]) -> None:
        self._references = references
        self.sources = sources

    def __getitem__(self, label: str) -> str:
        return self._references[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._references)

    def __len__(self) -> int:
        return len(self._references)
