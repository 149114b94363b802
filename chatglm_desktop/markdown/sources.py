# SPDX-License-Identifier: MIT
"""Which source a citation mark in the text refers to; knows no layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chatglm_desktop.core.deltas import Source
from chatglm_desktop.markdown.blocks import Span

_BRACKETS = "【】[]"
_DAGGER = "†"


class _Index:
    """Sources by their marks and pages; the first of several counts."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._count = len(sources)
        self._marks: dict[str, int] = {}
        self._pages: dict[str, int] = {}
        for index, source in enumerate(sources):
            self._marks.setdefault(source.mark, index)
            self._pages.setdefault(source.url.rstrip("/"), index)

    def find(self, mark: str) -> int | None:
        parts = [part.strip() for part in mark.strip(_BRACKETS).split(_DAGGER)]
        keys = [key for key in (mark, parts[0]) if key in self._marks and key]
        if keys:
            return min(self._marks[key] for key in keys)
        addresses = [part.rstrip("/") for part in parts if "://" in part]
        pages = [self._pages[address] for address in addresses if address in self._pages]
        if pages:
            return min(pages)
        if parts[0].isdecimal() and 1 <= int(parts[0]) <= self._count:
            return int(parts[0]) - 1
        return None


def cited(mark: str, sources: Sequence[Source]) -> int | None:
    """The index of the source that ``mark`` refers to; None if it is none that is known.

    Of ``turn1search3``, ``3†source`` or ``ref_1†title†address`` the first part is the source's
    own mark or its number; any part may be its address.
    """
    return _Index(sources).find(mark)


def numbered(spans: Sequence[Span], sources: Sequence[Source]) -> tuple[Span, ...]:
    """``spans`` whose citation marks show the number that their source has in the list.

    A mark of no known source is text like any other.
    """
    if not any(span.cite for span in spans):
        return tuple(spans)
    index = _Index(sources)
    return tuple(_numbered(span, index) if span.cite else span for span in spans)


def _numbered(span: Span, index: _Index) -> Span:
    number = index.find(span.cite)
    if number is None:
        return replace(span, text=f"[{span.text}]", cite="")
    return replace(span, text=str(number + 1))


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


def inline_spans(source: str, references: Mapping[str, str]) -> tuple[Span, ...]:
    """Inline Markdown as runs of text in one style."""
    # The Markdown library is imported when the first reply is shown, not at start.
    from chatglm_desktop.markdown.inline import parse_inline

    spans = parse_inline(source, references)
    return numbered(spans, references.sources) if isinstance(references, CitedReferences) else spans
