# SPDX-License-Identifier: MIT
"""A block that is still being parsed is there as a whole when it is asked for."""

from __future__ import annotations

import pytest

from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.grown import grown
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import CodeLeaf
from chatglm_desktop.transcript.rows import Row, RowKind
from chatglm_desktop.transcript.selection import PartKind

LINES = "\n".join(f"line {number}" for number in range(1000))
CODE = f"```\n{LINES}\n```\n\n"


def opened(text: str, reasoning: str = "") -> Item:
    transcript = Transcript()
    parts = (ReasoningPart(reasoning),) if reasoning else ()
    transcript.add(Message("m", Role.ASSISTANT, (*parts, TextPart(text)), 0.0))
    return transcript.open(0)


def ended(item: Item, row: Row) -> tuple[Item, int]:
    """What is returned, and after how many steps."""
    steps = grown(item, row)
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Item = done.value
            return found, count
        count += 1


@pytest.mark.parametrize("part", PartKind)
def test_a_block_is_parsed_to_its_end_and_no_further(part: PartKind) -> None:
    text = CODE + CODE
    item = opened(text, text)
    before = list(item.leaves(part))
    found, steps = ended(item, Row(RowKind.LEAF, part, 0))
    leaf = found.leaves(part)[0]
    assert isinstance(leaf, CodeLeaf)
    assert leaf.code.text == LINES
    assert steps > 1
    assert found.pending
    assert item.leaves(part) == before


def test_a_block_before_the_last_one_is_as_it_was() -> None:
    item = opened(f"Before.\n\n{CODE}")
    assert item.pending
    assert ended(item, Row(RowKind.LEAF, PartKind.ANSWER, 0)) == (item, 0)


def test_a_message_that_is_parsed_is_as_it_was() -> None:
    item = opened("Only this.")
    while item.pending:
        item.work()
    assert ended(item, Row(RowKind.LEAF, PartKind.ANSWER, 0)) == (item, 0)


def test_a_block_at_the_end_is_parsed_to_the_end() -> None:
    item = opened(f"```\n{LINES}\n```")
    found, _ = ended(item, Row(RowKind.LEAF, PartKind.ANSWER, 0))
    assert not found.pending
