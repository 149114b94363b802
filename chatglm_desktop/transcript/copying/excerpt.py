# SPDX-License-Identifier: MIT
"""What a selection holds, as blocks and parts of blocks; knows no format and no clipboard.

An excerpt is a value: it stays what it was when the conversation goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.markdown.blocks import Block, Code, Span
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.markdown.writing.inline import cut_spans
from chatglm_desktop.transcript.copying.pruning import Chosen, Pruner
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf, Leaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.parts import MarkdownPart, PlainPart
from chatglm_desktop.transcript.selection import LAST, PartKind, Position, Selection
from chatglm_desktop.transcript.texts import (
    continues,
    leaf_spans,
    leaf_text,
    spans_text,
)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that is shown as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of one paragraph, heading or cell, without what is around it."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code from one block, without what is around it."""

    text: str
    language: str


Piece: TypeAlias = Block | Verbatim | Phrase | Snippet


@dataclass(frozen=True, slots=True)
class Passage:
    """A block or a part of one; ``source`` is its Markdown as it was written, if all is there.

    ``alone`` is what stands for it if nothing else is selected.
    """

    piece: Piece
    source: str = ""
    thinking: bool = False
    alone: Piece | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What is selected of a message: all of it as ``text``, or else ``passages``.

    ``name`` is who wrote it. ``verbatim`` text is shown as it was written. ``rest`` is text
    after the passages that is not parsed yet.
    """

    name: str
    text: str = ""
    verbatim: bool = False
    passages: tuple[Passage, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


Excerpt: TypeAlias = tuple[Extract, ...]


def excerpt(
    item_at: Callable[[int], Item | None], selection: Selection, name: Callable[[Message], str]
) -> Excerpt:
    """What ``selection`` holds; ``name`` says who wrote a message.

    ``item_at`` gives each item of the selection, or None for one to leave out. Folded thinking
    is not selected, and neither is thinking in messages selected whole.
    """
    return complete(extracts(item_at, selection, name))


def extracts(
    item_at: Callable[[int], Item | None], selection: Selection, name: Callable[[Message], str]
) -> Iterator[Extract | None]:
    """The same message by message, to be made :func:`complete`; None where nothing is."""
    if selection.empty:
        return
    for index in range(selection.start.item, selection.end.item + 1):
        item = item_at(index)
        if item is None:
            yield None
            continue
        extract = _extract(item, index, selection, name(item.message))
        yield extract if extract.text or extract.passages or extract.rest else None


def complete(found: Iterable[Extract | None]) -> Excerpt:
    """All extracts of a selection as its excerpt."""
    return _phrased(tuple(each for each in found if each is not None))


def whole_message(item: Item, name: str) -> Extract:
    """All of a message's answer."""
    verbatim = item.message.role is not Role.ASSISTANT
    return Extract(name, item.text(PartKind.ANSWER), verbatim)


def _extract(item: Item, index: int, selection: Selection, name: str) -> Extract:
    if selection.covers(index):
        return whole_message(item, name)
    item = _opened(item)
    passages: list[Passage] = []
    for kind in PartKind:
        if kind is PartKind.ANSWER or not item.folded:
            passages += _passages(item, index, kind, selection)
    end = Position(index, PartKind.ANSWER, len(item.leaves(PartKind.ANSWER)), 0)
    rest = item.waiting(PartKind.ANSWER) if selection.end >= end else ""
    references = dict(item.references(PartKind.ANSWER))
    return Extract(name, "", False, tuple(passages), references, rest)


def _opened(item: Item) -> Item:
    """``item`` with its leaves; what nobody looks at stays unparsed but for this copy."""
    if item.opened:
        return item
    copy = item.fresh()
    copy.open()
    while copy.pending:
        copy.work()
    return copy


def _phrased(found: Excerpt) -> Excerpt:
    """A selection within one leaf is a phrase: it has no marks of list, quote or code."""
    if len(found) == 1 and len(found[0].passages) == 1 and not found[0].rest:
        only = found[0].passages[0]
        if only.alone is not None:
            return (replace(found[0], passages=(Passage(only.alone, "", only.thinking),)),)
    return found


