# SPDX-License-Identifier: MIT
"""The conversation as displayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chatglm_desktop.core.messages import Message, MessageState, Role, TextPart
from chatglm_desktop.core.metrics import Metrics
from chatglm_desktop.core.status import Queued
from chatglm_desktop.markdown.stream import BlockStream
from chatglm_desktop.transcript.document import Change, Transcript
from chatglm_desktop.transcript.rows import RowChange
from chatglm_desktop.transcript.selection import PartKind
from chatglm_desktop.transcript.slices import slice_end

Make = Callable[..., Message]
RUNNING = {"state": MessageState.STREAMING}


def test_ten_thousand_messages_are_shown_without_parsing_more_than_those_opened(
    make_message: Make,
) -> None:
    made: list[BlockStream] = []

    def counted() -> BlockStream:
        made.append(BlockStream())
        return made[-1]

    transcript = Transcript(counted)
    transcript.reset(make_message("text", id=str(number)) for number in range(10_000))
    assert len(transcript) == 10_000
    assert not made
    transcript.open(9_999)
    transcript.open(9_999)
    assert len(made) == 2  # One for the thinking, one for the answer.


def test_of_a_long_answer_one_slice_is_parsed_when_it_is_opened(make_message: Make) -> None:
    text = "A line of text.\n\n" * 1000
    transcript = Transcript()
    transcript.reset([make_message(text, id="long"), make_message("Short.", id="short")])
    long, short = transcript.open(0), transcript.open(1)
    assert len(text) - len(long.waiting(PartKind.ANSWER)) == len(text[: slice_end(text)])
    assert not short.pending


def test_deltas_reach_the_message_they_belong_to(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("a", id="a"), make_message(id="b", **RUNNING)])
    transcript.open(1)
    assert transcript.append("b", "text", "hello") == Change(1, (RowChange(1, 0, 1),))
    assert transcript.append("b", "reasoning", "hm").item == 1
    assert transcript.revise("b", "text", "bye").item == 1
    assert transcript[1].text(PartKind.ANSWER) == "bye"
    assert transcript.fold(1, False).rows


def test_a_message_can_be_added_and_updated(make_message: Make) -> None:
    transcript = Transcript()
    message = make_message(id="a", **RUNNING)
    assert transcript.add(message) == 0
    assert transcript.knows("a")
    assert transcript.index("a") == 0
    transcript.open(0)
    done = replace(message, parts=(TextPart("done"),), state=MessageState.COMPLETE)
    transcript.update(done)
    assert transcript[0].message is done


def test_a_known_message_cannot_be_added_again(make_message: Make) -> None:
    transcript = Transcript()
    transcript.add(make_message(id="a"))
    with pytest.raises(ValueError, match="already"):
        transcript.add(make_message(id="a"))


def test_an_unknown_message_is_an_error() -> None:
    with pytest.raises(KeyError):
        Transcript().append("x", "text", "a")


def test_large_text_is_worked_on_until_nothing_waits(make_message: Make) -> None:
    transcript = Transcript(clock=lambda: 0.0)
    text = ("words and words " * 8 + "\n\n") * 1_100
    transcript.reset([make_message(text)])
    transcript.open(0)
    steps = [len(list(transcript.work_for(1.0))) for _ in range(5)]
    assert steps[:2] == [16, 16]
    assert steps[-1] == 0
    assert len(transcript[0].leaves(PartKind.ANSWER)) == 1_100
    assert transcript.work() is None


def test_work_ends_when_the_time_is_up(make_message: Make) -> None:
    ticks = iter(range(100))
    transcript = Transcript(clock=lambda: float(next(ticks)))
    transcript.reset([make_message("words\n\n" * 8_000)])
    transcript.open(0)
    assert len(list(transcript.work_for(2.5))) == 3


def test_other_messages_forget_what_waited(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("words\n\n" * 8_000)])
    transcript.open(0)
    transcript.reset([make_message("short")])
    assert not transcript.pending
    transcript.open(0)
    assert not transcript.pending


def test_of_a_long_conversation_a_stretch_is_at_hand(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("new", id="new")], 9, 10)
    assert len(transcript) == 10
    assert transcript.has(9)
    assert not transcript.has(8)
    with pytest.raises(KeyError):
        transcript.open(8)
    assert transcript.take(8, [make_message("old", id="old")]) == [8]
    assert transcript.open(8).text(PartKind.ANSWER) == "old"
    transcript.forget(8)
    assert not transcript.knows("old")
    assert transcript.branch.missing(range(10)) == 0


def test_what_still_changes_is_busy(make_message: Make) -> None:
    transcript = Transcript()
    texts = ["short", "words\n\n" * 8_000, "runs"]
    transcript.reset(
        [
            make_message(text, id=text[:5], state=state)
            for text, state in zip(
                texts,
                (MessageState.COMPLETE, MessageState.COMPLETE, MessageState.STREAMING),
                strict=True,
            )
        ]
    )
    assert not transcript.busy(1)
    for index in range(3):
        transcript.open(index)
    assert [transcript.busy(index) for index in range(3)] == [False, True, True]


def test_a_removed_message_lets_the_others_move_up(make_message: Make) -> None:
    transcript = Transcript()
    long = "words\n\n" * 8_000
    transcript.reset([make_message("a", id="a"), make_message(long, id="b"), make_message(id="c")])
    for index in range(3):
        transcript.open(index)
    assert transcript.remove("a") == 0
    assert transcript.index("c") == 1
    assert transcript[0].message.id == "b"
    change = transcript.work()
    assert change is not None
    assert change.item == 0


def test_a_message_that_is_not_at_hand_has_an_item_apart(make_message: Make) -> None:
    transcript = Transcript(BlockStream)
    item = transcript.apart(make_message("elsewhere", id="x"))
    assert item.text(PartKind.ANSWER) == "elsewhere"
    assert not transcript.knows("x")
    assert len(transcript) == 0


def test_the_memory_is_that_of_the_newest_reply_of_which_it_is_known(make_message: Make) -> None:
    def reply(id: str, begins: str | None, state: str = "complete") -> Message:
        metrics = None if begins is None else Metrics(memory_begins=begins)
        return replace(make_message(id=id, state=MessageState(state)), metrics=metrics)

    question = make_message("?", id="q", role=Role.USER)
    transcript = Transcript(BlockStream)
    for messages, begins in (
        ([], ""),
        ([question], ""),
        ([reply("a", "x"), question], "x"),
        ([reply("a", "x"), reply("b", "y")], "y"),
        ([reply("a", "x"), reply("b", None)], ""),
        ([reply("a", "x"), reply("b", None, "failed")], "x"),
        ([reply("a", "x"), reply("b", None, "streaming")], "x"),
    ):
        transcript.reset(messages)
        assert transcript.memory_begins() == begins
    transcript.reset([reply("a", "x"), reply("b", None, "streaming")], first=5)
    transcript.update(reply("b", "z"))
    assert transcript.memory_begins() == "z"
    transcript.reset([question], first=5)
    assert transcript.memory_begins() == ""


def test_a_status_reaches_its_message(make_message: Make) -> None:
    transcript = Transcript(BlockStream)
    transcript.reset([make_message(id="a", **RUNNING)])
    assert transcript.wait("a", Queued(1)) == Change(0, ())
    assert transcript[0].status == Queued(1)
