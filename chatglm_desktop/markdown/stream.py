# SPDX-License-Identifier: MIT
"""Blocks of a text that arrives in pieces; knows neither inline marks nor drawing.

Only the unfinished tail is parsed again. A block is settled, and left alone, when another
one has begun after it and has two complete lines: where a block ends depends on no more
than that (``| a |`` ends a paragraph if ``|---|`` follows).
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatglm_desktop.markdown.blocks import Code, Paragraph, SourceBlock, Table
from chatglm_desktop.markdown.fence import Fence
from chatglm_desktop.markdown.holdback import without_marks, without_table_head
from chatglm_desktop.markdown.open_table import OpenTable
from chatglm_desktop.markdown.parser import Parsed, Parser, normalized

# A block beyond these is left in parts: parsing it as a whole would take longer than a frame.
_LONGEST = 32 * 1024
_MOST_LINES = 200
# A long tail without line breaks is parsed again when it has grown by this share.
_LONG_LINE = 8 * 1024
_LINE_GROWTH = 16

_LIST_ITEM = re.compile(r"^(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """Of the blocks from index ``first`` on ``removed`` were replaced by ``added``.

    ``references_changed``: links in other blocks may lead elsewhere now.
    """

    first: int
    removed: int
    added: tuple[SourceBlock, ...]
    references_changed: bool = False


class BlockStream:
    """Owns the text so far and its blocks, which are those of the text parsed at once.

    They are exact after :meth:`finish`; until then marks at the very end that would flash
    are left out. But a block of more than 32 KiB or 200 lines that is neither code nor a table
    stays in parts: items of a list in several lists.
    """

    def __init__(self, parser: Parser | None = None) -> None:
        self._parser = parser or Parser()
        self._texts: list[str] = []
        self._carriage_return = False
        self._waiting: list[str] = []
        self._waiting_length = 0
        self._tail = ""
        self._blocks: list[SourceBlock] = []
        self._start = 0
        self._changed_from = 0
        self._references: dict[str, str] = {}
        self._tail_references: dict[str, str] = {}
        self._new_references: dict[str, str] = {}
        self._fence: Fence | None = None
        self._table: OpenTable | None = None

    @property
    def blocks(self) -> Sequence[SourceBlock]:
        return self._blocks

    @property
    def text(self) -> str:
        return "".join(self._texts)

    @property
    def references(self) -> Mapping[str, str]:
        """The definitions so far, of links and footnotes, as ``parse_inline`` needs them."""
        return ChainMap(self._references, self._tail_references)

    def append(self, text: str) -> Change:
        """Add ``text``; the cost is in proportion to it and to the unfinished tail.

        A caller with a frame to keep appends at most 16 KiB at once.
        """
        self._texts.append(text)
        if self._carriage_return:
            text = "\r" + text
        self._carriage_return = text.endswith("\r")
        return self._take(normalized(text.removesuffix("\r")), final=False)

    def finish(self) -> Change:
        """Show everything that was left out; nothing may be appended after it."""
        text = "\n" if self._carriage_return else ""
        self._carriage_return = False
        return self._take(text, final=True)

    def _take(self, text: str, *, final: bool) -> Change:
        count = self._changed_from = len(self._blocks)
        known = self._tail_references
        self._new_references = {}
        self._waiting.append(text)
        self._waiting_length += len(text)
        if final or self._ready(text):
            self._tail += "".join(self._waiting)
            self._waiting.clear()
            self._waiting_length = 0
            while self._advance(final):
                pass
        first = self._changed_from
        return Change(
            first,
            count - first,
            tuple(self._blocks[first:]),
            known != self._new_references | self._tail_references,
        )

    def _ready(self, text: str) -> bool:
        """Whether to go on; a very long line of code is taken in growing portions."""
        if len(self._tail) < _LONG_LINE or "\n" in text:
            return True
        return self._waiting_length * _LINE_GROWTH >= len(self._tail)

    def _advance(self, final: bool) -> bool:
        """Do one step over the tail; whether there is another one to do."""
        if self._fence:
            return self._advance_fence(self._fence, final)
        if self._table:
            return self._advance_table(self._table, final)
        if len(self._tail) > _LONGEST or self._tail.count("\n") > _MOST_LINES:
            self._advance_long()
            return True
        parsed = self._parsed_tail(final)
        self._show(parsed)
        if final:
            return False
        if self._open(parsed):
            return True
        self._settle(parsed)
        return False

    def _advance_fence(self, fence: Fence, final: bool) -> bool:
        self._tail = self._tail[fence.take(self._tail) :]
        self._replace([fence.block("" if fence.closed else self._tail, final=final)])
        if fence.closed:
            self._fence = None
            self._start += 1
        return fence.closed

    def _advance_table(self, table: OpenTable, final: bool) -> bool:
        self._tail = self._tail[table.take(self._tail, final=final) :]
        if table.ended:
            self._replace([table.block()])
            self._table = None
            self._start += 1
        else:
            partial, rest = table.rest(without_marks(self._tail))
            self._show(rest, [table.block(partial)])
        return table.ended

    def _advance_long(self) -> None:
        """Settle what can be; if nothing can, leave a part of the block as it is."""
        parsed = self._parser.parse(self._tail[: _part_end(self._tail)])
        self._show(parsed)
        if self._open(parsed) or self._settle(parsed):
            return
        before = len(parsed.places) - 1
        if before > 0:
            self._leave(before, parsed, parsed.places[before - 1].end)
        else:
            self._leave(len(parsed.places), parsed, len(parsed.text))

    def _parsed_tail(self, final: bool) -> Parsed:
        if final:
            return self._parser.parse(self._tail)
        text = without_marks(self._tail)
        parsed = self._parser.parse(text)
        if parsed.places and isinstance(parsed.places[-1].block, Paragraph):
            shorter = without_table_head(text)
            if shorter != text:
                return self._parser.parse(shorter)
        return parsed

    def _show(self, parsed: Parsed, before: Sequence[SourceBlock] = ()) -> None:
        """Display the blocks of the tail; those that are as before keep their identity."""
        self._tail_references = {
            item.label: item.target
            for item in parsed.definitions
            if item.label not in self._references
        }
        old = self._blocks[self._start + len(before) :]
        same = 0
        for block, place in zip(old, parsed.places, strict=False):
            if block.source != place.source or block.block != place.block:
                break
            same += 1
        new = [SourceBlock(place.block, place.source) for place in parsed.places[same:]]
        self._replace([*before, *old[:same], *new])

    def _replace(self, blocks: list[SourceBlock]) -> None:
        """Make ``blocks`` those of the tail, and note where they begin to be others."""
        old = self._blocks[self._start :]
        same = 0
        while same < min(len(old), len(blocks)) and old[same] is blocks[same]:
            same += 1
        if same < max(len(old), len(blocks)):
            self._changed_from = min(self._changed_from, self._start + same)
        self._blocks[self._start :] = blocks

    def _open(self, parsed: Parsed) -> bool:
        """Whether the last block is a fence at the margin or a table: from now on it grows."""
        if not parsed.places:
            return False
        last = parsed.places[-1]
        lines = parsed.text[last.start :].split("\n", 2)
        taken = 0
        match last.block:
            case Code() as code if len(lines) > 1 and Fence.opens(lines[0]):
                self._fence = Fence(lines[0], code.language)
                taken = 1
            case Table() as table if len(lines) > 2:
                self._table = OpenTable(lines[:2], table, self._parser)
                taken = 2
        if taken:
            end = last.start + sum(len(line) + 1 for line in lines[:taken])
            self._leave(len(parsed.places) - 1, parsed, end)
        return taken > 0

    def _settle(self, parsed: Parsed) -> bool:
        """Leave blocks alone that cannot change any more; whether there are such."""
        text = parsed.text
        for index in range(len(parsed.places) - 1, 0, -1):
            second_line = text.find("\n", parsed.places[index].start) + 1
            if second_line and text.find("\n", second_line) >= 0:
                self._leave(index, parsed, parsed.places[index - 1].end)
                return True
        return False

    def _leave(self, blocks: int, parsed: Parsed, length: int) -> None:
        """The tail now begins ``blocks`` blocks and ``length`` characters later."""
        self._define(parsed, length)
        self._start += blocks
        self._tail = self._tail[length:]

    def _define(self, parsed: Parsed, end: int) -> None:
        """Keep the definitions before ``end``; the first one of a label counts."""
        for item in parsed.definitions:
            if item.start < end and item.label not in self._references:
                self._references[item.label] = item.target
                self._new_references[item.label] = item.target
                self._tail_references.pop(item.label, None)


def _part_end(text: str) -> int:
    """Where to part a long text: before its last item if it is a list, else after a line."""
    last_line = text.rfind("\n", 0, text.rfind("\n")) + 1
    end = last_line
    if _LIST_ITEM.match(text):
        for found in _LIST_ITEM.finditer(text, len(text) // 2):
            end = found.start()
    for place in (end, last_line):
        if place * 2 >= len(text):
            return place
    return len(text)
