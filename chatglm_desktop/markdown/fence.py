# SPDX-License-Identifier: MIT
"""A fenced code block at the left margin that grows by lines; knows no other Markdown."""

from __future__ import annotations

import re

from chatglm_desktop.markdown.blocks import Code, SourceBlock
from chatglm_desktop.markdown.lines import Lines

_OPENING = re.compile(r"(`{3,})[^`\n]*|(~{3,}).*")


class Fence:
    """Owns the lines of one block, of which ``opening`` is the first.

    Raises ValueError unless ``opening`` opens a fence at the left margin.
    """

    def __init__(self, opening: str, language: str) -> None:
        if not (found := _OPENING.fullmatch(opening)):
            raise ValueError("not the opening line of a fence")
        self._mark: str = found[1] or found[2]
        self._closing = re.compile(f" {{0,3}}{self._mark}{self._mark[0]}*[ \\t]*")
        self._language = language
        self._lines = [opening]
        self._inner = 1
        self.closed = False

    @staticmethod
    def opens(line: str) -> bool:
        return _OPENING.fullmatch(line) is not None

    def take(self, text: str) -> int:
        """Take the complete lines of ``text`` up to the closing one; how many characters."""
        taken = 0
        while not self.closed and (end := text.find("\n", taken)) >= 0:
            line = text[taken:end]
            taken = end + 1
            self._lines.append(line)
            if self._closing.fullmatch(line):
                self.closed = True
            else:
                self._inner += 1
        return taken

    def block(self, partial: str, *, final: bool) -> SourceBlock:
        """The block with ``partial``, the line that is not complete, as its last one.

        Before the ``final`` end, what may become the closing line is not shown.
        """
        code = source = partial if partial.strip(" \t") else None
        if code is not None:
            beginning = not final and self._mark.startswith(code.strip(" \t"))
            if beginning or self._closing.fullmatch(code):
                code = None
        return SourceBlock(
            Code(Lines(self._lines, 1, self._inner, code), self._language),
            Lines(self._lines, 0, len(self._lines), source),
        )
