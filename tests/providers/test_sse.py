# SPDX-License-Identifier: MIT
from __future__ import annotations

import re
import time
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatglm_desktop.core.errors import ProtocolError
from chatglm_desktop.providers.sse import ServerEvent, SseDecoder

if TYPE_CHECKING:
    from tests.providers.conftest import GuestCase


def decode(*chunks: bytes) -> list[ServerEvent]:
    decoder = SseDecoder()
    events = [event for chunk in chunks for event in decoder.feed(chunk)]
    return events + list(decoder.close())


def reference(stream: bytes) -> list[ServerEvent]:
    """The rules read literally, over the whole stream at once."""
    text = stream.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    events, data, name = [], list[str](), ""
    for line in [*re.split("\r\n|\r|\n", text), ""]:
        if not line:
            if data:
                events.append(ServerEvent("\n".join(data), name))
            data, name = [], ""
            continue
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif field == "event":
            name = value.removeprefix(" ")
        elif field == "error":
            events.append(ServerEvent(value.removeprefix(" "), "error"))
    return events


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\n", [ServerEvent("a")]),
        (b"data:a\n\n", [ServerEvent("a")]),
        (b"data:  a\n\n", [ServerEvent(" a")]),
        (b"data: a\ndata: b\n\n", [ServerEvent("a\nb")]),
        (b"data\n\ndata\ndata\n\n", [ServerEvent(""), ServerEvent("\n")]),
        (b"event:message\ndata: a\n\n", [ServerEvent("a", "message")]),
        (b"event: e\n\ndata: a\n\n", [ServerEvent("a")]),
        (b": comment\nid: 1\nretry: 5\nother\n\n", []),
        (b"data: a\r\rdata: b\r\n\r\ndata: c\n\n", [ServerEvent(x) for x in "abc"]),
        (b"\xef\xbb\xbfdata: a\n\n", [ServerEvent("a")]),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [ServerEvent("a")]),
        (b"data: \xff\xe4\n\n", [ServerEvent("\ufffd\ufffd")]),
        (b"error: e\n\ndata: a\n\n", [ServerEvent("e", "error"), ServerEvent("a")]),
        (b"data: a\nerror: e\n\n", [ServerEvent("e", "error"), ServerEvent("a")]),
        (b"error: e", [ServerEvent("e", "error")]),
        (b"data: a", [ServerEvent("a")]),
        (b"data: a\n", [ServerEvent("a")]),
        (b"data: a:b: c\n\n", [ServerEvent("a:b: c")]),
        (b"", []),
    ],
)
def test_follows_the_rules(stream: bytes, events: list[ServerEvent]) -> None:
    assert decode(stream) == events
    assert decode(*(bytes([byte]) for byte in stream)) == events


def test_a_crlf_cut_in_two_is_one_line_end() -> None:
    assert decode(b"data: a\r", b"\ndata: b\r", b"", b"\n\r", b"\n") == [ServerEvent("a\nb")]


def test_every_cut_of_every_fixture_gives_the_same_events(case: GuestCase) -> None:
    body = case.body[:4000]
    whole = decode(body)
    assert whole == reference(body)
    for at in range(len(body) + 1):
        assert decode(body[:at], body[at:]) == whole, f"cut at {at}"


pieces = st.lists(
    st.sampled_from((b"data", b":", b" ", b"\r", b"\n", b"\r\n", b"event", b"error"))
    | st.sampled_from(("字".encode(), b"\xef\xbb\xbf", b"\xe5", b"\xff", b"x", b"\x00"))
    | st.binary(max_size=3),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(pieces, st.data())
def test_any_chunking_equals_the_rules_over_one_piece(
    parts: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=8)))
    bounds = [0, *cuts, len(stream)]
    chunks = [stream[a:b] for a, b in pairwise(bounds)]
    assert decode(*chunks) == reference(stream)


def test_an_event_over_the_limit_is_an_error_after_the_events_before_it() -> None:
    decoder = SseDecoder(max_event_bytes=20)
    events: list[ServerEvent] = []

    def feed(chunk: bytes) -> None:
        events.extend(decoder.feed(chunk))

    feed(b"data: 0123456789\n\n" * 3)
    assert len(events) == 3
    with pytest.raises(ProtocolError) as caught:
        feed(b"data: kept\n\ndata: 01234\ndata: 56789\n\n")
    assert "larger than 20 bytes" in caught.value.details
    assert events[3:] == [ServerEvent("kept")]


@pytest.mark.parametrize("line", [b"x" * 30, b"data: " + b"x" * 30, b": " + b"x" * 30])
def test_an_endless_line_is_an_error(line: bytes) -> None:
    decoder = SseDecoder(max_event_bytes=20)
    for byte in line[:20]:
        assert not list(decoder.feed(bytes([byte])))
    with pytest.raises(ProtocolError):
        list(decoder.feed(line[20:21]))


def test_comments_between_data_lines_do_not_count() -> None:
    decoder = SseDecoder(max_event_bytes=20)
    assert list(decoder.feed(b"data: a\n" + b": ping\n" * 100 + b"\n")) == [ServerEvent("a")]


def seconds(chunks: Iterable[bytes]) -> float:
    began = time.process_time()
    decode(*chunks)
    return time.process_time() - began


@pytest.mark.parametrize(("size", "length"), [(1, 60_000), (64_000, 1_000_000)])
def test_a_long_line_costs_in_proportion_to_its_length(size: int, length: int) -> None:
    def cost(length: int) -> float:
        line = b"data: " + b"x" * length + b"\n\n"
        return seconds([line[at : at + size] for at in range(0, len(line), size)])

    assert cost(10 * length) < 40 * min(cost(length) for _ in range(3)) + 0.05