def _passages(item: Item, index: int, kind: PartKind, selection: Selection) -> Iterator[Passage]:
    leaves = item.leaves(kind)
    first = max(selection.start, Position(index, kind, 0, 0))
    last = min(selection.end, Position(index, kind, len(leaves) - 1, LAST))
    if first > last:
        return
    part = item.part(kind)
    references = item.references(kind)
    thinking = kind is PartKind.REASONING

    def choose(number: int) -> Chosen | None:
        if first.leaf < number < last.leaf:
            # Only the outermost are parsed to know how long they are.
            return Chosen(0, LAST, whole=True)
        length = len(leaf_text(leaves[number], references))
        return _chosen(selection, Position(index, kind, number, length))

    if isinstance(part, PlainPart):
        picked = range(first.leaf, last.leaf + 1)
        yield from _plain_passages([leaves[n] for n in picked], list(map(choose, picked)))
        return
    leaf = first.leaf
    while leaf <= last.leaf:
        number = part.block_of(leaf)
        owned = part.leaves_of(number)
        chosen = list(map(choose, owned))
        passage = _block_passage(part, number, chosen, references, thinking=thinking)
        if passage is not None:
            yield passage
        leaf = owned[-1] + 1


def _chosen(selection: Selection, end: Position) -> Chosen | None:
    """What is selected of the leaf that ends at ``end``."""
    length = end.character
    found = selection.in_leaf(end.item, end.part, end.leaf, length)
    if found is None or (length and found[0] == found[1]):
        return None
    if not length and selection.end <= end:
        # Where a selection ends, what has no characters is not yet in it.
        return None
    return Chosen(*found, whole=found == (0, length))


def _block_passage(
    part: MarkdownPart,
    number: int,
    chosen: Sequence[Chosen | None],
    references: Mapping[str, str],
    *,
    thinking: bool,
) -> Passage | None:
    block = part.block(number)
    pruned = Pruner(iter(chosen), references).prune(block)
    if pruned is None:
        return None
    owned = part.leaves_of(number)
    leaves = part.leaves[owned.start : owned.stop]
    touched = [(leaf, each) for leaf, each in zip(leaves, chosen, strict=True) if each]
    alone = _alone(*touched[0], references) if len(touched) == 1 else None
    source = part.source(number).strip("\n") if pruned is block else ""
    return Passage(pruned, source, thinking, alone)


def _alone(leaf: Leaf, chosen: Chosen, references: Mapping[str, str]) -> Piece | None:
    """What a leaf of which something is selected is without its surroundings."""
    match leaf:
        case CodeLeaf(code):
            return Snippet(code.text[chosen.start : chosen.end], code.language)
        case TextLeaf() if not chosen.whole:
            return Phrase(cut_spans(leaf_spans(leaf, references), chosen.start, chosen.end))
        case TableLeaf(cells):
            return _cell_phrase(cells, chosen, references)
        case _:
            return None


def _cell_phrase(
    cells: Sequence[str], chosen: Chosen, references: Mapping[str, str]
) -> Phrase | None:
    """A selection that begins and ends in one cell."""
    first = 0
    for cell in cells:
        spans = inline_spans(cell, references)
        end = first + len(spans_text(spans))
        if first <= chosen.start and chosen.end <= end:
            return Phrase(cut_spans(spans, chosen.start - first, chosen.end - first))
        first = end + 1
    return None


def _plain_passages(leaves: Sequence[Leaf], chosen: Sequence[Chosen | None]) -> Iterator[Passage]:
    """Text shown as it was written; pieces of a paragraph that was cut are joined again."""
    texts: list[str] = []
    for before, leaf, each in zip((None, *leaves), leaves, chosen, strict=False):
        if before is None or not continues(before, leaf):
            yield from _verbatim(texts)
            texts = []
        if each is not None and isinstance(leaf, TextLeaf):
            texts.append(leaf.source[each.start : each.end])
        elif each is not None and isinstance(leaf, CodeLeaf):
            part = leaf.code.text[each.start : each.end]
            code = Code(part, leaf.code.language)
            yield Passage(code, alone=Snippet(part, leaf.code.language))
    yield from _verbatim(texts)


def _verbatim(texts: Sequence[str]) -> Iterator[Passage]:
    if text := "".join(texts):
        yield Passage(Verbatim(text), alone=Phrase((Span(text),)))
