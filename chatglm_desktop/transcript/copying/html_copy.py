# SPDX-License-Identifier: MIT
"""Blocks to clean HTML for other programs: structure only, no styles; loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import assert_never

from chatglm_desktop.core.links import may_open
from chatglm_desktop.markdown.blocks import (
    Alignment,
    Block,
    Code,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Math,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
)
from chatglm_desktop.transcript.texts import inline_spans

References = Mapping[str, str]


def block_html(block: Block, references: References) -> str:
    """HTML of a block; a formula is its LaTeX in ``<code class="math">``."""
    match block:
        case Paragraph(inline):
            written = f"<p>{inline_html(inline, references)}</p>"
        case Heading(level, inline):
            written = f"<h{level}>{inline_html(inline, references)}</h{level}>"
        case Code(text, language):
            written = code_html(text, language)
        case Quote(blocks):
            written = f"<blockquote>{_blocks(blocks, references)}</blockquote>"
        case ListBlock():
            written = _list(block, references)
        case Table():
            written = _table(block, references)
        case Rule():
            written = "<hr>"
        case Math(tex):
            written = f'<p><code class="math">{escape(f"$${tex}$$")}</code></p>'
        case Footnote(label, blocks):
            written = f"<div><sup>{escape(label)}</sup> {_blocks(blocks, references)}</div>"
        case _:
            assert_never(block)
    return written


def code_html(text: str, language: str) -> str:
    """A block of code."""
    kind = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{kind}>{escape(text)}</code></pre>"


def verbatim_html(text: str) -> str:
    """Text that is shown as it was written; a blank line parts paragraphs."""
    parts = (part.strip("\n") for part in text.split("\n\n"))
    return "".join(f"<p>{_lines(part)}</p>" for part in parts if part)


def inline_html(inline: str, references: References) -> str:
    """HTML of inline Markdown."""
    return spans_html(inline_spans(inline, references))


def spans_html(spans: Iterable[Span]) -> str:
    """HTML of runs of text."""
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    if span.math:
        text = f'<code class="math">{escape(f"${span.math}$")}</code>'
    elif span.note:
        text = f"<sup>{escape(span.text)}</sup>"
    elif span.code:
        text = f"<code>{escape(span.text)}</code>"
    else:
        text = _lines(span.text)
    for wanted, tag in ((span.strike, "s"), (span.italic, "em"), (span.bold, "strong")):
        if wanted:
            text = f"<{tag}>{text}</{tag}>"
    if may_open(span.link):
        text = f'<a href="{escape(span.link)}">{text}</a>'
    return text


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _blocks(blocks: Iterable[Block], references: References) -> str:
    return "".join(block_html(block, references) for block in blocks)


def _list(block: ListBlock, references: References) -> str:
    tag = "ul" if block.start is None else "ol"
    start = f' start="{block.start}"' if block.start not in (None, 1) else ""
    items = "".join(_item(item, block.tight, references) for item in block.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _item(item: ListItem, tight: bool, references: References) -> str:
    box = "" if item.checked is None else "☑ " if item.checked else "☐ "
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph) and (tight or box):
        text = box + inline_html(first.inline, references)
        rest = item.blocks[1:]
        # In a loose list the text is a paragraph, and the box is a part of it.
        text = text if tight else f"<p>{text}</p>"
        return f"<li>{text}{_blocks(rest, references)}</li>"
    return f"<li>{box}{_blocks(item.blocks, references)}</li>"


def _table(table: Table, references: References) -> str:
    head = ""
    if any(table.header):
        head = f"<thead>{_row(table.header, table.alignments, 'th', references)}</thead>"
    rows = "".join(_row(row, table.alignments, "td", references) for row in table.rows)
    return f'<table border="1">{head}<tbody>{rows}</tbody></table>'


def _row(
    cells: Sequence[str], alignments: Sequence[Alignment], tag: str, references: References
) -> str:
    written = []
    for cell, alignment in zip(cells, alignments, strict=True):
        align = f' align="{alignment}"' if alignment else ""
        written.append(f"<{tag}{align}>{inline_html(cell, references)}</{tag}>")
    return f"<tr>{''.join(written)}</tr>"
