# SPDX-License-Identifier: MIT
"""A conversation as one HTML file that loads nothing and runs nothing; knows no file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from typing import TypeAlias

from chatglm_desktop.chat.exporting.format import DataOf
from chatglm_desktop.chat.exporting.html_style import STYLE
from chatglm_desktop.chat.exporting.reading import Reader
from chatglm_desktop.chat.exporting.told import TimeText, Told, local_time, one_line, tell
from chatglm_desktop.chat.exporting.words import Words
from chatglm_desktop.core.deltas import Source
from chatglm_desktop.core.export_choice import ExportContents
from chatglm_desktop.core.exports import SavedConversation
from chatglm_desktop.core.links import is_web
from chatglm_desktop.core.messages import AttachmentPart, Message
from chatglm_desktop.markdown.highlight import LineTokens, TokenKind
from chatglm_desktop.markdown.highlighters import new_highlighter
from chatglm_desktop.markdown.writing.html import HtmlBlocks

FormulaSvg: TypeAlias = Callable[[str, bool], str | None]
"""A formula of LaTeX, on lines of its own or in text, as an SVG element; None if it is none."""

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'"
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_CLASSES: dict[TokenKind, str] = {
    "keyword": "k",
    "name": "n",
    "string": "s",
    "comment": "c",
    "number": "m",
}
_MOST_COLOURED = 5000
"""Lines of a block of code after which it stays plain."""


class HtmlFormat:
    """``data`` gives attached pictures, ``formula`` typesets, if there is anything that can."""

    def __init__(
        self,
        contents: ExportContents,
        words: Words,
        data: DataOf,
        formula: FormulaSvg | None = None,
        time: TimeText = local_time,
    ) -> None:
        self._contents = contents
        self._words = words
        self._data = data
        self._blocks = _PageBlocks(formula)
        self._time = time
        self._reader = Reader()

    def head(self, conversation: SavedConversation) -> str:
        title = escape(one_line(conversation.summary.title) or self._words.untitled)
        made = self._time(conversation.summary.created_at) if self._contents.times else ""
        shown = f"<time>{escape(made)}</time>" if made else ""
        return (
            "<!DOCTYPE html>\n<html>\n<head>\n"
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<header><h1 class="title" dir="auto">{title}</h1>{shown}</header>\n<main>\n'
        )

    def message(self, message: Message) -> str:
        told = tell(message, self._contents, self._words, self._time)
        details = escape(" · ".join(told.details))
        head = f'<header><b>{escape(told.name)}</b><span class="details">{details}</span></header>'
        parts = "".join(self._parts(told))
        return f'<article class="{told.role.value}">{head}{parts}</article>\n'

    def foot(self) -> str:
        return "</main>\n</body>\n</html>\n"

    def _parts(self, told: Told) -> Iterator[str]:
        for part in told.attachments:
            yield self._attachment(part)
        if told.thinking.strip():
            inner = self._markdown(told.thinking)
            summary = escape(self._words.thinking)
            yield f'<details open dir="auto"><summary>{summary}</summary>{inner}</details>'
        if told.text.strip():
            if told.verbatim:
                yield f'<div class="verbatim" dir="auto">{escape(told.text)}</div>'
            else:
                inner = self._markdown(told.text, told.sources)
                yield f'<div class="reply" dir="auto">{inner}</div>'
        for image in told.images:
            if is_web(image.url):
                # A link, as the file must not ask anybody when it is read.
                yield f'<p><a href="{escape(image.url)}">{escape(self._words.picture)}</a></p>'
        if told.sources:
            items = "".join(f"<li>{_source(source)}</li>" for source in told.sources)
            yield f'<div class="sources"><b>{escape(self._words.sources)}</b><ol>{items}</ol></div>'
        if told.note:
            yield f'<p class="note">{escape(told.note)}</p>'

    def _markdown(self, text: str, sources: tuple[Source, ...] = ()) -> str:
        read = self._reader.read(text, sources)
        return "".join(self._blocks.block(block, read.references) for block in read.blocks)

    def _attachment(self, part: AttachmentPart) -> str:
        name = escape(one_line(part.name))
        if part.media_type in _PICTURES:
            if (data := self._data(part)) is not None:
                address = f"data:{part.media_type};base64,{b64encode(data).decode()}"
                picture = f'<img alt="{name}" src="{address}">'
                return f"<figure>{picture}<figcaption>{name}</figcaption></figure>"
            name = f"{name} ({escape(self._words.missing)})"
        return f'<p class="note">📎 {name}</p>'


class _PageBlocks(HtmlBlocks):
    """Blocks with coloured code, formulas as drawings, and tables that scroll by themselves."""

    def __init__(self, formula: FormulaSvg | None) -> None:
        self._formula = formula

    def code(self, text: str, language: str) -> str:
        kind = f' class="language-{escape(language)}"' if language else ""
        lines = "\n".join(_coloured(text, language))
        return f"<pre><code{kind}>{lines}</code></pre>"

    def formula(self, tex: str, *, display: bool) -> str:
        drawn = self._formula(tex, display) if self._formula is not None else None
        text = drawn if drawn is not None else super().formula(tex, display=display)
        return f'<span class="formula">{text}</span>' if display and drawn else text

    def table(self, inner: str) -> str:
        return f'<div class="table"><table>{inner}</table></div>'


def _coloured(text: str, language: str) -> Iterator[str]:
    """The lines of code as HTML."""
    lines = text.split("\n")
    tokens = new_highlighter(language).feed(lines[:_MOST_COLOURED])
    for line, runs in zip(lines, tokens, strict=False):
        yield _coloured_line(line, runs)
    for line in lines[_MOST_COLOURED:]:
        yield escape(line)


def _coloured_line(line: str, runs: LineTokens) -> str:
    written = []
    done = 0
    for start, length, kind in runs:
        inner = escape(line[start : start + length])
        written += [
            escape(line[done:start]),
            f'<span class="{_CLASSES[kind]}">{inner}</span>',
        ]
        done = start + length
    return "".join((*written, escape(line[done:])))


def _source(source: Source) -> str:
    title = escape(one_line(source.title) or source.url)
    return f'<a href="{escape(source.url)}">{title}</a>' if is_web(source.url) else title
