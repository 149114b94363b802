# SPDX-License-Identifier: MIT
"""Rows of a message while it arrives, folds and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.errors import Failure
from chatglm_desktop.core.messages import (
    Message,
    MessageState,
    ReasoningPart,
    Role,
    TextPart,
)
from chatglm_desktop.core.status import Asking, Loading, Queued, Retrying
from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.item import Item
from chatglm_desktop.transcript.leaves import TextLeaf
from chatglm_desktop.transcript.rows import Row, RowChange, RowKind
from chatglm_desktop.transcript.selection import PartKind
from chatglm_desktop.transcript.slices import SLICE, SLICE_LINES

MakeItem = Callable[..., Item]


@pytest.fixture
def make_item(make_message: Callable[..., Message]) -> MakeItem:
    """Makes an item, opened and parsed."""

    def make(text: str = "", **values: object) -> Item:
        item = Item(make_message(text, **values), BlockStream)
        item.open()
        while item.pending:
            item.work()
        return item

    return make


def kinds(item: Item) -> list[RowKind]:
    return [item.row(index).kind for index in range(item.row_count)]


def finish(item: Item) -> None:
    """Parse what waits; there must be something."""
    assert item.pending
    while item.pending:
        item.work()


def sources(item: Item, part: PartKind = PartKind.ANSWER) -> list[str]:
    return [leaf.source for leaf in item.leaves(part) if isinstance(leaf, TextLeaf)]


RUNNING = {"state": MessageState.STREAMING}


def test_a_reply_has_head_leaves_and_foot(make_item: MakeItem) -> None:
    item = make_item("one\n\ntwo")
    assert kinds(item) == [RowKind.HEAD, RowKind.LEAF, RowKind.LEAF, RowKind.FOOT]
    assert item.row(2) == Row(RowKind.LEAF, PartKind.ANSWER, 1)


def test_thinking_of_a_finished_reply_is_folded(make_item: MakeItem) -> None:
    item = make_item("one", reasoning="hm\n\nwell")
    assert item.folded
    assert kinds(item) == [RowKind.HEAD, RowKind.THINKING, RowKind.LEAF, RowKind.FOOT]


def test_unfolded_thinking_shows_its_leaves(make_item: MakeItem) -> None:
    item = make_item("one", reasoning="hm\n\nwell")
    assert item.fold(False) == (RowChange(1, 1, 4),)
    assert item.row(2) == Row(RowKind.LEAF, PartKind.REASONING, 0)
    assert item.row(4) == Row(RowKind.THOUGHT_END)


def test_nothing_is_parsed_before_an_item_is_opened(make_message: Callable[..., Message]) -> None:
    def no_stream() -> BlockStream:
        raise AssertionError("parsed")

    item = Item(make_message("text", **RUNNING), no_stream)
    assert item.append(PartKind.ANSWER, " more") == ()
    assert item.revise(PartKind.ANSWER, "other") == ()
    assert item.update(replace(item.message, state=MessageState.STOPPED)) == ()
    assert not item.opened


def test_an_item_can_be_opened_only_once(make_item: MakeItem) -> None:
    item = make_item("one")
    leaves = item.leaves(PartKind.ANSWER)
    item.open()
    assert item.leaves(PartKind.ANSWER) is leaves
    assert not item.pending


def test_the_words_of_the_user_are_not_markdown(make_item: MakeItem) -> None:
    item = make_item("# not *a* title", role=Role.USER)
    assert item.leaves(PartKind.ANSWER) == [TextLeaf("# not *a* title", verbatim=True)]


def test_a_delta_changes_the_last_row_of_text(make_item: MakeItem) -> None:
    item = make_item("one\n\ntw", **RUNNING)
    assert item.append(PartKind.ANSWER, "o") == (RowChange(2, 1, 1),)
    assert item.append(PartKind.ANSWER, "") == ()
    assert item.text(PartKind.ANSWER) == "one\n\ntwo"


def test_thinking_is_shown_while_it_goes_on_and_folds_when_the_answer_begins(
    make_item: MakeItem,
) -> None:
    item = make_item(**RUNNING)
    assert item.append(PartKind.REASONING, "hm") == (RowChange(1, 0, 3),)
    assert item.append(PartKind.REASONING, "\n\nwell\n\nso") == (RowChange(3, 0, 2),)
    assert item.append(PartKind.ANSWER, "Yes") == (RowChange(1, 5, 1), RowChange(2, 0, 1))
    assert item.folded
    assert item.append(PartKind.REASONING, " late") == ()


def test_the_choice_of_the_user_outlasts_the_beginning_of_the_answer(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    item.append(PartKind.REASONING, "hm")
    item.fold(False)
    assert item.append(PartKind.ANSWER, "Yes") == (RowChange(4, 0, 1),)
    assert not item.folded


def test_long_text_is_parsed_in_slices(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    text = "A line of words.\n\n" * (3 * SLICE // 18)
    item.append(PartKind.ANSWER, text)
    first = len(item.leaves(PartKind.ANSWER))
    assert 0 < first < text.count("\n\n")
    finish(item)
    assert len(item.leaves(PartKind.ANSWER)) == text.count("\n\n")
    assert item.work() == ()


def test_many_short_lines_are_parsed_in_slices(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    item.append(PartKind.ANSWER, "a\n\n" * SLICE_LINES)
    assert len(item.leaves(PartKind.ANSWER)) == SLICE_LINES // 2
    finish(item)
    assert len(item.leaves(PartKind.ANSWER)) == SLICE_LINES


def test_text_waits_behind_text_that_waits(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    item.append(PartKind.REASONING, "a\n\n" * SLICE_LINES)
    rows = item.row_count
    assert item.append(PartKind.REASONING, "b") == ()
    assert item.append(PartKind.ANSWER, "c") == (RowChange(1, rows - 2, 1),)
    assert item.row_count == 3
    assert item.append(PartKind.ANSWER, "d") == ()
    finish(item)
    assert sources(item) == ["cd"]
    assert sources(item, PartKind.REASONING)[-1] == "b"


def test_text_without_line_breaks_is_parsed_in_slices_too(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    item.append(PartKind.ANSWER, "x" * (2 * SLICE))
    finish(item)
    item.update(
        replace(item.message, parts=(TextPart("x" * 2 * SLICE),), state=MessageState.COMPLETE)
    )
    assert "".join(sources(item)) == "x" * (2 * SLICE)


def test_a_revision_replaces_the_text(make_item: MakeItem) -> None:
    item = make_item("one\n\ntwo", **RUNNING)
    assert item.revise(PartKind.ANSWER, "three") == (RowChange(1, 2, 1),)
    assert sources(item) == ["three"]
    item.append(PartKind.ANSWER, " four")
    assert sources(item) == ["three four"]


def test_a_revision_to_nothing_leaves_no_text(make_item: MakeItem) -> None:
    item = make_item("one", **RUNNING)
    item.revise(PartKind.ANSWER, "")
    assert kinds(item) == [RowKind.HEAD, RowKind.FOOT]
    assert not item.answers


def test_a_revision_drops_text_that_still_waits(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    item.append(PartKind.ANSWER, "x" * (3 * SLICE))
    item.revise(PartKind.ANSWER, "short")
    assert not item.pending
    assert sources(item) == ["short"]


def test_the_end_brings_what_was_missing(make_item: MakeItem) -> None:
    item = make_item("one", **RUNNING)
    message = replace(
        item.message,
        parts=(ReasoningPart("hm", 2.0), TextPart("one two")),
        state=MessageState.COMPLETE,
    )
    changes = item.update(message)
    assert changes[-1] == RowChange(item.row_count - 1, 1, 1)
    assert sources(item) == ["one two"]
    assert sources(item, PartKind.REASONING) == ["hm"]


def test_another_text_at_the_end_replaces_what_was_shown(make_item: MakeItem) -> None:
    item = make_item("one", **RUNNING)
    item.update(replace(item.message, parts=(TextPart("other"),), state=MessageState.COMPLETE))
    assert sources(item) == ["other"]
    item.update(replace(item.message, parts=(TextPart("other still"),)))
    assert sources(item) == ["other still"]
    assert not item.pending


def test_a_running_version_of_the_message_does_not_touch_the_text(make_item: MakeItem) -> None:
    item = make_item("one", **RUNNING)
    item.append(PartKind.ANSWER, " two")
    changes = item.update(replace(item.message, model="other"))
    assert changes == (RowChange(2, 1, 1),)
    assert sources(item) == ["one two"]
    assert item.message.model == "other"


def test_thinking_folds_at_the_end_even_without_an_answer(make_item: MakeItem) -> None:
    item = make_item(reasoning="hm", **RUNNING)
    changes = item.update(replace(item.message, state=MessageState.STOPPED))
    assert changes[0] == RowChange(1, 3, 1)
    assert item.folded


def test_an_end_that_comes_early_waits_for_the_text(make_item: MakeItem) -> None:
    item = make_item(**RUNNING)
    text = "line\n\n" * SLICE
    item.append(PartKind.ANSWER, text)
    item.update(replace(item.message, parts=(TextPart(text),), state=MessageState.COMPLETE))
    finish(item)
    assert len(sources(item)) == SLICE


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["text", "reasoning", "revise", "fold"]),
        st.sampled_from(["a", "b\n\n", "- c\n", "```\nd\n", "\n\n# e\n\n"]),
    ),
    max_size=20,
)


@settings(max_examples=50, deadline=None)
@given(_STEPS)
def test_changes_tell_all_that_happens_to_the_rows(steps: list[tuple[str, str]]) -> None:
    message = Message("m", Role.ASSISTANT, (), 1.0, state=MessageState.STREAMING)
    item = Item(message, BlockStream)
    item.open()
    count = item.row_count
    text = reasoning = ""
    for action, piece in steps:
        match action:
            case "text":
                text += piece
                changes = item.append(PartKind.ANSWER, piece)
            case "reasoning":
                reasoning += piece
                changes = item.append(PartKind.REASONING, piece)
            case "revise":
                text = piece
                changes = item.revise(PartKind.ANSWER, piece)
            case _:
                changes = item.fold(not item.folded) if item.thinks else ()
        for change in changes:
            assert 0 <= change.first <= count
            count += change.added - change.removed
        assert count == item.row_count
    parts = (ReasoningPart(reasoning), TextPart(text)) if reasoning else (TextPart(text),)
    for change in item.update(replace(message, parts=parts, state=MessageState.COMPLETE)):
        count += change.added - change.removed
    assert count == item.row_count
    assert item.row(count - 1).kind is RowKind.FOOT


def test_an_item_tells_which_rows_stand_below_its_text(make_item: MakeItem) -> None:
    item = make_item("one")
    assert item.shows(Row(RowKind.FOOT))
    assert not item.shows(Row(RowKind.SOURCE))


def test_a_reply_tells_what_it_waits_for_until_it_begins(
    make_message: Callable[..., Message],
) -> None:
    item = Item(make_message(**RUNNING), BlockStream, lambda: 100.0)
    assert item.silent
    assert item.wait(Queued(1)) == ()
    item.open()
    foot = item.row_count - 1
    assert item.wait(Retrying(Failure("Busy"), 107.5, 2, 4)) == (RowChange(foot, 1, 1),)
    assert item.seconds_to_retry == 7.5
    assert not item.silent
    item.wait(Retrying(Failure("Busy"), 99.0, 2, 4))
    assert item.seconds_to_retry == 0
    item.wait(Loading("x", 0.5))
    assert item.seconds_to_retry == 0
    assert not item.silent
    item.wait(Loading("x"))
    assert item.silent
    item.append(PartKind.REASONING, "hm")
    assert item.status is None
    assert not item.silent


def test_an_answer_on_its_way_is_nothing_to_wait_for(make_message: Callable[..., Message]) -> None:
    item = Item(make_message(**RUNNING), BlockStream)
    item.wait(Queued(1))
    item.wait(Asking())
    assert item.status is None
    assert item.silent
    item.wait(Queued(1))
    item.update(make_message())
    assert item.status is None
    assert not item.silent
