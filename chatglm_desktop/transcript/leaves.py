# SPDX-License-Identifier: MIT
"""Blocks flattened into leaves, the smallest pieces that are laid out; knows no fonts.

A leaf says what it shows and where it stands in the nesting (indent, quote bars, list
marker). Leaves compare by value, so a block that grew keeps all leaves but the last.
Lengths are in pixels at zoom 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

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
    Table,
)
from chatglm_desktop.markdown.lines import Growing
from chatglm_desktop.transcript.widths import columns, cut

PIECE = 2048
"""Characters of one text leaf; a longer paragraph is cut into several."""
_PIECE_MARKS = 160
"""Marks of one text leaf, about."""

CODE_UNFOLDED = 30
CODE_FOLDED = 20
"""Code of more lines than the first figure shows only so many unless it is expanded."""

BULLETS = ("•", "◦", "▪")
TASK_OPEN = "☐"
TASK_DONE = "☑"

_LIST_INDENT = 24.0
_TWO_DIGITS = 6.0
_DIGIT = 9.0
_LABEL_GAP = 12.0
_MOST_LABEL = 96.0
_QUOTE_INDENT = 16.0
# Deep nesting must leave room for text.
_MAX_INDENT = 240.0
_LONGEST_WORD = 16
_DECIDING_ROWS = 32
_WIDEST_CELL = 64
_COLUMN_STEP = 4
_UNSEEN = re.compile(r"\]\([^)]*\)|[*`\[]|~~")
"""Marks and link targets, roughly: they take no room in a cell."""

_ABOVE_FIRST = 4.0
"""What text has above its letters, and other blocks at the top of a message lack."""
_ABOVE_HEADING = (24.0, 24.0, 20.0, 16.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a leaf stands: ``indent`` of its text, space ``above``.

    ``marker`` is that of its list, before the text of the item, which begins ``beside`` it.
    ``bars`` are the x of the quotes around it, of which the last ``fresh`` ones begin here.
    """

    indent: float = 0.0
    bars: tuple[float, ...] = ()
    marker: str = ""
    above: float = 0.0
    fresh: int = 0
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class TextLeaf:
    """``source`` is inline Markdown, or plain text if ``verbatim``; ``level`` 0 is body text."""

    source: str
    frame: Frame = Frame()
    level: int = 0
    verbatim: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CodeLeaf:
    """A code block. Code that still grows is equal to no other version of itself."""

    code: Code
    frame: Frame = Frame()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CodeLeaf):
            return NotImplemented
        mine, theirs = self.code, other.code
        if mine is not theirs:
            # Comparing lines that grow would cost as much as the whole block at each delta.
            if not (isinstance(mine.content, str) and isinstance(theirs.content, str)):
                return False
            if (mine.content, mine.language) != (theirs.content, theirs.language):
                return False
        return self.frame == other.frame

    def __hash__(self) -> int:
        return hash(self.frame)

    @property
    def line_count(self) -> int:
        content = self.code.content
        return content.count("\n") + 1 if isinstance(content, str) else len(content)


@dataclass(frozen=True, slots=True)
class TableLeaf:
    """One row of a table.

    ``columns`` are the widths that the table's cells would like, ``words`` those that they
    need for not breaking words, both in columns of text. The first rows of a table decide, so
    that a row that arrives changes nothing above it. ``number`` counts from the header, 0.
    """

    cells: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    columns: tuple[int, ...]
    words: tuple[int, ...]
    number: int
    frame: Frame = Frame()

    @property
    def header(self) -> bool:
        return not self.number


@dataclass(frozen=True, slots=True)
class RuleLeaf:
    frame: Frame = Frame()


@dataclass(frozen=True, slots=True)
class MathLeaf:
    """A formula on lines of its own."""

    tex: str
    frame: Frame = Frame()


Leaf: TypeAlias = TextLeaf | CodeLeaf | TableLeaf | RuleLeaf | MathLeaf


def flatten(block: Block, *, first: bool = False) -> list[Leaf]:
    """The leaves of a top-level block; the ``first`` one of a message has little space above."""
    leaves = list(_leaves(block, Frame(above=12.0), 0))
    if first and leaves:
        above = 0.0 if isinstance(leaves[0], TextLeaf) else _ABOVE_FIRST
        leaves[0] = replace(leaves[0], frame=replace(leaves[0].frame, above=above))
    return leaves


def kept_leaves(earlier: Block, block: Block) -> int:
    """How many of the leaves of a table that grew are those of an ``earlier`` version."""
    match earlier, block:
        case Table(rows=Growing() as old), Table(rows=Growing() as new) if new.extends(old):
            # Until then each row may change the widths that all leaves know.
            return 1 + old.finished if old.finished >= _DECIDING_ROWS else 0
        case _:
            return 0


def rows_below(table: Block, before: Leaf) -> list[Leaf]:
    """The leaves of a table from the one after the leaf ``before`` on.

    Raises TypeError unless it is one of a table's rows.
    """
    if not (isinstance(table, Table) and isinstance(before, TableLeaf)):
        raise TypeError("no row of a table")
    return list(_rows(table, before))


def plain_leaves(text: str, *, first: bool) -> list[Leaf]:
    """The leaves of text that is shown as it was written."""
    frame = Frame(above=0.0 if first else 12.0)
    return list(_pieces(TextLeaf(text, frame, verbatim=True)))


