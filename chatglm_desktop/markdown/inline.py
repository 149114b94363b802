# SPDX-License-Identifier: MIT
"""Inline Markdown to spans of one style each; knows no blocks and loads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from chatglm_desktop.core.links import may_open
from chatglm_desktop.markdown.blocks import OBJECT, Span
from chatglm_desktop.markdown.inline_rules import NOTES
from chatglm_desktop.markdown.syntax import inline_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LONGEST = 64 * 1024
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._+/:-])(?:mailto:)?(?P<mail>[A-Za-z0-9._+-]+@[A-Za-z0-9][A-Za-z0-9_-]*"
    r"(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]*[A-Za-z0-9])(?![A-Za-z0-9_-])"
)
_PLAIN = re.compile(r"(?:(?!www\.)[^\n!$&:<@\[\\\]^_`*~【])+")
"""Text that can hold no mark and no address."""
_QUOTES = "“”‘’…—"
_style = attrgetter("bold", "italic", "strike", "code", "link")


def parse_inline(inline: str, references: Mapping[str, str]) -> tuple[Span, ...]:
    """The spans of inline source; ``references`` are the definitions of the text.

    They are link targets by label and footnotes, whose label begins with ``^``, without one.
    Links lead to http, https or mailto, or are text. A picture is a link to it with its
    alternative text. Source of more than 64 KiB, which nobody wrote by hand, is shown as it is.
    """
    if len(inline) > _LONGEST or _PLAIN.fullmatch(inline):
        return (Span(inline),)
    markdown = _markdown()
    env = {"references": _Links(references), NOTES: references}
    tokens = markdown.inline.parse(inline, markdown, env, [])
    return tuple(_with_mail(_merged(_spans(tokens))))


@dataclass(frozen=True, slots=True)
class _Links:
    """Definitions as the library looks them up, without copying those of a whole text."""

    definitions: Mapping[str, str]

    def get(self, label: str, default: None) -> dict[str, str] | None:
        target = self.definitions.get(label)
        if target is None or (not target and label.startswith("^")):
            return default
        return {"href": target, "title": ""}

    def __contains__(self, label: str) -> bool:
        return self.get(label, None) is not None

    def __getitem__(self, label: str) -> dict[str, str]:
        return {"href": self.definitions[label], "title": ""}


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

    def span(self, text: str, *, link: str = "") -> Span:
        """``text`` in this style; within a link it leads there, else to ``link``."""
        link = self.links[-1] if self.links else link
        return Span(text, self.bold > 0, self.italic > 0, self.strike > 0, link=link)


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
        case _:
            return _leaf(token, style)
    return None


def _leaf(token: Token, style: _Style) -> Span:
    """The span of a token that shows something."""
    span = style.span(token.content)
    match token.type:
        case "math":
            span = replace(span, text=OBJECT, math=token.content)
        case "note":
            span = replace(span, note=token.content)
        case "cite":
            span = style.span(_number(token.content), link=_allowed(token.info))
            span = replace(span, cite=token.content)
        case "code_inline":
            span = replace(span, code=True)
        case "softbreak":
            span = replace(span, text=" ")
        case "hardbreak":
            span = replace(span, text="\n")
        case "image":
            target = _allowed(token.attrs["src"])
            text = "".join(span.text for span in _spans(token.children or ()))
            span = style.span(text or target, link=target)
    return span


def _allowed(target: str | int | float) -> str:
    target = str(target)
    return target if may_open(target) else ""


def _number(mark: str) -> str:
    """The number of a source, which is all that is shown of its ``mark``."""
    key = mark.partition("†")[0]
    return key[len(key.rstrip("0123456789")) :] or key


def _joins(before: str, after: str) -> bool:
    """Whether a line break between two characters of Chinese or Japanese makes no space."""
    from mdit_py_cjk_friendly import is_cjk

    first, second = is_cjk(before), is_cjk(after)
    return (first and (second or after in _QUOTES)) or (second and before in _QUOTES)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of the same style as one span, but for those that stand for something."""
    first: Span | None = None
    texts: list[str] = []
    for span in spans:
        single = span.math or span.note or span.cite
        if first and not single and _style(span) == _style(first):
            texts.append(span.text)
            continue
        if first:
            yield _joined(first, texts)
        first, texts = span, [span.text]
        if single:
            yield span
            first = None
    if first:
        yield _joined(first, texts)


def _joined(first: Span, texts: Sequence[str]) -> Span:
    """A span of all ``texts``, of which ``first`` has the first one."""
    return first if len(texts) == 1 else replace(first, text="".join(texts))


def _with_mail(spans: Iterable[Span]) -> Iterator[Span]:
    """Bare mail addresses become links."""
    for span in spans:
        if span.link or span.code or span.math or "@" not in span.text:
            yield span
            continue
        start = 0
        for found in _MAIL.finditer(span.text):
            if found.start() > start:
                yield replace(span, text=span.text[start : found.start()])
            yield replace(span, text=found[0], link=f"mailto:{found['mail']}")
            start = found.end()
        if start < len(span.text):
            yield replace(span, text=span.text[start:])
