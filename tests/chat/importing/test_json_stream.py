# SPDX-License-Identifier: MIT
from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.chat.importing import json_stream
from chatglm_desktop.chat.importing.json_stream import JsonStream
from chatglm_desktop.core.errors import ExportDamaged, ExportTooLarge, NotAnExport

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def stream(text: str | bytes, chunk: int = json_stream.CHUNK) -> JsonStream:
    data = text if isinstance(text, bytes) else text.encode()
    return JsonStream(BytesIO(data), lambda _: None, chunk)


def all_of(stream: JsonStream) -> Any:
    """The next value, read with the smallest steps there are."""
    match stream.peek():
        case "[":
            return [all_of(stream) for _ in stream.elements()]
        case "{":
            return {key: all_of(stream) for key in stream.members()}
        case _:
            return stream.value()


@given(values, st.integers(1, 40), st.sampled_from([None, 2]))
def test_small_steps_over_small_pieces_give_what_one_parse_gives(
    value: Any, chunk: int, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    assert all_of(stream(text, chunk)) == value
    whole = stream(text, chunk)
    assert whole.value() == value
    whole.finish()


def test_what_is_not_read_is_passed_over() -> None:
    reader = stream('{"a": [1, {"b": 2}], "c": {"d": [3, 4]}, "e": 5}', chunk=3)
    seen: list[Any] = []
    for key in reader.members():
        if key == "c":
            for inner in reader.members():
                seen.append(inner)
        elif key == "e":
            seen.append(reader.value())
    assert seen == ["d", 5]
    reader.finish()


def test_of_a_key_that_stands_twice_both_values_are_read() -> None:
    reader = stream('{"a": 1, "a": 2}')
    assert [(key, reader.value()) for key in reader.members()] == [("a", 1), ("a", 2)]


def test_it_tells_how_much_was_read() -> None:
    told: list[int] = []
    JsonStream(BytesIO(b"[1, 2]"), told.append).value()
    assert sum(told) == 6


def test_a_signature_at_the_beginning_is_no_part_of_the_text() -> None:
    assert stream(b"\xef\xbb\xbf[1]").value() == [1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1, 2",
        '["never ended',
        '{"a": 1, ',
        '{"a" 1}',
        "{1: 2}",
        "[1 2]",
        "[1, 2] 3",
        '{"a": tru}',
        "[" * 5000 + "]" * 5000,
        "[" + "9" * 5000 + "]",
        '"\\ud83d\\u',
        "{}}",
        "[" + "!" + " " * 200,
    ],
)
@pytest.mark.parametrize("chunk", [1, 1000])
def test_what_is_no_json_is_damaged(text: str, chunk: int) -> None:
    def read() -> None:
        reader = stream(text, chunk)
        reader.value()
        reader.finish()

    with pytest.raises(ExportDamaged):
        read()


@pytest.mark.parametrize("text", ["[1 2]", "[1, 2", '{"a" 1}', '{"a": 1', "{1: 2}", "[1, 2] 3"])
def test_it_is_also_when_read_in_small_steps(text: str) -> None:
    def read() -> None:
        reader = stream(text)
        all_of(reader)
        reader.finish()

    with pytest.raises(ExportDamaged):
        read()


def test_other_bytes_are_no_export() -> None:
    with pytest.raises(NotAnExport):
        stream(b"\x89PNG\xff\xfe").value()


def test_an_error_far_from_the_end_is_told_at_once() -> None:
    told: list[int] = []
    reader = JsonStream(BytesIO(b"[1 2]" + b" " * 100_000), told.append, chunk=1000)
    with pytest.raises(ExportDamaged):
        reader.value()
    assert sum(told) == 1000


def test_one_value_can_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "MOST_VALUE", 1000)
    with pytest.raises(ExportTooLarge):
        stream('"' + "a" * 5000 + '"', chunk=10).value()
