# SPDX-License-Identifier: MIT
"""Where a caret goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chatglm_desktop.core.messages import Message, Role
from chatglm_desktop.transcript.caret import CaretPath, Steps
from chatglm_desktop.transcript.document import Transcript
from chatglm_desktop.transcript.selection import (
    LAST,
    PartKind,
    Position,
    item_end,
    item_start,
)

Make = Callable[..., Message]
REASONING = PartKind.REASONING


def next_word(text: str, character: int) -> int:
    found = text.find(" ", character)
    return found + 1 if found >= 0 else len(text)


def previous_word(text: str, character: int) -> int:
    return text.rfind(" ", 0, max(character - 1, 0)) + 1


STEPS = Steps(lambda _, at: at + 1, lambda _, at: at - 1, next_word, previous_word)


def at(item: int, leaf: int, character: int, part: PartKind = PartKind.ANSWER) -> Position:
    return Position(item, part, leaf, character)


@pytest.fixture
def transcript(make_message: Make) -> Transcript:
    """A question, and a reply with thinking and a rule."""
    result = Transcript()
    result.reset(
        [
            make_message("ask me", id="q", role=Role.USER),
            make_message("one two\n\n---\n\n| a | b |\n|---|---|", id="r", reasoning="hm"),
            make_message("", id="empty"),
        ]
    )
    return result


@pytest.fixture
def path(transcript: Transcript) -> CaretPath:
    return CaretPath(transcript, STEPS, transcript.open)


def test_it_goes_by_characters_over_the_ends_of_leaves_and_messages(path: CaretPath) -> None:
    assert path.right(at(0, 0, 5)) == at(0, 0, 6)
    assert path.right(at(0, 0, 6)) == at(1, 0, 0)
    assert path.right(at(1, 0, 7)) == at(1, 2, 0)
    assert path.left(at(1, 2, 0)) == at(1, 0, 7)
    assert path.left(at(1, 0, 0)) == at(0, 0, 6)
    assert path.left(at(0, 0, 6)) == at(0, 0, 5)


def test_it_goes_by_words(path: CaretPath) -> None:
    assert path.word_right(at(1, 0, 0)) == at(1, 0, 4)
    assert path.word_right(at(1, 0, 7)) == at(1, 2, 0)
    assert path.word_left(at(1, 0, 7)) == at(1, 0, 4)
    assert path.word_left(at(1, 0, 0)) == at(0, 0, 6)


def test_it_stays_at_both_ends_of_everything(path: CaretPath) -> None:
    assert path.first() == at(0, 0, 0)
    assert path.last() == at(1, 2, 3)
    assert path.left(at(0, 0, 0)) == at(0, 0, 0)
    assert path.right(at(1, 2, 3)) == at(1, 2, 3)


def test_unfolded_thinking_is_on_its_way(path: CaretPath, transcript: Transcript) -> None:
    transcript.open(1)
    transcript.fold(1, False)
    assert path.right(at(0, 0, 6)) == at(1, 0, 0, REASONING)
    assert path.right(at(1, 0, 2, REASONING)) == at(1, 0, 0)
    assert path.left(at(1, 0, 0)) == at(1, 0, 2, REASONING)


def test_any_position_has_a_nearest_place(path: CaretPath) -> None:
    assert path.placed(item_start(1)) == at(1, 0, 0)
    assert path.placed(item_end(1)) == at(1, 2, 3)
    assert path.placed(at(1, 0, LAST)) == at(1, 0, 7)
    assert path.placed(at(1, 1, 0)) == at(1, 2, 0)
    assert path.placed(item_end(2)) == at(1, 2, 3)
    assert path.placed(item_end(9)) == at(1, 2, 3)


def test_without_text_there_is_no_place() -> None:
    path = CaretPath(transcript := Transcript(), STEPS, transcript.open)
    assert path.first() is path.last() is path.placed(item_start(0)) is None
    assert path.text(item_start(0)) == ""


def test_messages_that_are_not_at_hand_are_passed_over(make_message: Make) -> None:
    transcript = Transcript()
    transcript.reset([make_message("late", id="c")], 2, 3)
    path = CaretPath(transcript, STEPS, transcript.open)
    assert path.first() == at(2, 0, 0)
    assert path.left(at(2, 0, 0)) == at(2, 0, 0)
    assert path.placed(item_start(0)) == at(2, 0, 0)
