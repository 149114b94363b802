# SPDX-License-Identifier: MIT
"""Tables, formulas and code in what is copied; knows no format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from chatglm_desktop.markdown.blocks import (
    Block,
    Code,
    Footnote,
    Heading,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Table,
)
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.transcript.copying.excerpt import Extract, Phrase, Piece, Snippet, Verbatim
from chatglm_desktop.transcript.copying.parsing import parsed
from chatglm_desktop.transcript.leaves import Leaf, TableLeaf

# Most text has no code at all, and need not be parsed to know that.
_MAY_BE_CODE = re.compile(r"`{3}|~{3}|^(?: {4}|\t| {0,3}\t)", re.MULTILINE)


def table_at(leaves: Sequence[Leaf], leaf: int) -> Table | None:
    """The table that has a row in ``leaf``."""
    found = leaves[leaf]
    if not isinstance(found, TableLeaf):
        return None
    rows = []
    for row in leaves[leaf - found.number + 1 :]:
        if not isinstance(row, TableLeaf) or row.header:
            break
        rows.append(row.cells)
    head = leaves[leaf - found.number]
    header = head.cells if isinstance(head, TableLeaf) else ()
    return Table(found.alignments, header, tuple(rows))


def last_code(extract: Extract) -> Code | None:
    """The last block of code of a message."""
    if not _MAY_BE_CODE.search(extract.text):
        return None
    for passage in reversed(parsed(extract).passages):
        if not isinstance(passage.piece, Verbatim | Phrase | Snippet):
            for block in reversed(list(_innermost(passage.piece))):
                if isinstance(block, Code):
                    return block
    return None


def formulas(piece: Piece, references: Mapping[str, str]) -> Iterator[str]:
    """The LaTeX of all formulas in a piece."""
    match piece:
        case Phrase(spans):
            yield from _formulas_of(spans)
        case Verbatim() | Snippet():
            return
        case block:
            for leaf in _innermost(block):
                if isinstance(leaf, Math):
                    yield leaf.tex
                for inline in _inlines(leaf):
                    yield from _formulas_of(inline_spans(inline, references))


def _formulas_of(spans: Sequence[Span]) -> Iterator[str]:
    return (span.math for span in spans if span.math)


def tables(extract: Extract) -> Iterator[Table]:
    """All tables in what was parsed of an extract."""
    for passage in extract.passages:
        if not isinstance(passage.piece, Verbatim | Phrase | Snippet):
            for block in _innermost(passage.piece):
                if isinstance(block, Table):
                    yield block


def _innermost(block: Block) -> Iterator[Block]:
    """The blocks in ``block`` that hold no other blocks, or itself."""
    match block:
        case Quote(blocks) | Footnote(_, blocks):
            for each in blocks:
                yield from _innermost(each)
        case ListBlock(items):
            for item in items:
                for each in item.blocks:
                    yield from _innermost(each)
        case _:
            yield block


def _inlines(block: Block) -> Iterator[str]:
    """The inline Markdown in a block that holds no other blocks."""
    match block:
        case Paragraph(inline) | Heading(_, inline):
            yield inline
        case Table():
            yield from block.header
            for row in block.rows:
                yield from row
        case _:
            return
