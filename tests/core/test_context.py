# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.context import memory_start, message_tokens, room
from chatglm_desktop.core.generation import Generation
from chatglm_desktop.core.messages import AttachmentPart, Message, Role, TextPart
from chatglm_desktop.core.models import ModelInfo

turns = st.lists(st.tuples(st.sampled_from(Role), st.integers(1, 50)), max_size=12)


def dialogue(*sizes: int) -> list[tuple[Role, int]]:
    """Questions and answers in turn, of so many tokens each."""
    roles = (Role.USER, Role.ASSISTANT)
    return [(roles[index % 2], size) for index, size in enumerate(sizes)]


def test_a_conversation_that_fits_is_sent_whole() -> None:
    assert memory_start(dialogue(10, 10, 10), 30) == 0
    assert memory_start(dialogue(10, 10, 10), 0) == 0
    assert memory_start([], 10) == 0


def test_the_oldest_turns_are_left_out_whole() -> None:
    assert memory_start(dialogue(10, 10, 10, 10, 10), 49) == 2
    assert memory_start(dialogue(10, 10, 10, 10, 10), 30) == 2
    assert memory_start(dialogue(10, 10, 10, 10, 10), 29) == 4


def test_the_last_question_is_sent_even_if_it_is_too_long() -> None:
    assert memory_start(dialogue(1, 1, 100), 10) == 2


def test_what_precedes_the_first_question_goes_along_where_there_is_room() -> None:
    leading = [(Role.ASSISTANT, 5), *dialogue(10, 10)]
    assert memory_start(leading, 25) == 0
    assert memory_start(leading, 24) == 1


@given(turns, st.integers(0, 200))
def test_what_is_sent_begins_with_a_question_and_fits(
    turns: list[tuple[Role, int]], room: int
) -> None:
    start = memory_start(turns, room)
    sent = sum(size for _, size in turns[start:])
    questions = [index for index, (role, _) in enumerate(turns) if role is Role.USER]
    if start > 0:
        assert turns[start][0] is Role.USER
    if room and sent > room and questions:
        assert start == questions[-1]
    earlier = [index for index in questions if index < start]
    if earlier:
        assert sum(size for _, size in turns[earlier[-1] :]) > room


def test_a_message_counts_its_text_and_its_files() -> None:
    text = TextPart("Hello there")
    bare = message_tokens(Message("m", Role.USER, (text,), 0.0))
    picture = AttachmentPart("a.png", "image/png", 9, "0")
    file = AttachmentPart("a.txt", "text/plain", 3000, "0")
    with_picture = message_tokens(Message("m", Role.USER, (text, picture), 0.0))
    with_file = message_tokens(Message("m", Role.USER, (text, file), 0.0))
    assert 4 < bare < 12
    assert with_picture - bare == 1200
    assert with_file - bare == 1000


@pytest.mark.parametrize(
    ("context", "most_output", "generation", "expected"),
    [
        (0, 0, Generation(), 0),
        (1000, 0, Generation(), 750),
        (1000, 100, Generation(), 900),
        (1000, 100, Generation(max_tokens=50), 950),
        (1000, 0, Generation(max_tokens=600), 400),
        (1000, 0, Generation(max_tokens=900), 250),
        (1000, 100, Generation(system_prompt="Hi"), 899),
        (10, 0, Generation(system_prompt="word " * 90), 1),
    ],
)
def test_room_is_left_for_the_reply(
    context: int, most_output: int, generation: Generation, expected: int
) -> None:
    model = ModelInfo("m", context=context, most_output=most_output)
    assert room(model, generation) == expected
