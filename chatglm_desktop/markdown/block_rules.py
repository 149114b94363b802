# SPDX-License-Identifier: MIT
"""Rules for blocks that the Markdown library lacks or gets wrong; knows no inline marks.

Where a block of ours begins and ends is decided by its lines and the one after it, so that
a stream may settle what precedes it (see :mod:`chatglm_desktop.markdown.stream`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chatglm_desktop.markdown.marks import PROSE

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

DEEPEST = 40
"""Nesting of containers beyond which their text is one paragraph; a list counts twice."""

_REFERENCE_LINES = 6
_CLOSING = {"$$": "$$", "\\[": "\\]"}
_AFTER_CLOSING = ".,;:!?。，、；：！？"


def deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph of what is nested deeper than the library's limit, which drops it."""
    from markdown_it.rules_block import paragraph

    return not silent and state.level >= DEEPEST and paragraph(state, start, end, False)


def near_reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link definition of a few lines.

    The library looks at all lines up to the next blank one for each, which is quadratic in a
    long list of them.
    """
    from markdown_it.rules_block import reference

    whole = state.lineMax
    state.lineMax = min(whole, start + _REFERENCE_LINES)
    try:
        return reference(state, start, end, silent)
    finally:
        state.lineMax = whole


def table_but_no_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table; the line that opens a fence does so at once, whatever the next line is."""
    from markdown_it.rules_block import fence, table

    return not fence(state, start, end, True) and table(state, start, end, silent)


def math(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""A formula between ``$$`` and ``$$`` or ``\[`` and ``\]``, alone on its lines.

    It may interrupt a paragraph. One that is not closed reaches to the end of its container
    like a fence, but ``$$`` at most to a blank line, lest one too many turns the rest of a
    text inside out.
    """
    place = state.bMarks[start] + state.tShift[start]
    opening = state.src[place : place + 2]
    closing = _CLOSING.get(opening)
    if closing is None or state.is_code_block(start):
        return False
    inner = _line(state, start).removeprefix(opening).strip()
    if not _opens(state, start, end, inner, closing):
        return False
    if silent:
        return not _within_formula(state, start, opening, closing)
    closed = closing in inner
    if closed:
        tex, last = inner.removesuffix(closing), start + 1
    else:
        tex, last = _content(state, start, end, inner, closing)
    state.line = last
    token = state.push("math_block", "math", 0)
    token.content = tex.strip()
    token.map = [start, last]
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _opens(state: StateBlock, start: int, end: int, inner: str, closing: str) -> bool:
    """Whether a line that goes on with ``inner`` after the mark is the first one of a formula."""
    if "`" in inner or (closing == "$$" and inner.startswith("$")):
        return False
    if closing in inner:
        return 0 < inner.find(closing) == len(inner) - len(closing)
    if PROSE.search(inner):
        return False
    if closing == "$$":
        blank_next = start + 1 < end and state.isEmpty(start + 1)
        return bool(inner) or not blank_next
    # Else it is a bracket that was escaped: ``\[not a link](/target)``.
    return "]" not in inner


def _within_formula(state: StateBlock, start: int, opening: str, closing: str) -> bool:
    """Whether the paragraph before line ``start`` holds a formula that is still open."""
    before = state.src[state.bMarks[state.line] : state.bMarks[start]]
    if opening == closing:
        return before.count(opening) % 2 == 1
    return before.count(opening) > before.count(closing)


def _content(state: StateBlock, start: int, end: int, inner: str, closing: str) -> tuple[str, int]:
    """The LaTeX of a formula of several lines, and the line after it."""
    last_line = re.compile(f"(.*?){re.escape(closing)}([{_AFTER_CLOSING}]*)")
    lines = [inner]
    following = start + 1
    while following < end:
        if state.isEmpty(following):
            filled = state.skipEmptyLines(following)
            goes_on = filled < end and (closing != "$$" or _line(state, filled) == closing)
            if not goes_on:
                break
            following = filled
        if state.sCount[following] < state.blkIndent:
            break
        line = _line(state, following)
        following += 1
        if found := last_line.fullmatch(line):
            lines.append(found[1])
            return "\n".join(lines).rstrip() + found[2], following
        lines.append(line)
    return "\n".join(lines), following
