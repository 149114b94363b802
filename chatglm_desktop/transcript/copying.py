# SPDX-License-Identifier: MIT
"""An excerpt in the formats that other programs take; knows no clipboard.

The text of a selection within one table is that of its cells, parted by tabs, as a
spreadsheet wants it. Whole messages, if there are several, stand under the names of who
wrote them; parts of messages do not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Literal, TypeAlias, assert_never

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
from chatglm_desktop.transcript import writing
from chatglm_desktop.transcript.excerpt import (
    Excerpt,
    Extract,
    Passage,
    Phrase,
    Piece,
    Snippet,
    Verbatim,
)
from chatglm_desktop.transcript.html_copy import (
    block_html,
    code_html,
    spans_html,
    verbatim_html,
)
from chatglm_desktop.transcript.inline_writing import markdown_inline, plain_inline
from chatglm_desktop.transcript.leaves import Leaf, TableLeaf
from chatglm_desktop.transcript.slices import slice_end
from chatglm_desktop.transcript.texts import inline_spans

# Most text has no code at all, and need not be parsed to know that.
_MAY_BE_CODE = re.compile(r"`{3}|~{3}|^(?: {4}|\t| {0,3}\t)", re.MULTILINE)

CopyKind: TypeAlias = Literal[
    "markdown", "plain", "html", "latex", "tsv", "csv", "without_thinking"
]
"""``without_thinking`` is Markdown of the answers only."""


def copied(excerpt: Excerpt, kind: CopyKind) -> str:
    """``excerpt`` as text of a kind; empty if there is nothing of that kind in it."""
    match kind:
        case "markdown":
            text = markdown(excerpt)
        case "plain":
            text = plain(excerpt)
        case "html":
            text = html(excerpt)
        case "latex":
            text = latex(excerpt)
        case "tsv":
            text = tables(excerpt, "\t")
        case "csv":
            text = tables(excerpt, ",")
        case "without_thinking":
            text = markdown(without_thinking(excerpt))
        case _:
            assert_never(kind)
    return text


def markdown(excerpt: Excerpt) -> str:
    """Markdown; what is selected whole is as it was written."""
    told = _names_told(excerpt)
    texts = []
    for extract in excerpt:
        text = extract.text or "\n\n".join(_markdown_parts(extract))
        texts.append(f"**{extract.name}**\n\n{text}" if told else text)
    return "\n\n".join(texts)


def plain(excerpt: Excerpt) -> str:
    """Text without marks."""
    told = _names_told(excerpt)
    texts = []
    for extract in map(parsed, excerpt):
        parts = (_plain_piece(each.piece, extract.references) for each in extract.passages)
        text = "\n\n".join(part for part in parts if part)
        texts.append(f"{extract.name}:\n{text}" if told else text)
    return "\n\n".join(texts)


def html(excerpt: Excerpt) -> str:
    """HTML with the character set, which some programs would guess wrong."""
    return "".join(html_pieces(excerpt))


def html_pieces(excerpt: Excerpt) -> Iterator[str]:
    """The same piece by piece, each made in a few milliseconds; some are empty."""
    told = _names_told(excerpt)
    yield '<meta charset="utf-8">'
    for extract in excerpt:
        if told:
            yield f"<p><strong>{escape(extract.name)}</strong></p>"
        known = extract
        for step in _parsed_stepwise(extract):
            known = step
            yield ""
        for passage in known.passages:
            yield _html_piece(passage.piece, known.references)


def latex(excerpt: Excerpt) -> str:
    """All formulas, one on a line, without delimiters."""
    found: list[str] = []
    for extract in map(parsed, excerpt):
        for passage in extract.passages:
            found += _formulas(passage.piece, extract.references)
    return "\n".join(found)


def tables(excerpt: Excerpt, separator: Literal["\t", ","]) -> str:
    """All tables as lines of cells, with a blank line between two."""
    texts: list[str] = []
    for extract in map(parsed, excerpt):
        grids = [_grid(table, extract.references) for table in _tables(extract)]
        texts += (_cells(grid, separator) for grid in grids)
    return "\n\n".join(texts)


def cells_only(excerpt: Excerpt) -> str:
    """The cells of an excerpt that lies within one table, parted by tabs; else nothing."""
    match excerpt:
        case (Extract(text="", passages=(Passage(Table() as table),), rest="") as only,):
            return _cells(_grid(table, only.references), "\t")
        case _:
            return ""


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


def without_thinking(excerpt: Excerpt) -> Excerpt:
    """Only what was answered."""
    kept = (
        replace(extract, passages=tuple(each for each in extract.passages if not each.thinking))
        for extract in excerpt
    )
    return tuple(extract for extract in kept if extract.text or extract.passages or extract.rest)


def parsed(extract: Extract) -> Extract:
    """``extract`` with all of its text as passages."""
    *_, done = _parsed_stepwise(extract)
    return done


def _parsed_stepwise(extract: Extract) -> Iterator[Extract]:
    """``extract`` again and again while its text is parsed, at last with all of it as passages."""
    text = extract.text or extract.rest
    if not text:
        yield extract
        return
    if extract.verbatim:
        yield replace(extract, text="", passages=(Passage(Verbatim(text)),))
        return
    # The Markdown library is imported when the first reply is shown, not at start.
    from chatglm_desktop.markdown.stream import BlockStream

    stream = BlockStream()
    while text:
        end = slice_end(text)
        stream.append(text[:end])
        text = text[end:]
        yield extract
    stream.finish()
    found = tuple(Passage(each.block) for each in stream.blocks)
    references = {**stream.references, **extract.references}
    yield replace(
        extract, text="", rest="", passages=extract.passages + found, references=references
    )


def _names_told(excerpt: Excerpt) -> bool:
    return len(excerpt) > 1 and all(extract.text for extract in excerpt)


def _markdown_parts(extract: Extract) -> Iterator[str]:
    texts = [_markdown_passage(passage, extract.references) for passage in extract.passages]
    if extract.rest:
        texts.append(extract.rest)
    yield from texts
    if extract.references and not _phrase(extract):
        folded = "\n".join(texts).casefold()
        used = [
            f"[{label}]: <{target}>"
            for label, target in extract.references.items()
            if target and f"[{label.casefold()}]" in folded
        ]
        if used:
            yield "\n".join(used)


def _phrase(extract: Extract) -> bool:
    return any(isinstance(passage.piece, Phrase) for passage in extract.passages)


def _markdown_passage(passage: Passage, references: Mapping[str, str]) -> str:
    match passage.piece:
        case Verbatim(text) | Snippet(text):
            return text
        case Phrase((only,)):
            # Within one style the text alone is wanted: a word, a name in code.
            return plain_inline((only,))
        case Phrase(spans):
            return markdown_inline(spans, references)
        case block:
            return passage.source or writing.markdown(block)


def _plain_piece(piece: Piece, references: Mapping[str, str]) -> str:
    match piece:
        case Verbatim(text) | Snippet(text):
            return text
        case Phrase(spans):
            return plain_inline(spans)
        case block:
            return writing.plain(block, references)


def _html_piece(piece: Piece, references: Mapping[str, str]) -> str:
    match piece:
        case Verbatim(text):
            return verbatim_html(text)
        case Snippet(text, language):
            return code_html(text, language)
        case Phrase(spans):
            return spans_html(spans)
        case block:
            return block_html(block, references)


def _formulas(piece: Piece, references: Mapping[str, str]) -> Iterator[str]:
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


def _tables(extract: Extract) -> Iterator[Table]:
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


def _grid(table: Table, references: Mapping[str, str]) -> list[list[str]]:
    return writing.table_cells(table, references)


def _cells(rows: Sequence[Sequence[str]], separator: Literal["\t", ","]) -> str:
    if separator == "\t":
        return "\n".join("\t".join(row) for row in rows)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().removesuffix("\n")
