# SPDX-License-Identifier: MIT
"""The lines of a code block: cut, coloured, and laid out one by one when they are needed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count, repeat
from operator import add

from chatglm_desktop.gui.transcript.look import Look
from chatglm_desktop.gui.transcript.rows.code_colours import CodeColours
from chatglm_desktop.gui.transcript.text.flow import ENDLESS, Flow
from chatglm_desktop.markdown.blocks import Code, Span
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.markdown.lines import Lines
from chatglm_desktop.transcript.widths import column_cuts, columns, most_columns

_LONGEST = 2000
"""Columns after which a line goes on in the next one even when lines are not wrapped."""
_MOST_FLOWS = 400


class CodeLines:
    """Display lines of ``code``, each of at most ``limit`` columns (0: as written).

    ``previous`` are the lines of an earlier version; if the code only grew, they are
    taken over, and only what is new is looked at.
    """

    def __init__(
        self,
        code: Code,
        look: Look,
        limit: int,
        highlighters: Highlighters,
        previous: CodeLines | None = None,
    ) -> None:
        self._look = look
        self._code = code
        self._lines = code.lines
        self._limit = limit or _LONGEST
        # Of each display line: where it begins in the text, its source line, its place in that.
        self._starts: list[int] = []
        self._sources: list[int] = []
        self._offsets: list[int] = []
        self._flows: dict[int, Flow] = {}
        self.columns = 0
        self.length = 0
        self._coloured = False
        if previous is not None and previous._grew_to(code, look, self._limit):
            self._take_over(previous)
        else:
            self._colours = CodeColours(code, highlighters)
            self._cut(0, 0)

    def _grew_to(self, code: Code, look: Look, limit: int) -> bool:
        if (code.language, look, limit) != (self._code.language, self._look, self._limit):
            return False
        old, new = self._code.content, code.content
        if old is new:
            return True
        return isinstance(old, Lines) and isinstance(new, Lines) and new.extends(old)

    def _take_over(self, previous: CodeLines) -> None:
        self._starts, self._sources = previous._starts, previous._sources
        self._offsets, self._flows = previous._offsets, previous._flows
        self.columns = previous.columns
        self._colours = previous._colours
        self._coloured = previous._coloured
        self._colours.grow(self._code)
        # The last line may have grown.
        line, start = 0, 0
        while self._sources and self._sources[-1] >= len(previous._lines) - 1:
            line = self._sources.pop()
            start = self._starts.pop()
            self._offsets.pop()
            self._flows.pop(len(self._sources), None)
        self._cut(line, start)

    def _cut(self, line: int, start: int) -> None:
        """Make the display lines from source line ``line`` on, which begins at ``start``."""
        lines = self._lines[line:]
        # All at once, as a step in Python for each of many lines would take longer than a frame.
        starts = list(map(add, accumulate(map(len, lines), initial=start), count()))
        self.length = max(starts.pop() - 1, 0)
        done = 0
        for number in self._perhaps_wider(lines):
            wide = columns(lines[number])
            self.columns = max(self.columns, min(wide, self._limit))
            if wide > self._limit:
                following = number + 1
                self._add(starts[done:following], line + done)
                self._add_pieces(lines[number], starts[number], line + number)
                done = following
        self._add(starts[done:], line + done)

    def _perhaps_wider(self, lines: Sequence[str]) -> list[int]:
        """The numbers of lines that may need more columns than are known of."""
        most = list(map(most_columns, lines))
        if not most:
            return []
        widest = lines[most.index(max(most))]
        sure = columns(widest) if max(most) <= self._limit else len(widest)
        self.columns = max(self.columns, min(sure, self._limit))
        return [number for number, width in enumerate(most) if width > self.columns]

    def _add(self, starts: Sequence[int], line: int) -> None:
        """Add display lines that are whole lines, from ``line`` on."""
        self._starts += starts
        self._sources += range(line, line + len(starts))
        self._offsets += repeat(0, len(starts))

    def _add_pieces(self, text: str, start: int, line: int) -> None:
        """Add display lines for what of a line that is too wide is not in its first one."""
        for offset in column_cuts(text, self._limit):
            self._starts.append(start + offset)
            self._sources.append(line)
            self._offsets.append(offset)

    def __len__(self) -> int:
        return len(self._starts)

    def number(self, character: int) -> int:
        """The display line that a character of the code is in."""
        return max(bisect_right(self._starts, character) - 1, 0)

    def span(self, number: int) -> tuple[int, int]:
        """First and last character of a display line in the code, without the line break."""
        start = self._starts[number]
        return start, start + len(self._text(number))

    def colour(self, last: int) -> bool:
        """Colour the lines down to display line ``last``; False if that needs more calls."""
        if not self._coloured:
            self._flows.clear()
        known = self._colours.known
        self._coloured = self._colours.reach(self._sources[last])
        # A match or the caret can have needed a line before it had colours.
        fresh = range(known, self._colours.known)
        for number in [number for number in self._flows if self._sources[number] in fresh]:
            del self._flows[number]
        return self._coloured

    def flow(self, number: int) -> Flow:
        """A display line, laid out."""
        found = self._flows.get(number)
        if found is None:
            text = self._text(number)
            offset = self._offsets[number]
            colours = self._colours.ranges(
                self._sources[number], offset, offset + len(text), self._look.theme
            )
            if len(self._flows) >= _MOST_FLOWS:
                self._flows.clear()
            spans = (Span(text),) if text else ()
            found = Flow(spans, self._look.code, self._look, ENDLESS, colours=colours)
            self._flows[number] = found
        return found

    def _text(self, number: int) -> str:
        following = number + 1
        source = self._sources[number]
        line = self._lines[source]
        if following < len(self._sources) and self._sources[following] == source:
            return line[self._offsets[number] : self._offsets[following]]
        return line[self._offsets[number] :]
