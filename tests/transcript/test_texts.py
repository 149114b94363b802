# SPDX-License-Identifier: MIT
"""What a copy holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatglm_desktop.core.messages import Message, MessageState, Role
from chatglm_desktop.markdown.blocks import Code
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.leaves import PIECE, CodeLeaf, RuleLeaf, TableLeaf, TextLeaf
from chatglm_desktop.transcript.selection import (
    LAST,
    PartKind,
    Position,
    Selection,
    item_end,
    item_start,
)
from chatglm_desktop.transcript.texts import leaf_spans, leaf_text, selected_text

REPLY = "First **bold** one.\n\n- item\n- other\n\n```py\nx = 1\n```\n\nLast."


def at(leaf: int, character: int, item: int = 1, part: PartKind = PartKind.ANSWER) -> Position:
    return Position(item, part, leaf, character)


@pytest.fixture
def transcript(make_message: Callable[..., Message]) -> Transcript:
    """A question and a reply with thinking, opened."""
    result = Transcript()
    result.reset(
        [
            make_message("a question", id="q", role=Role.USER),
            make_message(REPLY, id="r", reasoning="hm *well*\n\nso"),
        ]
    )
    for index in range(2):
        result.open(index)
    return result


def test_each_kind_of_leaf_has_its_text() -> None:
    assert leaf_text(TextLeaf("a **b**"), {}) == "a b"
    assert leaf_text(TextLeaf("a **b**", verbatim=True), {}) == "a **b**"
    assert leaf_text(CodeLeaf(Code("x\ny")), {}) == "x\ny"
    assert leaf_text(TableLeaf(("*a*", "b"), ("", ""), (1, 1), (1, 1), 0), {}) == "a\tb"
    assert leaf_text(RuleLeaf(), {}) == ""


def test_no_text_has_no_spans() -> None:
    assert leaf_spans(TextLeaf("", verbatim=True), {}) == ()


def test_within_a_leaf_plain_text_is_copied(transcript: Transcript) -> None:
    assert selected_text(transcript, Selection(at(0, 6), at(0, 10))) == "bold"
    assert selected_text(transcript, Selection(at(0, 0), at(0, 15))) == "First bold one."


def test_nothing_selected_is_nothing_copied(transcript: Transcript) -> None:
    assert selected_text(transcript, Selection(at(0, 6), at(0, 6))) == ""


def test_whole_blocks_are_copied_as_markdown_and_others_as_text(transcript: Transcript) -> None:
    selection = Selection(at(0, 6), at(2, 2))
    assert selected_text(transcript, selection) == "bold one.\n\nitem\not"
    selection = Selection(at(0, 6), at(3, 5))
    assert selected_text(transcript, selection) == (
        "bold one.\n\n- item\n- other\n\n```py\nx = 1\n```"
    )


def test_a_selection_that_ends_before_a_leaf_copies_nothing_of_it(transcript: Transcript) -> None:
    assert selected_text(transcript, Selection(at(0, 0), at(1, 0))) == "First **bold** one."


def test_whole_messages_are_copied_as_they_were_written(transcript: Transcript) -> None:
    selection = Selection(item_start(0), item_end(1))
    assert selected_text(transcript, selection) == f"a question\n\n{REPLY}"


def test_a_selection_across_messages_takes_the_selected_part_of_each(
    transcript: Transcript,
) -> None:
    selection = Selection(at(0, 2, item=0), at(0, 5))
    assert selected_text(transcript, selection) == "question\n\nFirst"


def test_folded_thinking_is_not_copied(transcript: Transcript) -> None:
    selection = Selection(item_start(1), at(0, 5))
    assert selected_text(transcript, selection) == "First"


def test_unfolded_thinking_is_copied(transcript: Transcript) -> None:
    transcript.fold(1, False)
    selection = Selection(at(0, 3, part=PartKind.REASONING), at(0, 5))
    assert selected_text(transcript, selection) == "well\n\nso\n\nFirst"


def test_thinking_above_the_selection_is_not_copied(transcript: Transcript) -> None:
    transcript.fold(1, False)
    assert selected_text(transcript, Selection(at(0, 0), at(1, 2))) == "First **bold** one.\n\nit"


def test_a_message_that_was_never_seen_is_copied_whole(
    make_message: Callable[..., Message],
) -> None:
    transcript = Transcript()
    transcript.reset([make_message("unseen *text*")])
    assert selected_text(transcript, Selection(at(0, 2, 0), at(9, 9, 9))) == "unseen *text*"


def test_the_pieces_of_a_long_paragraph_are_joined(make_message: Callable[..., Message]) -> None:
    text = "word " * PIECE
    transcript = Transcript()
    transcript.reset([make_message(text, state=MessageState.STREAMING)])
    transcript.open(0)
    while transcript.pending:
        transcript.work()
    selection = Selection(at(0, 5, 0), at(LAST, LAST, 0))
    assert selected_text(transcript, selection).strip() == text[5:].strip()
