# SPDX-License-Identifier: MIT
"""A message as it is read aloud: one text, and where its characters stand; knows no pixels.

A formula is read as its LaTeX, though it is one character of its leaf.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chatglm_desktop.markdown.blocks import Span
from chatglm_desktop.markdown.sources import inline_spans
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import Leaf, MathLeaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.selection import PartKind, Position
from chatglm_desktop.transcript.texts import leaf_spans, leaf_text


@dataclass(frozen=True, slots=True)
class _Run:
    """Text read at ``start`` for ``length`` characters of a leaf from ``character`` on."""

    part: PartKind
    leaf: int
    character: int
    length: int
    start: int
    text: str


class Reading:
    """The text of ``item``, which must be open; a snapshot: see :meth:`holds`."""

    def __init__(self, item: Item, index: int) -> None:
        self._index = index
        self._leaves = _shown(item)
        self._runs = list(self._read(item))
        self._starts = [run.start for run in self._runs]
        self._ends = [(run.part, run.leaf, run.character + run.length) for run in self._runs]
        self.text = "".join(run.text for run in self._runs).removesuffix("\n")

    def holds(self, item: Item) -> bool:
        """Whether ``item`` still shows what was read."""
        return self._leaves == _shown(item)

    def position(self, offset: int) -> Position:
        """What is read at ``offset``, clamped to the text."""
        if not self._runs:
            return Position(self._index, PartKind.ANSWER, 0, 0)
        offset = min(max(offset, 0), len(self.text))
        run = self._runs[bisect_right(self._starts, offset) - 1]
        inside = offset - run.start if run.length == len(run.text) else 0
        return Position(self._index, run.part, run.leaf, run.character + inside)

    def offset(self, position: Position) -> int:
        """Where ``position`` is read, clamped to the text."""
        if position.item != self._index:
            return 0 if position.item < self._index else len(self.text)
        place = (position.part, position.leaf, position.character)
        number = bisect_right(self._ends, place)
        if number == len(self._runs):
            return len(self.text)
        run = self._runs[number]
        if (run.part, run.leaf) != place[:2]:
            # Beyond the end of its leaf: before the line break there.
            return max(run.start - 1, 0)
        inside = position.character - run.character if run.length == len(run.text) else 0
        return run.start + inside

    def _read(self, item: Item) -> Iterator[_Run]:
        start = 0
        for part, leaf, shown in self._leaves:
            character = 0
            for text, length in (*_pieces(shown, item.references(part)), ("\n", 1)):
                yield _Run(part, leaf, character, length, start, text)
                start += len(text)
                character += length


def _shown(item: Item) -> list[tuple[PartKind, int, Leaf]]:
    """The leaves that are not folded away."""
    return [
        (part, number, leaf)
        for part in PartKind
        if part is PartKind.ANSWER or not item.folded
        for number, leaf in enumerate(item.leaves(part))
    ]


def _pieces(leaf: Leaf, references: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """What is read of a leaf, piece by piece, and for how many of its characters."""
    match leaf:
        case TextLeaf():
            yield from _spoken(leaf_spans(leaf, references))
        case TableLeaf():
            for number, cell in enumerate(leaf.cells):
                if number:
                    yield "\t", 1
                yield from _spoken(inline_spans(cell, references))
        case MathLeaf(tex):
            yield tex, 1
        case _:
            text = leaf_text(leaf, references)
            yield text, len(text)


def _spoken(spans: tuple[Span, ...]) -> Iterator[tuple[str, int]]:
    for span in spans:
        yield span.math or span.text, len(span.text)
