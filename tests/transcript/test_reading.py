# SPDX-License-Identifier: MIT
"""What is read aloud of a message, and the way from there to its characters and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.messages import Message, ReasoningPart, Role, TextPart
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.reading import Reading
from chatglm_desktop.transcript.selection import LAST, PartKind, Position, item_end, item_start

TEXT = "# Head\n\nSome **bold** text\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n"


def opened(text: str, reasoning: str = "") -> Item:
    parts = (ReasoningPart(reasoning),) if reasoning else ()
    transcript = Transcript()
    transcript.add(Message("m", Role.ASSISTANT, (*parts, TextPart(text)), 0.0))
    transcript.open(0)
    while transcript.work() is not None:
        pass
    return transcript[0]


def at(leaf: int, character: int, part: PartKind = PartKind.ANSWER) -> Position:
    return Position(0, part, leaf, character)


def test_reads_what_is_shown_without_marks() -> None:
    assert Reading(opened(TEXT), 0).text == "Head\nSome bold text\na\tb\n1\t2\nx = 1"


def test_a_formula_is_read_as_it_is_written() -> None:
    reading = Reading(opened("So $x^2$ grows.\n\n$$\ny\n$$"), 0)
    assert reading.text == "So x^2 grows.\ny"
    assert reading.position(4) == reading.position(3) == at(0, 3)
    assert reading.offset(at(0, 4)) == 6


def test_folded_thinking_is_not_read() -> None:
    item = opened("Answer", "Thought")
    assert Reading(item, 0).text == "Answer"
    item.fold(False)
    assert Reading(item, 0).text == "Thought\nAnswer"
    assert Reading(item, 0).position(0) == at(0, 0, PartKind.REASONING)


def test_positions_beyond_an_end_are_at_the_end() -> None:
    reading = Reading(opened("One\n\nTwo"), 0)
    assert reading.offset(at(0, LAST)) == 3
    assert reading.offset(at(9, 0)) == 7
    assert reading.offset(item_start(0)) == 0
    assert reading.offset(item_end(0)) == 7
    assert reading.position(-1) == at(0, 0)
    assert reading.position(99) == at(1, 3)


def test_positions_in_other_messages_are_before_or_after() -> None:
    reading = Reading(opened("One"), 0)
    assert reading.offset(item_start(1)) == 3
    assert Reading(opened("One"), 5).offset(item_end(4)) == 0


def test_a_message_without_text_can_be_asked() -> None:
    reading = Reading(opened(""), 0)
    assert reading.text == ""
    assert reading.position(3) == at(0, 0)
    assert reading.offset(at(0, 3)) == 0


def test_tells_whether_the_message_has_changed() -> None:
    item = opened("One", "Thought")
    reading = Reading(item, 0)
    assert reading.holds(item)
    item.fold(False)
    assert not reading.holds(item)


@given(st.integers(0, 60))
def test_every_offset_leads_to_a_position_that_is_read_there(offset: int) -> None:
    reading = Reading(opened(TEXT), 0)
    clamped = min(offset, len(reading.text))
    assert reading.offset(reading.position(offset)) == clamped
