# SPDX-License-Identifier: MIT
"""A fence takes lines until its closing one."""

from __future__ import annotations

import pytest

from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.markdown.fence import Fence


def code(fence: Fence, partial: str, *, final: bool = False) -> tuple[str, str]:
    block = fence.block(partial, final=final)
    assert isinstance(block.block, Code)
    return block.block.text, block.source


def test_lines_are_taken_up_to_the_closing_one() -> None:
    fence = Fence("```py", "py")
    assert fence.take("a\n``` b\n  ````  \nafter\n") == len("a\n``` b\n  ````  \n")
    assert fence.closed
    assert code(fence, "") == ("a\n``` b", "```py\na\n``` b\n  ````  ")


def test_an_incomplete_line_is_shown_but_not_taken() -> None:
    fence = Fence("~~~", "")
    assert fence.take("a\nb") == 2
    assert code(fence, "b") == ("a\nb", "~~~\na\nb")
    assert code(fence, "  ") == ("a", "~~~\na")


def test_the_beginning_of_the_closing_line_is_not_shown_before_the_end() -> None:
    fence = Fence("````", "")
    fence.take("a\n")
    assert code(fence, "``")[0] == "a"
    assert code(fence, "``", final=True)[0] == "a\n``"
    assert code(fence, "````", final=True) == ("a", "````\na\n````")


def test_an_earlier_block_does_not_grow() -> None:
    fence = Fence("```", "")
    fence.take("a\n")
    before = fence.block("", final=False)
    fence.take("b\n")
    assert before.source == "```\na"


@pytest.mark.parametrize("line", ["``", "``` a`b", " ```", "text", ""])
def test_other_lines_open_no_fence(line: str) -> None:
    assert not Fence.opens(line)
    with pytest.raises(ValueError, match="opening"):
        Fence(line, "")
