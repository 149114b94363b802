# SPDX-License-Identifier: MIT
"""An excerpt in the formats that other programs take; knows no clipboard.

The text of a selection within one table is that of its cells, parted by tabs, as a
spreadsheet wants it. Whole messages, if there are several, stand under the names of who
wrote them; parts of messages do not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Literal, TypeAlias, assert_never

from chatglm_desktop.markdown.blocks import Table
from chatglm_desktop.markdown.writing import text as writing
from chatglm_desktop.markdown.writing.html import PLAIN, verbatim_html
from chatglm_desktop.markdown.writing.inline import markdown_inline, plain_inline
from chatglm_desktop.transcript.copying.excerpt import (
    Excerpt,
    Extract,
    Passage,
    Phrase,
    Piece,
    Snippet,
    Verbatim,
)
from chatglm_desktop.transcript.copying.holdings import formulas, tables
from chatglm_desktop.transcript.copying.parsing import parsing

CopyKind: TypeAlias = Literal[
    "markdown", "plain", "html", "latex", "tsv", "csv", "without_thinking"
]
"""``without_thinking`` is Markdown of the answers only."""


def copied(excerpt: Excerpt, kind: CopyKind) -> str:
    """``excerpt`` as text of a kind; empty if there is nothing of that kind in it."""
    return "".join(copied_pieces(excerpt, kind))


def copied_pieces(excerpt: Excerpt, kind: CopyKind) -> Iterator[str]:
    """The same piece by piece, each made in a few milliseconds; some are empty."""
    match kind:
        case "markdown":
            yield from _markdown(excerpt)
        case "plain":
            yield from _plain(excerpt)
        case "html":
            yield from _html(excerpt)
        case "latex":
            yield from _latex(excerpt)
        case "tsv":
            yield from _tables(excerpt, "\t")
        case "csv":
            yield from _tables(excerpt, ",")
        case "without_thinking":
            yield from _markdown(without_thinking(excerpt))
        case _:
            assert_never(kind)


def _markdown(excerpt: Excerpt) -> Iterator[str]:
    """What is selected whole is as it was written."""
    told = _names_told(excerpt)
    for number, extract in enumerate(excerpt):
        before = f"**{extract.name}**\n\n" if told else ""
        text = extract.text or "\n\n".join(_markdown_parts(extract))
        yield f"{_blank(number)}{before}{text}"


def _plain(excerpt: Excerpt) -> Iterator[str]:
    told = _names_told(excerpt)
    for number, extract in enumerate(excerpt):
        known = yield from parsing(extract)
        before = f"{extract.name}:\n" if told else ""
        parts = (_plain_piece(each.piece, known.references) for each in known.passages)
        yield _blank(number) + before + "\n\n".join(part for part in parts if part)


def _html(excerpt: Excerpt) -> Iterator[str]:
    # With the character set, which some programs would guess wrong.
    yield '<meta charset="utf-8">'
    told = _names_told(excerpt)
    for extract in excerpt:
        if told:
            yield f"<p><strong>{escape(extract.name)}</strong></p>"
        known = yield from parsing(extract)
        for passage in known.passages:
            yield _html_piece(passage.piece, known.references)


def _latex(excerpt: Excerpt) -> Iterator[str]:
    """All formulas, one on a line, without delimiters."""
    between = ""
    for extract in excerpt:
        known = yield from parsing(extract)
        for passage in known.passages:
            for tex in formulas(passage.piece, known.references):
                yield between + tex
                between = "\n"


def _tables(excerpt: Excerpt, separator: Literal["\t", ","]) -> Iterator[str]:
    """All tables as lines of cells, with a blank line between two."""
    between = ""
    for extract in excerpt:
        known = yield from parsing(extract)
        for table in tables(known):
            yield between + _cells(writing.table_cells(table, known.references), separator)
            between = "\n\n"


def cells_only(excerpt: Excerpt) -> str:
    """The cells of an excerpt that lies within one table, parted by tabs; else nothing."""
    match excerpt:
        case (Extract(text="", passages=(Passage(Table() as table),), rest="") as only,):
            return _cells(writing.table_cells(table, only.references), "\t")
        case _:
            return ""


def without_thinking(excerpt: Excerpt) -> Excerpt:
    """Only what was answered."""
    kept = (
        replace(extract, passages=tuple(each for each in extract.passages if not each.thinking))
        for extract in excerpt
    )
    return tuple(extract for extract in kept if extract.text or extract.passages or extract.rest)


def _names_told(excerpt: Excerpt) -> bool:
    return len(excerpt) > 1 and all(extract.text for extract in excerpt)


def _blank(number: int) -> str:
    """What parts an extract from the one before."""
    return "\n\n" if number else ""


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
            if passage.source and not writing.ends_open(block):
                return passage.source
            return writing.markdown(block)


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
            return PLAIN.code(text, language)
        case Phrase(spans):
            return PLAIN.spans(spans)
        case block:
            return PLAIN.block(block, references)


def _cells(rows: Sequence[Sequence[str]], separator: Literal["\t", ","]) -> str:
    if separator == "\t":
        return "\n".join("\t".join(row) for row in rows)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().removesuffix("\n")
