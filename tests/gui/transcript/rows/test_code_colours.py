# SPDX-License-Identifier: MIT
"""Colours of code, found portion by portion."""

from __future__ import annotations

from chatglm_desktop.gui.theme.tokens import DARK, LIGHT
from chatglm_desktop.gui.transcript.rows.code_colours import CodeColours
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.highlighters import Highlighters
from chatglm_desktop.markdown.lines import Lines


def reach(colours: CodeColours, line: int) -> None:
    """Call until all lines down to ``line`` have their colours."""
    while not colours.reach(line):
        pass


def test_colours_come_with_a_later_call() -> None:
    colours = CodeColours(Code("x = 1  # note", "python"), Highlighters())
    assert not colours.reach(0)
    assert colours.ranges(0, 0, 13, LIGHT) == []
    reach(colours, 0)
    found = colours.ranges(0, 0, 13, LIGHT)
    assert (7, 6, LIGHT.syntax_comment) in found
    assert (4, 1, LIGHT.syntax_number) in found
    assert colours.ranges(0, 7, 10, DARK) == [(0, 3, DARK.syntax_comment)]


def test_an_unfinished_line_is_coloured_by_guess() -> None:
    colours = CodeColours(Code(Lines(["x = 1"], 0, 1, "return"), "python"), Highlighters())
    reach(colours, 1)
    assert colours.ranges(1, 0, 6, LIGHT) == [(0, 6, LIGHT.syntax_keyword)]


def test_long_code_is_coloured_over_several_calls() -> None:
    colours = CodeColours(Code("x = 1\n" * 9_000, "python"), Highlighters())
    reach(colours, 0)
    assert not colours.reach(8_000)
    reach(colours, 8_000)
    assert colours.ranges(0, 0, 5, LIGHT)
    assert colours.ranges(8_000, 0, 5, LIGHT) == []
