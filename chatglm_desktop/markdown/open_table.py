# SPDX-License-Identifier: MIT
"""A table that grows by rows; knows of other Markdown only where a table ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatglm_desktop.markdown.blocks import SourceBlock, Table
from chatglm_desktop.markdown.builder import with_breaks
from chatglm_desktop.markdown.lines import Growing, Lines
from chatglm_desktop.markdown.parser import Parsed, Parser

_BAR = re.compile(r"(?<!\\)\|")
# Other lines begin none of the blocks that end a table. Code does, and is seen by its indent.
_MAY_BEGIN_BLOCK = re.compile(r" {0,3}(?:[`~>*+\-_#$\\]|\d{1,9}[.)])")
_CODE = re.compile(r" {0,3}\t| {4}")
_DOLLARS = re.compile(r" {0,3}\$\$\s*")


class OpenTable:
    """Owns the rows of one table, which stands in no container.

    ``head`` are its first two lines, ``table`` is what they say.
    """

    def __init__(self, head: Sequence[str], table: Table, parser: Parser) -> None:
        self._parser = parser
        self._table = table
        self._lines = [*head]
        self._rows: list[tuple[str, ...]] = []
        # What of formulas is open so far: then a line with their mark may be one of the table.
        self._dollars = 0
        self._brackets = 0
        for line in head:
            self._note(line)
        self._shown: tuple[int, str, SourceBlock] | None = None
        self.ended = False

    def take(self, text: str, *, final: bool) -> int:
        """Take the lines of ``text`` that are rows for sure; how many characters.

        The line after them, if it is complete, ends the table, or waits for the next one that
        decides about it. Before the ``final`` end the last line is not complete.
        """
        taken = 0
        while taken < len(text):
            end = text.find("\n", taken)
            if end < 0:
                if not final:
                    break
                end = len(text)
            line = text[taken:end]
            following = text.find("\n", end + 1) + 1
            if not (following or final) and self._waits(line):
                break
            if not self._is_row(line, text[taken : following or None]):
                self.ended = True
                break
            self._lines.append(line)
            self._rows.append(self._cells(line))
            self._note(line)
            taken = min(end + 1, len(text))
        return taken

    def block(self, partial: str = "") -> SourceBlock:
        """The table, with ``partial`` as a last row unless that is blank.

        The same object for as long as nothing changes.
        """
        if self._shown is None or self._shown[:2] != (len(self._rows), partial):
            self._shown = (len(self._rows), partial, self._block(partial))
        return self._shown[2]

    def _block(self, partial: str) -> SourceBlock:
        cells = line = None
        finished = len(self._lines)
        if partial.strip():
            cells = self._cells(partial)
            line = partial.rstrip(" \t")
        else:
            # Where a block ends in blanks they are no part of its source.
            finished -= 1
            line = self._lines[finished].rstrip(" \t")
        rows = Growing(self._rows, 0, len(self._rows), cells)
        table = Table(self._table.alignments, self._table.header, rows)
        return SourceBlock(table, Lines(self._lines, 0, finished, line))

    def rest(self, text: str) -> tuple[str, Parsed]:
        """Of ``text`` after the rows, as far as one knows: another row, and what follows it."""
        end = len(text)
        if text and not self._is_plain_row(text):
            end = self._end_within(text)
        return text[:end], self._parser.parse(text[end:])

    def _is_row(self, line: str, with_next: str) -> bool:
        """Whether a line is a row; ``with_next`` are it and the next one."""
        if self._is_plain_row(line):
            return True
        if not line.strip() or _CODE.match(line):
            return False
        return self._end_within(with_next) > 0

    def _waits(self, line: str) -> bool:
        """Whether the next line decides if this one is a row or begins a formula."""
        return not self._dollars % 2 and _DOLLARS.fullmatch(line) is not None

    def _is_plain_row(self, line: str) -> bool:
        """Whether a line is a row, as one sees without asking the library."""
        return bool(line.strip()) and not (_CODE.match(line) or _MAY_BEGIN_BLOCK.match(line))

    def _end_within(self, text: str) -> int:
        """How much of ``text`` belongs to the table, as the library says."""
        open_formulas = "$$" * (self._dollars % 2) + "\\[" * (self._brackets > 0)
        before = f"|a|\n|-|\n|{open_formulas}\n"
        return self._parser.parse(before + text).places[0].end - len(before)

    def _cells(self, line: str) -> tuple[str, ...]:
        """The cells of a row, as many as there are columns."""
        cells = _BAR.split(line.strip())
        if not cells[0]:
            cells.pop(0)
        if cells and not cells[-1]:
            cells.pop()
        width = len(self._table.header)
        missing = ("",) * (width - len(cells))
        kept = (with_breaks(cell.replace("\\|", "|").strip()) for cell in cells[:width])
        return (*kept, *missing)

    def _note(self, line: str) -> None:
        self._dollars += line.count("$$")
        self._brackets += line.count("\\[") - line.count("\\]")
