# SPDX-License-Identifier: MIT
"""Good exports, changed anywhere: what comes out can be stored, or one clear error does."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatglm_desktop.chat.importing.detection import detect
from chatglm_desktop.chat.importing.import_file import ImportFile
from chatglm_desktop.chat.importing.journey import Found, Journey
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.chat.importing.luggage import Luggage
from chatglm_desktop.chat.reading import Reading
from chatglm_desktop.core.errors import ImportFailed
from chatglm_desktop.core.imports import Imported
from chatglm_desktop.store.rows import message_to_row, summary_to_row
from tests.chat.importing.conftest import NOW, Shelf
from tests.chat.importing.exports import (
    as_json,
    chatbox_message,
    chatbox_simple,
    chatgpt_simple,
    cherry_simple,
    claude_simple,
    nextchat_simple,
    own_simple,
    zipped,
)


def with_everything() -> list[Any]:
    """An export of each program with more in it than the simple ones."""
    chatgpt = chatgpt_simple()
    chatgpt["mapping"]["q2"]["message"]["metadata"] = {
        "attachments": [{"id": "file-1", "name": "a.txt"}],
        "content_references": [{"matched_text": "x", "items": [{"url": "https://a.example/"}]}],
        "citations": [{"start_ix": 0, "end_ix": 3, "metadata": {"url": "https://b.example/"}}],
        "finish_details": {"type": "stop"},
    }
    claude = claude_simple()
    claude["chat_messages"][0] |= {
        "attachments": [{"file_name": "a", "extracted_content": "b"}],
        "files": [{"file_name": "c"}],
        "parent_message_uuid": None,
    }
    cherry = cherry_simple()
    cherry["indexedDB"]["message_blocks"] += [
        {"id": "b4", "type": "citation", "response": {"results": [{"url": "https://c.example/"}]}},
        {"id": "b5", "type": "image", "file": {"id": "f", "name": "g", "origin_name": "h"}},
    ]
    cherry["indexedDB"]["topics"][0]["messages"][1]["blocks"] += ["b4", "b5"]
    chatbox = chatbox_simple()
    chatbox["session:s1"] |= {
        "messageForksHash": {
            "q": {"position": 0, "lists": [{"messages": [chatbox_message("o", "assistant", "x")]}]}
        },
        "threads": [{"id": "t", "name": "n", "messages": [chatbox_message("z", "user", "y")]}],
    }
    single = {"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]}
    return [[chatgpt], [claude], cherry, chatbox, nextchat_simple(), single, own_simple()]


ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1e308,
    10**40,
    math.nan,
    math.inf,
    1_700_000_000_000,
    "",
    "\0",
    "\ud800",
    "x" * 2000,
    "../../x",
    [],
    {},
    [[]],
    [None, 1, "a", {}],
    {"": None},
    {"role": {}, "type": [], "id": 5, "content": {"parts": 3}},
    [1] * 50,
]

Place = list[Any]


def places(value: Any, path: Place | None = None) -> Iterator[Place]:
    """The way to everything in a plain value."""
    path = path or []
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        yield [*path, step]
        if isinstance(inner, dict | list):
            yield from places(inner, [*path, step])


def changed(value: Any, place: Place, odd: Any, drop: bool) -> Any:
    *way, last = place
    value = copy.deepcopy(value)
    inner = value
    for step in way:
        inner = inner[step]
    if drop:
        del inner[last]
    else:
        inner[last] = odd
    return value


def outcome(data: bytes) -> list[Found] | ImportFailed:
    shelf = Shelf()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "export"
        file.write_bytes(data)
        journey = Journey(Luggage(shelf.keep, shelf.put), NOW)
        try:
            return list(ImportFile(file).read(journey, Reading()))
        except ImportFailed as error:
            return error


def check(found: list[Found] | ImportFailed) -> None:
    """That what was found can be stored as it is, and is the tree that it says it is."""
    if isinstance(found, ImportFailed):
        assert str(found)
        return
    for one in found:
        if isinstance(one, Imported):
            seen: set[str | None] = {None}
            for message in one.messages:
                assert message.parent_id in seen
                assert message.id not in seen
                seen.add(message.id)
                assert 0 <= message.created_at <= 4_102_444_800
                "".join(str(value) for value in message_to_row(message)).encode()
            assert one.leaf_id in seen
            assert 0 <= one.summary.created_at <= 4_102_444_800
            assert 0 <= one.summary.updated_at <= 4_102_444_800
            "".join(str(value) for value in summary_to_row(one.summary)).encode()


EXPORTS = with_everything()
PLACES = [list(places(export)) for export in EXPORTS]


@pytest.mark.parametrize("export", EXPORTS)
def test_they_are_good_before_they_are_changed(export: Any) -> None:
    found = outcome(as_json(export))
    assert not isinstance(found, ImportFailed)
    assert any(isinstance(one, Imported) for one in found)


@pytest.mark.parametrize("number", range(len(EXPORTS)))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_wrong_value_anywhere_breaks_nothing(number: int, data: st.DataObject) -> None:
    export = EXPORTS[number]
    place = data.draw(st.sampled_from(PLACES[number]))
    export = changed(export, place, data.draw(st.sampled_from(ODD)), data.draw(st.booleans()))
    check(outcome(as_json(export)))


@pytest.mark.parametrize("export", EXPORTS)
def test_a_file_cut_anywhere_is_one_error(export: Any) -> None:
    data = as_json(export)
    for end in range(1, len(data), max(1, len(data) // 150)):
        assert isinstance(outcome(data[:end]), ImportFailed)


@settings(max_examples=200, deadline=None)
@given(st.integers(0), st.integers(0, 255), st.sampled_from([0, 1]))
def test_a_changed_byte_in_an_archive_is_an_error_or_harmless(
    place: int, byte: int, which: int
) -> None:
    export = zipped({"conversations.json": [EXPORTS[which][0]]})
    data = bytearray(export)
    data[place % len(data)] = byte
    check(outcome(bytes(data)))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(outcome(data), ImportFailed)


def test_a_file_without_end_gives_its_conversations_one_after_the_other() -> None:
    class Endless:
        """A list that goes on for ever, in pieces as large as one conversation."""

        def __init__(self) -> None:
            self.pieces = 0

        def read(self, _: int) -> bytes:
            self.pieces += 1
            return (b"[" if self.pieces == 1 else b",") + as_json(claude_simple())

    endless = Endless()
    kind = detect(JsonStream(endless, lambda _: None))
    assert kind is not None
    assert endless.pieces <= 2
    stream = JsonStream(endless := Endless(), lambda _: None)
    reading = kind.read(stream, Journey(Luggage(), NOW))
    for number in range(20_000):
        assert isinstance(next(reading), Imported)
        assert endless.pieces <= number + 2
