# SPDX-License-Identifier: MIT
"""Spans back to Markdown and to plain text: the inverse of parsing; knows no blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.plain import plain_text
from chatglm_desktop.markdown.sources import inline_spans

# Not "[", as "\\[" begins a formula.
_SPECIAL = re.compile(r"([\\`*_\]<>~$&^])")
_BACKTICKS = re.compile("`+")
_OUTER_BREAK = re.compile(r"\A\s*\n\s*|\s*\n\s*\Z")
_MARKS = {"strike": "~~", "bold": "**", "italic": "*"}


def cut_spans(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The part of ``spans`` from one character to another."""
    found = []
    first = 0
    for span in spans:
        text = span.text[max(start - first, 0) : max(end - first, 0)]
        if text:
            # A part of an address leads nowhere.
            link = "" if span.link == span.text != text else span.link
            found.append(replace(span, text=text, link=link))
        first += len(span.text)
    return tuple(found)


def plain_inline(spans: Sequence[Span]) -> str:
    """What is shown, with formulas as LaTeX and numbers of sources in brackets."""
    return "".join(map(_plain, spans))


def _plain(span: Span) -> str:
    if span.math:
        return f"${span.math}$"
    return f"[{span.text}]" if span.cite else span.text


def markdown_inline(spans: Sequence[Span], references: Mapping[str, str]) -> str:
    """Markdown that is read as ``spans``; marks of its own are escaped only where they must be.

    Where no Markdown says the same (``**`` inside words of some scripts), the text is kept
    rather than its style. Line breaks before and after the text are left out.
    """
    spans = _within_breaks(spans)
    if all(span == Span(span.text) for span in spans) and not _SPECIAL.search(plain_inline(spans)):
        return _breaks("".join(span.text for span in spans))
    wanted = list(_characters(spans))
    same_text = ""
    written = ""
    for written in _candidates(spans):
        read = list(_characters(inline_spans(written, references)))
        if read == wanted:
            return written
        if [each for each, _ in read] == [each for each, _ in wanted]:
            same_text = same_text or written
    return same_text or written


def _within_breaks(spans: Sequence[Span]) -> Sequence[Span]:
    """``spans`` without line breaks around them, whose marks would be shown as text."""
    text = plain_text(spans)
    for found in reversed(list(_OUTER_BREAK.finditer(text))):
        start, end = (found.end(), len(text)) if not found.start() else (0, found.start())
        spans = cut_spans(spans, start, end)
    return spans


def _candidates(spans: Sequence[Span]) -> Iterator[str]:
    for escaped in (False, True):
        yield _Writer(escaped).write(spans)
    yield _breaks("".join(_SPECIAL.sub(r"\\\1", span.text) for span in _bare(spans)))


def _bare(spans: Sequence[Span]) -> Iterator[Span]:
    for span in spans:
        yield Span(plain_inline((span,)))


def _characters(spans: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Each character with its style; spaces have none that could be seen."""
    for span in spans:
        style = replace(span, text="")
        for character in span.text:
            if not character.isspace():
                yield character, style


def _breaks(text: str) -> str:
    return text.replace("\n", "\\\n")


@dataclass(frozen=True, slots=True)
class _Mark:
    """An open pair of marks; ``url`` for a link."""

    name: str
    url: str = ""

    @property
    def opening(self) -> str:
        return "[" if self.url else _MARKS[self.name]

    @property
    def closing(self) -> str:
        return f"]({_target(self.url)})" if self.url else _MARKS[self.name]


def _target(url: str) -> str:
    return f"<{url}>" if re.search(r"[\s()<>]", url) else url


class _Writer:
    """Writes spans one after the other, opening and closing marks as they come and go."""

    def __init__(self, escaped: bool) -> None:
        self._escaped = escaped
        self._out: list[str] = []
        self._open: list[_Mark] = []

    def write(self, spans: Sequence[Span]) -> str:
        for index, span in enumerate(spans):
            wanted = _marks(span)
            self._close(set(wanted))
            new = [mark for mark in wanted if mark not in self._open]
            # What lasts longest is opened first, so that it is closed last.
            new.sort(key=lambda mark: _lasts(mark, spans[index:]), reverse=True)
            text = self._text(span)
            # A mark that opens must not precede a space.
            inner = text.lstrip() if new else text
            self._out += (text[: len(text) - len(inner)], *(mark.opening for mark in new), inner)
            self._open += new
        self._close(set())
        return "".join(self._out)

    def _close(self, wanted: set[_Mark]) -> None:
        """Close all marks from the first one on that is not wanted any more."""
        gone = next((i for i, mark in enumerate(self._open) if mark not in wanted), None)
        if gone is None:
            return
        written = "".join(self._out)
        # A mark that closes must not follow a space.
        kept = written.rstrip()
        closing = "".join(mark.closing for mark in reversed(self._open[gone:]))
        self._out = [kept, closing, written[len(kept) :]]
        del self._open[gone:]

    def _text(self, span: Span) -> str:
        if span.math:
            return f"${span.math}$"
        if span.note:
            return f"[^{span.note}]"
        if span.code:
            return _code(span.text)
        if span.link == span.text and not self._escaped:
            return span.text
        text = _SPECIAL.sub(r"\\\1", span.text) if self._escaped else span.text
        return _breaks(text)


def _marks(span: Span) -> list[_Mark]:
    marks = [_Mark(name) for name in _MARKS if getattr(span, name)]
    if span.link and span.link != span.text:
        marks.append(_Mark("link", span.link))
    return marks


def _lasts(mark: _Mark, spans: Sequence[Span]) -> int:
    """For how many spans a mark stays open."""
    count = 0
    for span in spans:
        if mark not in _marks(span):
            break
        count += 1
    return count


def _code(text: str) -> str:
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
