# SPDX-License-Identifier: MIT
"""One part of an item, thinking or answer, as a growing list of leaves; knows no heights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from chatglm_desktop.markdown.blocks import Block, Code, Footnote, SourceBlock
from chatglm_desktop.transcript.leaves import (
    CodeLeaf,
    Frame,
    Leaf,
    TableLeaf,
    TextLeaf,
    flatten,
    kept_leaves,
    plain_leaves,
    rows_below,
)

_FENCED = re.compile(
    r"^(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>[^\s`]*)[^\n`]*\n"
    r"(?P<code>.*?)(?:^(?P=mark)[`~]*[ \t]*$\n?|\Z)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class LeafChange:
    """``removed`` leaves from ``first`` on were replaced by ``added`` ones."""

    first: int
    removed: int
    added: int


class BlockChange(Protocol):
    """What a stream of blocks says after each step: blocks before ``first`` are as they were.

    But their links may lead elsewhere if ``references_changed``.
    """

    @property
    def first(self) -> int: ...

    @property
    def references_changed(self) -> bool: ...


class BlockSource(Protocol):
    """Markdown text that arrives piece by piece, as blocks."""

    @property
    def blocks(self) -> Sequence[SourceBlock]: ...

    @property
    def references(self) -> Mapping[str, str]: ...

    def append(self, text: str) -> BlockChange: ...

    def finish(self) -> BlockChange: ...


class MarkdownPart:
    """Leaves of streamed Markdown; only those of changed blocks are made again.

    Marks that are half open at the end of unfinished text are closed for display.
    """

    def __init__(self, stream: BlockSource) -> None:
        self._stream = stream
        self.leaves: list[Leaf] = []
        self._blocks: list[Block] = []
        self._firsts: list[int] = []
        self._owners: list[int] = []
        self._healed = False
        self.link_changes = 0
        """How often links of earlier leaves may have begun to lead elsewhere."""

    @property
    def references(self) -> Mapping[str, str]:
        return self._stream.references

    def feed(self, text: str) -> LeafChange:
        return self._take(self._stream.append(text), unfinished=True)

    def finish(self) -> LeafChange:
        return self._take(self._stream.finish(), unfinished=False)

    def block_of(self, leaf: int) -> int:
        """The number of the block that a leaf belongs to."""
        return self._owners[leaf]

    def leaves_of(self, block: int) -> range:
        following = block + 1
        known = following < len(self._firsts)
        end = self._firsts[following] if known else len(self.leaves)
        return range(self._firsts[block], end)

    def block(self, number: int) -> Block:
        return self._stream.blocks[number].block

    def note(self, label: str) -> int | None:
        """The first leaf of a footnote; None if it is not there (yet)."""
        for number, known in enumerate(self._stream.blocks):
            if isinstance(known.block, Footnote) and known.block.label == label:
                return self._firsts[number]
        return None

    def source(self, block: int) -> str:
        """The Markdown of a block."""
        return self._stream.blocks[block].source

    def _take(self, change: BlockChange, *, unfinished: bool) -> LeafChange:
        self.link_changes += change.references_changed
        first = change.first
        blocks = self._stream.blocks
        if self._healed:
            # The last block is shown as it will probably be, not as it is.
            first = min(first, len(self._firsts) - 1)
        kept = self._kept(first)
        begin = self._firsts[first] if first < len(self._firsts) else len(self.leaves)
        start = begin + kept
        old = self.leaves[start:]
        new: list[Leaf] = []
        del self._blocks[first:]
        del self._firsts[first:]
        del self._owners[start:]
        for index in range(first, len(blocks)):
            block = blocks[index].block
            if kept and index == first:
                leaves = rows_below(block, self.leaves[start - 1])
            else:
                leaves = flatten(block, first=index == 0)
                begin = start + len(new)
            self._blocks.append(block)
            self._firsts.append(begin)
            self._owners.extend([index] * len(leaves))
            new.extend(leaves)
        self._healed = unfinished and bool(new) and _heal_last(new)
        same = _common(old, new)
        self.leaves[start + same :] = new[same:]
        return LeafChange(start + same, len(old) - same, len(new) - same)

    def _kept(self, block: int) -> int:
        """How many leaves of a block that changed stay as they are; its last one may not."""
        blocks = self._stream.blocks
        if block >= min(len(self._blocks), len(blocks)):
            return 0
        kept = kept_leaves(self._blocks[block], blocks[block].block)
        return min(kept, len(self.leaves_of(block)) - 1)


class PlainPart:
    """Leaves of text shown as it was written, but for fenced code."""

    references: Mapping[str, str] = {}
    link_changes = 0

    def __init__(self) -> None:
        self._text = ""
        self.leaves: list[Leaf] = []

    def feed(self, text: str) -> LeafChange:
        self._text += text
        removed = len(self.leaves)
        self.leaves = _plain(self._text)
        return LeafChange(0, removed, len(self.leaves))

    def finish(self) -> LeafChange:
        return LeafChange(len(self.leaves), 0, 0)

    def block_of(self, leaf: int) -> int:
        return 0

    def leaves_of(self, block: int) -> range:
        return range(len(self.leaves))

    def note(self, label: str) -> int | None:
        """Text as it was written has no footnotes."""
        return None

    def source(self, block: int) -> str:
        return self._text


Part = MarkdownPart | PlainPart


def _heal_last(leaves: list[Leaf]) -> bool:
    """Close the half-open marks at the end of the last leaf; whether there were any."""
    # Late, with all of the Markdown package: nothing at the start needs it.
    from chatglm_desktop.markdown.heal import heal

    match last := leaves[-1]:
        case TextLeaf(verbatim=False):
            leaves[-1] = replace(last, source=heal(last.source))
        case TableLeaf(cells):
            end = max((index for index, cell in enumerate(cells) if cell), default=0)
            healed = (*cells[:end], heal(cells[end]), *cells[end + 1 :])
            leaves[-1] = replace(last, cells=healed)
    return leaves[-1] != last


def _common(old: Sequence[Leaf], new: Sequence[Leaf]) -> int:
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count


def _plain(text: str) -> list[Leaf]:
    leaves: list[Leaf] = []
    start = 0
    for match in _FENCED.finditer(text):
        _add_plain(leaves, text[start : match.start()])
        frame = Frame(above=12.0 if leaves else 0.0)
        code = match["code"].removesuffix("\n")
        leaves.append(CodeLeaf(Code(code, match["language"]), frame))
        start = match.end()
    _add_plain(leaves, text[start:])
    return leaves


def _add_plain(leaves: list[Leaf], text: str) -> None:
    text = text.strip("\n").rstrip()
    if text:
        leaves.extend(plain_leaves(text, first=not leaves))