def _leaves(block: Block, frame: Frame, depth: int) -> Iterator[Leaf]:
    match block:
        case Paragraph(inline):
            yield from _pieces(TextLeaf(inline, frame))
        case Heading(level, inline):
            above = _ABOVE_HEADING[min(level, len(_ABOVE_HEADING)) - 1]
            yield TextLeaf(inline, replace(frame, above=above), level)
        case Code():
            yield CodeLeaf(block, frame)
        case Quote(blocks):
            yield from _quote(blocks, frame, depth)
        case ListBlock():
            yield from _list(block, frame, depth)
        case Table():
            yield from _table(block, frame)
        case Rule():
            yield RuleLeaf(replace(frame, above=20.0))
        case Math(tex):
            yield MathLeaf(tex, frame)
        case Footnote(label, blocks):
            yield from _footnote(label, blocks, frame, depth)
        case _:
            assert_never(block)


def pieces(source: str, *, verbatim: bool = False) -> Iterator[str]:
    """The sources of the text leaves of a paragraph."""
    return cut(source, PIECE, PIECE if verbatim else _PIECE_MARKS)


def _pieces(leaf: TextLeaf) -> Iterator[Leaf]:
    rest = replace(leaf.frame, marker="", above=0.0, fresh=0)
    for index, piece in enumerate(pieces(leaf.source, verbatim=leaf.verbatim)):
        yield replace(leaf, source=piece, frame=rest if index else leaf.frame)


def _children(blocks: Iterable[Block], frame: Frame, gap: float, depth: int) -> Iterator[Leaf]:
    """Leaves of nested blocks; the marker and the outer space belong to the first leaf."""
    inner = replace(frame, marker="", above=gap, fresh=0)
    begin = replace(inner, above=frame.above, fresh=frame.fresh)
    yielded = False
    for block in blocks:
        for leaf in _leaves(block, inner if yielded else begin, depth):
            if not yielded:
                own = replace(leaf.frame, above=frame.above)
                if frame.marker:
                    own = replace(own, marker=frame.marker, beside=frame.beside)
                yield replace(leaf, frame=own)
            else:
                yield leaf
            yielded = True
    if not yielded:
        yield TextLeaf("", frame)


def _quote(blocks: tuple[Block, ...], frame: Frame, depth: int) -> Iterator[Leaf]:
    inner = frame
    if frame.indent + _QUOTE_INDENT <= _MAX_INDENT:
        bars = (*frame.bars, frame.indent)
        indent = frame.indent + _QUOTE_INDENT
        inner = replace(frame, indent=indent, bars=bars, fresh=frame.fresh + 1)
    yield from _children(blocks, inner, 8.0, depth)


def _list(block: ListBlock, frame: Frame, depth: int) -> Iterator[Leaf]:
    indent = frame.indent + _LIST_INDENT
    if block.start is not None:
        # Room for two digits in any case: a tenth item moves none of those before it.
        digits = len(str(block.start + len(block.items) - 1))
        indent += _TWO_DIGITS + max(0, digits - 2) * _DIGIT
    indent = min(indent, max(_MAX_INDENT, frame.indent))
    gap = 4.0 if block.tight else 8.0
    for index, item in enumerate(block.items):
        own = replace(
            frame,
            indent=indent,
            marker=_marker(block, item, index, depth),
            beside=indent,
            above=gap if index else frame.above,
            fresh=0 if index else frame.fresh,
        )
        yield from _children(item.blocks, own, gap, depth + 1)


def _footnote(label: str, blocks: tuple[Block, ...], frame: Frame, depth: int) -> Iterator[Leaf]:
    room = min(max(_LIST_INDENT, _LABEL_GAP + columns(label) * _DIGIT), _MOST_LABEL)
    indent = min(frame.indent + room, max(_MAX_INDENT, frame.indent))
    own = replace(frame, indent=indent, marker=label, beside=indent)
    yield from _children(blocks, own, 8.0, depth)


def _marker(block: ListBlock, item: ListItem, index: int, depth: int) -> str:
    if item.checked is not None:
        return TASK_DONE if item.checked else TASK_OPEN
    if block.start is not None:
        return f"{block.start + index}."
    return BULLETS[min(depth, len(BULLETS) - 1)]


def _table(table: Table, frame: Frame) -> Iterator[Leaf]:
    wanted = []
    words = []
    for cells in zip(table.header, *table.rows[:_DECIDING_ROWS], strict=True):
        # In steps, so that a cell that arrives letter by letter rarely moves the others.
        shown = [_UNSEEN.sub("", cell) for cell in cells]
        # The header is bold.
        shown[0] += "x" * (len(shown[0]) // 6)
        wanted.append(_stepped(max(map(columns, shown)), _WIDEST_CELL))
        words.append(_stepped(max(map(_longest_word, shown)), _LONGEST_WORD))
    head = TableLeaf(table.header, table.alignments, tuple(wanted), tuple(words), 0, frame)
    yield head
    yield from _rows(table, head)


def _rows(table: Table, before: TableLeaf) -> Iterator[Leaf]:
    """The rows of a table below the leaf ``before``."""
    frame = replace(before.frame, marker="", above=0.0, fresh=0)
    widths = (before.columns, before.words)
    for number, cells in enumerate(table.rows[before.number :], before.number + 1):
        yield TableLeaf(cells, before.alignments, *widths, number, frame)


def _stepped(width: int, most: int) -> int:
    return min(max(-(-width // _COLUMN_STEP), 1) * _COLUMN_STEP, most)


def _longest_word(cell: str) -> int:
    """Columns of the longest part that is not to be broken; Chinese breaks anywhere."""
    return max((len(word) for word in cell.split() if word.isascii()), default=2)
