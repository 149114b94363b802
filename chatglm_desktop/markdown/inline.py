# SPDX-License-Identifier: MIT
"""Inline Markdown to spans of one style each; knows no blocks and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from chatglm_desktop.core.links import may_open
from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.syntax import inline_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 64 * 1024
# Ends before CJK text, in which addresses are not parted by spaces.
_ADDRESS = re.compile(r"(?<![A-Za-z0-9])https?://[^\s<>\"`{}|\\^\u2018-\u201f\u3000-\uffef]+")
_AFTER_ADDRESS = (".", ",", ":", ";", "!", "?", "'", "*", "_", "~")
_QUOTES = "“”‘’…—"
_style = attrgetter("bold", "italic", "strike", "code", "link")


def parse_inline(inline: str, references: Mapping[str, str]) -> tuple[Span, ...]:
    """The spans of inline source; ``references`` are the link targets of the text by label.

    Links lead to http, https or mailto, or are text. A picture is a link to it with its
    alternative text. Source of more than 64 KiB, which nobody wrote by hand, is shown as it is.
    """
    if len(inline) > _LONGEST:
        return (Span(inline),)
    known = {}
    if references and "[" in inline:
        known = {label: {"href": href, "title": ""} for label, href in references.items()}
    markdown = _markdown()
    tokens = markdown.inline.parse(inline, markdown, {"references": known}, [])
    return tuple(_with_addresses(_merged(_spans(tokens))))


@cache
def _markdown() -> MarkdownIt:
    # Never changed once it is made; late, as the library takes its time to import.
    return inline_markdown()


@dataclass(slots=True)
class _Style:
    """How deep the marks are nested at one place; ``links`` are the open ones."""

    bold: int = 0
    italic: int = 0
    strike: int = 0
    links: tuple[str, ...] = ()

    def span(self, text: str, *, code: bool = False, link: str = "") -> Span:
        link = self.links[-1] if self.links else link
        return Span(text, self.bold > 0, self.italic > 0, self.strike > 0, code, link)


def _spans(tokens: Iterable[Token]) -> Iterator[Span]:
    style = _Style()
    last = ""
    soft_break: Span | None = None
    for token in tokens:
        span = _span(token, style)
        if token.type == "softbreak":
            soft_break = span
        elif span and span.text:
            if soft_break and not _joins(last, span.text[0]):
                yield soft_break
            soft_break = None
            yield span
            last = span.text[-1]


def _span(token: Token, style: _Style) -> Span | None:
    """The span of a token, or None for one that only changes ``style``."""
    match token.type:
        case "strong_open" | "strong_close":
            style.bold += token.nesting
        case "em_open" | "em_close":
            style.italic += token.nesting
        case "s_open" | "s_close":
            style.strike += token.nesting
        case "link_open":
            style.links = (*style.links, _allowed(token.attrs["href"]))
        case "link_close":
            style.links = style.links[:-1]
        case "code_inline":
            return style.span(token.content, code=True)
        case "softbreak":
            return style.span(" ")
        case "hardbreak":
            return style.span("\n")
        case "image":
            target = _allowed(token.attrs["src"])
            text = "".join(span.text for span in _spans(token.children or ()))
            return style.span(text or target, link=target)
        case _:
            return style.span(token.content)
    return None


def _allowed(target: str | int | float) -> str:
    target = str(target)
    return target if may_open(target) else ""


def _joins(before: str, after: str) -> bool:
    """Whether a line break between two characters of Chinese or Japanese makes no space."""
    from mdit_py_cjk_friendly import is_cjk

    first, second = is_cjk(before), is_cjk(after)
    return (first and (second or after in _QUOTES)) or (second and before in _QUOTES)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of the same style as one span."""
    first: Span | None = None
    texts: list[str] = []
    for span in spans:
        if first and _style(span) == _style(first):
            texts.append(span.text)
            continue
        if first:
            yield replace(first, text="".join(texts))
        first, texts = span, [span.text]
    if first:
        yield replace(first, text="".join(texts))


def _with_addresses(spans: Iterable[Span]) -> Iterator[Span]:
    """Bare web addresses become links."""
    for span in spans:
        if span.link or span.code or "://" not in span.text:
            yield span
            continue
        start = 0
        for found in _ADDRESS.finditer(span.text):
            address = _trimmed(found[0])
            if found.start() > start:
                yield replace(span, text=span.text[start : found.start()])
            yield replace(span, text=address, link=address)
            start = found.start() + len(address)
        if start < len(span.text):
            yield replace(span, text=span.text[start:])


def _trimmed(address: str) -> str:
    """``address`` without what rather belongs to the sentence around it."""
    while address.endswith(_AFTER_ADDRESS) or address.count(")") > address.count("("):
        address = address[:-1]
    return address
