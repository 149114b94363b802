# SPDX-License-Identifier: MIT
"""The events have the service's shape in both dialects."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from chatglm_desktop.demo.frames import Dialect, Event, Frames, encode, new_id

ASSISTANT = "65940acff94777010aa6b796"


def spoken(events: list[Event]) -> list[tuple[str, str, str]]:
    """(event status, part status, text) of each event."""
    return [
        (event["status"], part["status"], part["content"][0].get("text", ""))
        for event in events
        for part in event["parts"]
    ]


def test_an_event_is_framed_with_a_name_line_and_two_blanks() -> None:
    assert encode({"text": "你好"}) == 'event:message\ndata:  {"text":"你好"}\n\n'.encode()


def test_ids_have_24_hex_digits_and_differ() -> None:
    first, second = new_id(), new_id()
    assert first != second
    assert len(first) == 24
    assert int(first, 16) >= 0


def test_delta_dialect_sends_new_text_then_all_of_it() -> None:
    frames = Frames(assistant_id=ASSISTANT)
    events = [*frames.fragment("text", "1"), *frames.fragment("text", ", 2"), *frames.finish()]
    assert spoken(events) == [
        ("init", "init", "1"),
        ("init", "init", ", 2"),
        ("init", "finish", "1, 2"),
        ("finish", "finish", "1, 2"),
        ("finish", "finish", "1, 2"),
    ]


def test_snapshot_dialect_sends_all_text_each_time() -> None:
    frames = Frames(assistant_id=ASSISTANT, dialect="snapshot")
    events = [*frames.fragment("text", "1"), *frames.fragment("text", ", 2"), *frames.close()]
    assert [text for _, _, text in spoken(events)] == ["1", "1, 2", "1, 2"]


@pytest.mark.parametrize("dialect", ["delta", "snapshot"])
def test_another_kind_ends_the_segment_and_begins_one(dialect: Dialect) -> None:
    frames = Frames(assistant_id=ASSISTANT, dialect=dialect)
    thought, end, answer = [
        event["parts"][0]
        for event in (*frames.fragment("think", "Hm."), *frames.fragment("text", "Yes."))
    ]
    assert thought["logic_id"] == end["logic_id"] != answer["logic_id"]
    assert (end["status"], end["content"]) == ("finish", [{"type": "think", "think": "Hm."}])
    assert answer["content"] == [{"type": "text", "text": "Yes."}]


def test_output_of_code_lies_under_the_key_content() -> None:
    (event,) = Frames(assistant_id=ASSISTANT).fragment("execution_output", "5050")
    assert event["parts"][0]["content"] == [{"type": "execution_output", "content": "5050"}]


def test_first_event_has_no_parts_and_carries_the_conversation() -> None:
    now = datetime(2026, 1, 2, 3, 4, 5)
    frames = Frames(assistant_id=ASSISTANT, conversation_id="66f0a1b2c3d4e5f601234500", now=now)
    event = frames.start()
    assert event["parts"] == []
    assert event["status"] == "init"
    assert event["last_error"] == {}
    assert event["assistant_id"] == ASSISTANT
    assert event["conversation_id"] == "66f0a1b2c3d4e5f601234500"
    assert event["created_at"] == "2026-01-02 03:04:05"
    assert json.loads(encode(event).split(b"data:")[1]) == event


def test_nothing_to_close_gives_no_event() -> None:
    frames = Frames(assistant_id=ASSISTANT)
    assert frames.close() == []
    assert [event["status"] for event in frames.finish()] == ["finish", "finish"]


def test_parts_may_be_null() -> None:
    frames = Frames(assistant_id=ASSISTANT)
    assert frames.event(None)["parts"] is None
    assert frames.part(None)["content"] is None
