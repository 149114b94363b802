# SPDX-License-Identifier: MIT
"""The text that a leaf shows, and that of a selection; knows no pixels and no clipboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from chatglm_desktop.markdown.blocks import OBJECT, Span
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import (
    PIECE,
    CodeLeaf,
    Leaf,
    MathLeaf,
    RuleLeaf,
    TableLeaf,
    TextLeaf,
)
from chatglm_desktop.transcript.selection import LAST, PartKind, Position, Selection


def inline_spans(source: str, references: Mapping[str, str]) -> tuple[Span, ...]:
    """Inline Markdown as runs of text in one style."""
    # The Markdown library is imported when the first reply is shown, not at start.
    from chatglm_desktop.markdown.inline import parse_inline

    return parse_inline(source, references)


def leaf_spans(leaf: TextLeaf, references: Mapping[str, str]) -> tuple[Span, ...]:
    if leaf.verbatim:
        return (Span(leaf.source),) if leaf.source else ()
    return inline_spans(leaf.source, references)


def spans_text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def leaf_text(leaf: Leaf, references: Mapping[str, str]) -> str:
    """What can be selected of a leaf; the cells of a table row are parted by tabs."""
    match leaf:
        case TextLeaf():
            return spans_text(leaf_spans(leaf, references))
        case CodeLeaf():
            return leaf.code.text
        case TableLeaf():
            return "\t".join(spans_text(inline_spans(cell, references)) for cell in leaf.cells)
        case RuleLeaf():
            return ""
        case MathLeaf():
            return OBJECT
        case _:
            assert_never(leaf)


def selected_text(transcript: Transcript, selection: Selection) -> str:
    """What a copy of the selection holds.

    Whole messages and whole blocks give their Markdown, anything less gives plain text,
    and so does a selection within one leaf.
    """
    if selection.empty:
        return ""
    items = range(selection.start.item, min(selection.end.item, len(transcript) - 1) + 1)
    texts = (_item_text(transcript[index], index, selection) for index in items)
    return "\n\n".join(text for text in texts if text)


def _item_text(item: Item, index: int, selection: Selection) -> str:
    if selection.covers(index) or not item.opened:
        return item.text(PartKind.ANSWER)
    parts = []
    for kind in PartKind:
        if kind is PartKind.ANSWER or not item.folded:
            parts += _part_texts(item, index, kind, selection)
    return "\n\n".join(parts)


def _part_texts(item: Item, index: int, kind: PartKind, selection: Selection) -> list[str]:
    count = len(item.leaves(kind))
    first = max(selection.start, Position(index, kind, 0, 0))
    last = min(selection.end, Position(index, kind, count - 1, LAST))
    if first > last:
        return []
    part = item.part(kind)
    texts = []
    leaf = first.leaf
    while leaf <= last.leaf:
        block = part.block_of(leaf)
        leaves = part.leaves_of(block)
        end = min(last.leaf, leaves[-1])
        picked = range(leaf, end + 1)
        texts.append(_block_text(item, index, kind, picked, selection))
        leaf = end + 1
    return [text for text in texts if text]


def _block_text(item: Item, index: int, kind: PartKind, picked: range, selection: Selection) -> str:
    part = item.part(kind)
    references = item.references(kind)
    block = part.block_of(picked[0])
    single = (selection.start.item, selection.start.part, selection.start.leaf) == (
        selection.end.item,
        selection.end.part,
        selection.end.leaf,
    )
    pieces: list[str] = []
    whole = not single and picked == part.leaves_of(block)
    for number in picked:
        leaf = item.leaves(kind)[number]
        text = leaf_text(leaf, references)
        chosen = selection.in_leaf(index, kind, number, len(text)) or (0, 0)
        whole = whole and chosen[0] == 0 and chosen[1] >= len(text)
        if pieces and not continues(item.leaves(kind)[number - 1], leaf):
            pieces.append("\n")
        pieces.append(text[chosen[0] : chosen[1]])
    return part.source(block).strip("\n") if whole else "".join(pieces)


def continues(before: Leaf, leaf: Leaf) -> bool:
    """Whether ``leaf`` is the next piece of a paragraph that was cut for display."""
    return (
        isinstance(before, TextLeaf)
        and isinstance(leaf, TextLeaf)
        and len(before.source) >= PIECE // 2
        and leaf.frame.above == 0
        and not leaf.frame.marker
    )
