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
from chatglm_desktop.markdown.sources import inline_spans

References = Mapping[str, str]


class HtmlBlocks:
    """How blocks are written. Code, formulas and tables are what others do in another way."""

    def code(self, text: str, language: str) -> str:
        """A block of code."""
        kind = f' class="language-{escape(language)}"' if language else ""
        return f"<pre><code{kind}>{escape(text)}</code></pre>"

    def formula(self, tex: str, *, display: bool) -> str:
        """A formula: its LaTeX in ``<code class="math">``."""
        mark = "$$" if display else "$"
        return f'<code class="math">{escape(f"{mark}{tex}{mark}")}</code>'

    def table(self, inner: str) -> str:
        """A table of which ``inner`` are the rows."""
        return f'<table border="1">{inner}</table>'

    def block(self, block: Block, references: References) -> str:
        match block:
            case Paragraph(inline):
                written = f"<p>{self.inline(inline, references)}</p>"
            case Heading(level, inline):
                written = f"<h{level}>{self.inline(inline, references)}</h{level}>"
            case Code(text, language):
                written = self.code(text, language)
            case Quote(blocks):
                written = f"<blockquote>{self._blocks(blocks, references)}</blockquote>"
            case ListBlock():
                written = self._list(block, references)
            case Table():
                written = self._table(block, references)
            case Rule():
                written = "<hr>"
            case Math(tex):
                written = f"<p>{self.formula(tex, display=True)}</p>"
            case Footnote(label, blocks):
                inner = self._blocks(blocks, references)
                written = f"<div><sup>{escape(label)}</sup> {inner}</div>"
            case _:
                assert_never(block)
        return written

    def inline(self, inline: str, references: References) -> str:
        """HTML of inline Markdown."""
        return self.spans(inline_spans(inline, references))

    def spans(self, spans: Iterable[Span]) -> str:
        """HTML of runs of text."""
        return "".join(map(self._span, spans))

    def _span(self, span: Span) -> str:
        if span.math:
            text = self.formula(span.math, display=False)
        elif span.note:
            text = f"<sup>{escape(span.text)}</sup>"
        elif span.cite:
            text = f"<sup>[{escape(span.text)}]</sup>"
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

    def _blocks(self, blocks: Iterable[Block], references: References) -> str:
        return "".join(self.block(block, references) for block in blocks)

    def _list(self, block: ListBlock, references: References) -> str:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        items = "".join(self._item(item, block.tight, references) for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _item(self, item: ListItem, tight: bool, references: References) -> str:
        box = "" if item.checked is None else "☑ " if item.checked else "☐ "
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and (tight or box):
            text = box + self.inline(first.inline, references)
            rest = item.blocks[1:]
            # In a loose list the text is a paragraph, and the box is a part of it.
            text = text if tight else f"<p>{text}</p>"
            return f"<li>{text}{self._blocks(rest, references)}</li>"
        return f"<li>{box}{self._blocks(item.blocks, references)}</li>"

    def _table(self, table: Table, references: References) -> str:
        head = ""
        if any(table.header):
            head = f"<thead>{self._row(table.header, table.alignments, 'th', references)}</thead>"
        rows = "".join(self._row(row, table.alignments, "td", references) for row in table.rows)
        return self.table(f"{head}<tbody>{rows}</tbody>")

    def _row(
        self,
        cells: Sequence[str],
        alignments: Sequence[Alignment],
        tag: str,
        references: References,
    ) -> str:
        written = []
        for cell, alignment in zip(cells, alignments, strict=True):
            align = f' align="{alignment}"' if alignment else ""
            written.append(f"<{tag}{align}>{self.inline(cell, references)}</{tag}>")
        return f"<tr>{''.join(written)}</tr>"


PLAIN = HtmlBlocks()
"""As other programs like to take it."""


def verbatim_html(text: str) -> str:
    """Text that is shown as it was written; a blank line parts paragraphs."""
    parts = (part.strip("\n") for part in text.split("\n\n"))
    return "".join(f"<p>{_lines(part)}</p>" for part in parts if part)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
