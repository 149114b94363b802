# SPDX-License-Identifier: MIT
"""The selected part of a block, as a smaller block of the same kind; knows no selection.

Walks a block leaf by leaf, in the order of :func:`chatglm_desktop.transcript.leaves.flatten`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from chatglm_desktop.markdown.blocks import (
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
    Table,
)
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.markdown.writing.inline import cut_spans, markdown_inline
from chatglm_desktop.transcript.leaves import pieces
from chatglm_desktop.transcript.texts import spans_text


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is selected of a leaf: the characters from ``start`` to ``end``, or all of it."""

    start: int
    end: int
    whole: bool


class Pruner:
    """Prunes one block. ``chosen`` has an entry for each of its leaves, None if not selected."""

    def __init__(self, chosen: Iterator[Chosen | None], references: Mapping[str, str]) -> None:
        self._chosen = chosen
        self._references = references

    def prune(self, block: Block) -> Block | None:
        """The selected part; ``block`` itself if that is all of it, None if it is nothing."""
        pruned: Block | None
        match block:
            case Paragraph(inline):
                pruned = _with_text(block, inline, self._pieces(inline))
            case Heading(_, inline):
                pruned = _with_text(block, inline, self._inline(inline, next(self._chosen)))
            case Code():
                pruned = self._code(block)
            case Quote(blocks) | Footnote(_, blocks):
                kept = self._children(blocks)
                changed = None if kept is None else replace(block, blocks=kept)
                pruned = block if kept == blocks else changed
            case ListBlock():
                pruned = self._list(block)
            case Table():
                pruned = self._table(block)
            case Rule() | Math():
                pruned = block if next(self._chosen) else None
            case _:
                assert_never(block)
        return pruned

    def _inline(self, inline: str, chosen: Chosen | None) -> str:
        if chosen is None:
            return ""
        if chosen.whole:
            return inline
        spans = cut_spans(
            inline_spans(inline, self._references), chosen.start, max(chosen.end, chosen.start)
        )
        return markdown_inline(spans, self._references)

    def _pieces(self, inline: str) -> str:
        """A paragraph, which was cut for display if it is long."""
        return "".join(self._inline(piece, next(self._chosen)) for piece in pieces(inline))

    def _code(self, block: Code) -> Block | None:
        chosen = next(self._chosen)
        if chosen is None or chosen.whole:
            return block if chosen else None
        return Code(block.text[chosen.start : chosen.end], block.language)

    def _children(self, blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
        """What is selected of nested blocks; None if it is nothing."""
        if not blocks:
            return () if next(self._chosen) else None
        kept = tuple(part for part in map(self.prune, blocks) if part is not None)
        return kept or None

    def _list(self, block: ListBlock) -> Block | None:
        items: list[ListItem] = []
        first = 0
        for index, item in enumerate(block.items):
            kept = self._children(item.blocks)
            if kept is not None:
                first = first if items else index
                items.append(item if kept == item.blocks else _part_of(item, kept))
        if not items:
            return None
        if tuple(items) == block.items:
            return block
        start = None if block.start is None else block.start + first
        return ListBlock(tuple(items), start, block.tight)

    def _table(self, table: Table) -> Block | None:
        header = self._row(table.header)
        rows = [self._row(row) for row in table.rows]
        kept = tuple(row for row in rows if row is not None)
        if header is None and not kept:
            return None
        # Without its head selected, a table keeps an empty one: there is none without.
        header = header or ("",) * len(table.header)
        if (header, kept) == (table.header, table.rows):
            return table
        return Table(table.alignments, header, kept)

    def _row(self, cells: tuple[str, ...]) -> tuple[str, ...] | None:
        chosen = next(self._chosen)
        if chosen is None or chosen.whole:
            return cells if chosen else None
        kept = []
        first = 0
        for cell in cells:
            length = len(spans_text(inline_spans(cell, self._references)))
            start, end = max(chosen.start - first, 0), min(chosen.end - first, length)
            part = Chosen(start, end, start == 0 and end == length)
            kept.append(self._inline(cell, part if start < end else None))
            first += length + 1
        return tuple(kept)


def _part_of(item: ListItem, kept: tuple[Block, ...]) -> ListItem:
    """``item`` with some of its blocks; its box stands before a paragraph or not at all."""
    boxed = isinstance(kept[0], Paragraph)
    return ListItem(kept, item.checked if boxed else None)


def _with_text(block: Paragraph | Heading, inline: str, kept: str) -> Block | None:
    if kept == inline:
        return block
    return replace(block, inline=kept) if kept.strip() else None
